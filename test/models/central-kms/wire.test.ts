import { describe, expect, it } from 'vitest';
import type { Position } from '#src/chart/chart.ts';
import {
  active,
  attempt,
  bytes,
  call,
  closing,
  connected,
  conversationAt,
  error,
  owing,
  registered,
  result,
  take,
  uuid,
} from './speaking.ts';

const sides = [
  { pinger: 'central-kms', other: 'sidecar' },
  { pinger: 'sidecar', other: 'central-kms' },
] as const;

describe.each(sides)('a ping of $pinger', ({ pinger, other }) => {
  const pinged = (...payloads: readonly string[]) =>
    payloads.reduce((at: Position, one) => take(at, `${pinger}.ping`, bytes(one)), connected());

  it('is answered with a pong of the same bytes', () => {
    const at = pinged('ab');
    expect(owing(at)).toEqual([`owes:${other}`]);
    const wrong = take(at, `${other}.pong`, bytes('ff'));
    expect(owing(wrong)).toEqual([`owes:${other}`]);
    expect(owing(take(at, `${other}.pong`, bytes('ab')))).toEqual([]);
  });

  it('is answered once', () => {
    const once = take(pinged('ab'), `${other}.pong`, bytes('ab'));
    expect(attempt(once, `${other}.pong`, bytes('ab'))).toBeNull();
    expect(attempt(once, `${other}.pong`, bytes('cd'))).not.toBeNull();
  });

  it('is answered with the newest, by the pong to which the older ones are over too', () => {
    const at = pinged('01', '02', '03');
    expect(owing(take(at, `${other}.pong`, bytes('03')))).toEqual([]);
    const second = take(at, `${other}.pong`, bytes('02'));
    expect(owing(second)).toEqual([`owes:${other}`]);
    expect(attempt(second, `${other}.pong`, bytes('01'))).toBeNull();
  });

  it('has no pong without it, if that is how it is read', () => {
    const calm = connected({ unsolicitedPongs: 'never' });
    expect(attempt(calm, `${other}.pong`, bytes(''))).toBeNull();
    expect(attempt(connected(), `${other}.pong`, bytes(''))).not.toBeNull();
  });

  it('is nothing before the upgrade, and nothing behind a close frame', () => {
    const left = take(connected({ kmsLeaves: 'anytime' }), `${pinger}.closeFrame`, closing());
    expect(attempt(left, `${pinger}.ping`, bytes(''))).toBeNull();
  });
});

describe('a connection', () => {
  it('is left by the sidecar at any time, and ended by the KMS', () => {
    const left = take(registered(), 'sidecar.closeFrame', closing());
    expect(active(left)).toEqual(['connection.sidecarLeaving']);
    expect(owing(left)).toEqual(['owes:central-kms']);
    expect(attempt(left, 'central-kms.closes')).toBeNull();
    const ended = take(left, 'central-kms.closeFrame', closing(1001));
    expect(active(ended)).toEqual(['connection.ended']);
    expect(owing(ended)).toEqual(['owes:central-kms']);
    expect(active(take(ended, 'central-kms.closes'))).toEqual(['connection.terminated']);
  });

  it('has the same code in both close frames, if that is how it is read', () => {
    const left = take(registered({ closeEcho: 'echoed' }), 'sidecar.closeFrame', closing(4000));
    expect(attempt(left, 'central-kms.closeFrame', closing(1000))).toBeNull();
    expect(attempt(left, 'central-kms.closeFrame', closing(4000))).not.toBeNull();
  });

  it('is not left by the KMS, unless it has reasons', () => {
    expect(attempt(registered(), 'central-kms.closeFrame', closing())).toBeNull();
    expect(attempt(registered(), 'central-kms.closes')).toBeNull();
    const free = registered({ kmsLeaves: 'anytime' });
    expect(attempt(free, 'central-kms.closes')).not.toBeNull();
    const left = take(free, 'central-kms.closeFrame', closing());
    expect(owing(left)).toEqual(['owes:sidecar']);
    expect(active(take(left, 'sidecar.closeFrame', closing()))).toEqual(['connection.ended']);
  });

  it('is not hung up by the sidecar, unless that is how it is read', () => {
    expect(attempt(registered(), 'sidecar.closes')).toBeNull();
    expect(attempt(registered({ sidecarHangsUp: 'anytime' }), 'sidecar.closes')).not.toBeNull();
  });

  it('may be ended for a length in too many bytes, if that is how it is read', () => {
    const long = (longLengths: string) => {
      const said = { ...call('batch'), passedOver: ['lengthNotMinimal'] };
      return take(registered({ longLengths }), 'sidecar.batch', said);
    };
    expect(attempt(long('taken'), 'central-kms.closeFrame', closing(1002))).toBeNull();
    expect(attempt(long('refused'), 'central-kms.closeFrame', closing(1002))).not.toBeNull();
    expect(attempt(long('refused'), 'central-kms.closeFrame', closing(1000))).toBeNull();
  });

  it('may be ended for a large message, if that is how it is read', () => {
    const large = (largeMessages: string) =>
      take(registered({ largeMessages }), 'sidecar.batch', { ...call('batch'), large: true });
    expect(attempt(large('taken'), 'central-kms.closeFrame', closing(1009))).toBeNull();
    expect(attempt(large('refused'), 'central-kms.closeFrame', closing(1009))).not.toBeNull();
    expect(attempt(large('refused'), 'central-kms.closeFrame', closing(1000))).toBeNull();
  });

  it('lets what is under way arrive while a side leaves, and demands none of it', () => {
    const saving = take(registered(), 'sidecar.batch', call('batch'));
    const left = take(saving, 'sidecar.closeFrame', closing());
    expect(active(left)).toEqual(['connection.sidecarLeaving']);
    const stored = take(left, 'central-kms.batchStored', result('batchStored', 'b-1'));
    expect(attempt(stored, 'central-kms.batchStored', result('batchStored', 'b-1'))).toBeNull();
    expect(attempt(left, 'central-kms.healthcheck', call('healthcheck'))).not.toBeNull();
    expect(attempt(left, 'sidecar.batch', call('batch'))).toBeNull();
    const both = take(left, 'central-kms.closeFrame', closing());
    expect(attempt(both, 'central-kms.batchStored', result('batchStored', 'b-1'))).toBeNull();
  });

  it('lets the sidecar finish what it says while the KMS leaves', () => {
    const checked = take(
      registered({ kmsLeaves: 'anytime' }),
      'central-kms.healthcheck',
      call('healthcheck', {}, 'h-1'),
    );
    const left = take(checked, 'central-kms.closeFrame', closing());
    expect(attempt(left, 'sidecar.healthReport', result('healthReport', 'h-1'))).not.toBeNull();
    expect(attempt(left, 'sidecar.healthReport', result('healthReport', 'h-2'))).toBeNull();
    expect(attempt(left, 'sidecar.batch', call('batch'))).not.toBeNull();
    expect(attempt(left, 'central-kms.ping', bytes(''))).toBeNull();
  });
});

describe('a broken frame', () => {
  const broken = (codes: readonly number[] = [1002]) => ({ fault: 'frame', closeCodes: codes });

  it('of the sidecar ends the connection, with the code for it', () => {
    const saving = take(registered(), 'sidecar.batch', call('batch'));
    const at = take(saving, 'sidecar.malformed', broken([1002, 1007]));
    expect(active(at)).toEqual(['connection.kmsFails']);
    expect(owing(at)).toEqual(['owes:central-kms']);
    expect(attempt(at, 'central-kms.closeFrame', closing(1000))).toBeNull();
    expect(attempt(at, 'central-kms.closeFrame', closing(1007))).not.toBeNull();
    expect(attempt(at, 'central-kms.closes')).not.toBeNull();
    expect(attempt(at, 'central-kms.batchStored', result('batchStored', 'b-1'))).not.toBeNull();
  });

  it('of the KMS ends the connection too', () => {
    const at = take(connected(), 'central-kms.malformed', broken());
    expect(owing(at)).toEqual(['owes:sidecar']);
    expect(attempt(at, 'sidecar.closeFrame', closing(1001))).toBeNull();
    expect(attempt(at, 'sidecar.closes')).not.toBeNull();
    const left = take(at, 'sidecar.closeFrame', closing(1002));
    expect(active(left)).toEqual(['connection.sidecarLeaving']);
  });

  it('is never answered as if it were whole', () => {
    const at = take(registered(), 'sidecar.malformed', { ...call('batch'), ...broken() });
    expect(attempt(at, 'central-kms.batchStored', result('batchStored', 'b-1'))).toBeNull();
    expect(attempt(at, 'central-kms.kmsError', error(-32600, 'b-1'))).toBeNull();
  });

  it('is no call that is refused because it comes too early', () => {
    const early = { ...call('batch'), ...broken() };
    expect(attempt(connected(), 'sidecar.misplaced', early)).toBeNull();
    expect(attempt(connected(), 'sidecar.misplaced', call('batch'))).not.toBeNull();
  });

  it('is a binary message, or else it is no JSON', () => {
    const binary = (binaryMessages: string) =>
      take(registered({ binaryMessages }), 'sidecar.malformed', { fault: 'binary' });
    expect(attempt(binary('closed'), 'central-kms.closeFrame', closing(1003))).not.toBeNull();
    expect(attempt(binary('closed'), 'central-kms.kmsError', error(-32700, null))).toBeNull();
    expect(
      attempt(binary('parseError'), 'central-kms.kmsError', error(-32700, null)),
    ).not.toBeNull();
    expect(attempt(binary('parseError'), 'central-kms.closeFrame', closing(1003))).toBeNull();
  });
});

describe('what of the sidecar is wrong', () => {
  const codes = [-32700, -32600, -32601, -32602, -32603, 40001];
  const answers = (at: Position, id: unknown) =>
    codes.filter((code) => attempt(at, 'central-kms.kmsError', error(code, id)));
  const saying = (type: string, carried: object, pinned = {}) =>
    take(registered(pinned), `sidecar.${type}`, { ...carried });
  const unversioned = { content: { id: 'x', method: 'batch', params: {} } };

  it.each([
    { what: 'no JSON', type: 'malformed', carried: {}, state: 'unparsed', id: null, code: -32700 },
    {
      what: 'no call',
      type: 'malformed',
      carried: unversioned,
      state: 'invalid',
      id: 'x',
      code: -32600,
    },
    {
      what: 'a number',
      type: 'malformed',
      carried: { content: 7 },
      state: 'invalid',
      id: null,
      code: -32600,
    },
    {
      what: 'an empty array',
      type: 'malformed',
      carried: { content: [] },
      state: 'invalid',
      id: null,
      code: -32600,
    },
    {
      what: 'an array',
      type: 'malformed',
      carried: { content: [1] },
      state: 'array',
      id: null,
      code: -32600,
    },
    {
      what: 'an unknown method',
      type: 'unknown',
      carried: { content: { jsonrpc: '2.0', id: 'x', method: 'y' } },
      state: 'unknownMethod',
      id: 'x',
      code: -32601,
    },
    {
      what: 'wrong params',
      type: 'unfit',
      carried: call('batch', { id: 1 }, 'x'),
      state: 'unfit',
      id: 'x',
      code: -32602,
    },
  ])('is told: $what', ({ type, carried, state, id, code }) => {
    const at = saying(type, carried);
    expect(active(at)).toEqual([`stray.${state}`, 'connection.registered']);
    expect(owing(at)).toEqual(['owes:central-kms']);
    expect(answers(at, id)).toEqual([code]);
    expect(answers(at, 'another')).toEqual([]);
    const told = take(at, 'central-kms.kmsError', error(code, id));
    expect(active(told)).toEqual(['connection.registered']);
    expect(conversationAt(told).calls).toEqual([]);
  });

  it('has its id or null in the answer to an invalid call, as it is read', () => {
    const ids = (invalidRequestId: string) => {
      const at = saying('malformed', unversioned, { invalidRequestId });
      return ['x', null].filter((id) => answers(at, id).length > 0);
    };
    expect(ids('either')).toEqual(['x', null]);
    expect(ids('none')).toEqual([null]);
    expect(ids('echoed')).toEqual(['x']);
  });

  it('has the code that is read where params are no structure', () => {
    const told = (unstructuredParams: string) =>
      answers(
        saying('unfit', { ...call('batch', {}, 'x'), fault: 'structure' }, { unstructuredParams }),
        'x',
      );
    expect(told('either')).toEqual([-32600, -32602]);
    expect(told('request')).toEqual([-32600]);
    expect(told('params')).toEqual([-32602]);
  });

  it('is told of each, in any order', () => {
    const one = saying('malformed', {});
    const two = take(one, 'sidecar.unknown', { content: { jsonrpc: '2.0', id: 'x', method: 'y' } });
    const half = take(two, 'central-kms.kmsError', error(-32601, 'x'));
    expect(owing(half)).toEqual(['owes:central-kms']);
    expect(owing(take(half, 'central-kms.kmsError', error(-32700, null)))).toEqual([]);
  });

  it('is not told of notifications, unless they are no calls', () => {
    const told = { content: { jsonrpc: '2.0', method: 'batch', params: {} } };
    for (const flaw of ['unfit', 'misplaced', 'unknown', 'malformed']) {
      const at = saying(flaw, told);
      expect(owing(at)).toEqual([]);
      expect(answers(at, null)).toEqual([]);
    }
    expect(answers(saying('unfit', told, { notifications: 'refused' }), null)).toEqual([-32600]);
  });

  it('is not told of responses that no call awaits, as it is read', () => {
    const response = { content: { jsonrpc: '2.0', id: 'z', result: {} } };
    const outcome = (strayResponses: string) => {
      const at = saying('misplaced', response, { strayResponses });
      const left = attempt(at, 'central-kms.closeFrame', closing()) !== null;
      return [owing(at).length, answers(at, null).length, answers(at, 'z').length, left];
    };
    expect(outcome('ignored')).toEqual([0, 0, 0, false]);
    expect(outcome('refused')).toEqual([0, 0, 1, false]);
    expect(outcome('closed')).toEqual([0, 0, 0, true]);
  });

  it('may move the KMS where it is a notification of register', () => {
    const told = { content: { jsonrpc: '2.0', method: 'register', params: {} } };
    const at = take(take(connected(), 'sidecar.unfit', told), 'sidecar.register', call('register'));
    expect(attempt(at, 'central-kms.kmsError', error(-32601, 'r-1'))).not.toBeNull();
    const usual = take(connected(), 'sidecar.register', call('register'));
    expect(attempt(usual, 'central-kms.kmsError', error(-32601, 'r-1'))).toBeNull();
  });
});

describe('an array of calls', () => {
  const served = { jsonRpcBatch: 'supported' };
  const calls = { content: [call('batch', {}, 'x').content, call('batch', {}, 'y').content] };
  const responses = (...ids: readonly unknown[]) => ({
    content: ids.map((id) => result('batchStored', id).content),
  });

  it('is refused as a whole, or legal', () => {
    expect(attempt(registered(), 'sidecar.array', calls)).toBeNull();
    expect(attempt(registered(served), 'sidecar.array', calls)).not.toBeNull();
    const refused = take(registered(), 'sidecar.malformed', calls);
    expect(attempt(refused, 'central-kms.array', responses('x', 'y'))).toBeNull();
  });

  it('is answered with a response for each call, in any order', () => {
    const at = take(registered(served), 'sidecar.array', calls);
    expect(owing(at)).toEqual(['owes:central-kms']);
    for (const ids of [['x'], ['x', 'x'], ['x', 'y', 'z'], []]) {
      expect(attempt(at, 'central-kms.array', responses(...ids))).toBeNull();
    }
    expect(owing(take(at, 'central-kms.array', responses('y', 'x')))).toEqual([]);
  });

  it('has no answer for its notifications', () => {
    const telling = { jsonrpc: '2.0', method: 'batch', params: {} };
    const none = take(registered(served), 'sidecar.array', { content: [telling] });
    expect(owing(none)).toEqual([]);
    const one = take(registered(served), 'sidecar.array', { content: [telling, ...calls.content] });
    expect(attempt(one, 'central-kms.array', responses('x', 'y'))).not.toBeNull();
  });
});

describe('what of the KMS is wrong', () => {
  const saying = (type: string, carried: object, pinned = {}) =>
    take(registered(pinned), `central-kms.${type}`, { ...carried });
  const answers = (at: Position, id: unknown) =>
    [-32700, -32600, -32601, -32602].filter((code) =>
      attempt(at, 'sidecar.sidecarError', error(code, id)),
    );

  it('is told where it is a call', () => {
    const unknown = saying('unknown', { content: { jsonrpc: '2.0', id: 'k', method: 'y' } });
    expect(owing(unknown)).toEqual(['owes:sidecar']);
    expect(answers(unknown, 'k')).toEqual([-32601]);
    const unfit = saying('unfit', call('healthcheck', { level: 1 }, 'k'));
    expect(active(unfit)).toEqual(['kmsStray.unfit', 'connection.registered']);
    expect(answers(unfit, 'k')).toEqual([-32602]);
    expect(owing(take(unfit, 'sidecar.sidecarError', error(-32602, 'k')))).toEqual([]);
  });

  it('is passed over by a sidecar that answers no such calls', () => {
    const at = saying('unfit', call('healthcheck', { level: 1 }, 'k'), { wrongCalls: 'silent' });
    expect(owing(at)).toEqual([]);
    expect(answers(at, 'k')).toEqual([]);
  });

  it('need not be told where it may be a response', () => {
    const at = saying('malformed', {});
    expect(owing(at)).toEqual([]);
    expect(answers(at, null)).toEqual([-32700]);
    const response = saying('misplaced', { content: { jsonrpc: '2.0', id: 'k', result: {} } });
    expect(owing(response)).toEqual([]);
    expect(answers(response, 'k')).toEqual([]);
  });

  it('is over for a batch whose answer cannot be used', () => {
    const two = take(
      take(registered(), 'sidecar.batch', call('batch', { id: uuid('1') }, 'b-1')),
      'sidecar.batch',
      call('batch', { id: uuid('2') }, 'b-2'),
    );
    const spoilt = (id: string) => ({ content: { jsonrpc: '2.0', id, result: 7 } });
    const one = take(two, 'central-kms.unfit', spoilt('b-1'));
    expect(owing(one)).toEqual(['owes:central-kms']);
    expect(owing(take(one, 'central-kms.unfit', spoilt('b-2')))).toEqual([]);
  });
});
