import { describe, expect, it } from 'vitest';
import type { Position } from '#src/chart/chart.ts';
import {
  active,
  attempt,
  bytes,
  call,
  challenged,
  connected,
  error,
  owing,
  registered,
  result,
  start,
  take,
  wrong,
} from './speaking.ts';

const { content } = call('challenge');
const notified = { content: { jsonrpc: '2.0', method: 'challenge', params: content.params } };

describe('the upgrade', () => {
  it('is wrong only where the upgrade is: nothing else is looked at yet', () => {
    const upgrading = take(start(), 'sidecar.upgrade');
    for (const flaw of ['malformed', 'unfit', 'unknown', 'unauthentic']) {
      expect(attempt(start(), `sidecar.${flaw}`, call('register'))).toBeNull();
      expect(attempt(upgrading, `central-kms.${flaw}`, call('healthcheck'))).toBeNull();
    }
  });
});

describe('a registration', () => {
  it('is not begun, nor proved, by a notification', () => {
    const { params } = call('register').content;
    const told = { content: { jsonrpc: '2.0', method: 'register', params } };
    expect(attempt(connected(), 'sidecar.register', told)).toBeNull();
    expect(attempt(challenged(), 'sidecar.challenge', notified)).toBeNull();
    const at = take(challenged(), 'sidecar.unfit', notified);
    expect(active(at)).toEqual(['connection.challenged']);
  });

  it('is answered with the id of its challenge', () => {
    const at = take(challenged(), 'sidecar.challenge', call('challenge'));
    for (const id of ['c-2', null, 'r-1']) {
      const done = result('challengeAccepted', id);
      expect(attempt(at, 'central-kms.challengeAccepted', done)).toBeNull();
      expect(attempt(at, 'central-kms.kmsError', error(-32603, id))).toBeNull();
    }
  });

  it('goes on where something else of the KMS is wrong', () => {
    const registering = take(connected(), 'sidecar.register', call('register'));
    const checked = take(
      registering,
      'central-kms.unfit',
      call('healthcheck', { level: 1 }, 'r-1'),
    );
    expect(active(checked)).toEqual(['kmsStray.unfit', 'connection.registering']);
    const refuting = take(challenged(), 'sidecar.unauthentic', wrong('wrongRow'));
    const other = take(refuting, 'central-kms.misplaced', result('batchStored', 'b-9'));
    expect(active(other)).toEqual(['connection.refuting']);
    const spoilt = take(refuting, 'central-kms.unfit', result('batchStored', 'c-1'));
    expect(active(spoilt)).toEqual(['connection.suspended']);
  });

  it('has another right challenge behind a failure of the KMS itself', () => {
    const at = take(challenged(), 'sidecar.challenge', call('challenge'));
    const failed = take(at, 'central-kms.kmsError', error(-32603, 'c-1'));
    expect(attempt(failed, 'central-kms.closeFrame', { content: { code: 1011 } })).not.toBeNull();
    const again = take(failed, 'sidecar.challenge', call('challenge', {}, 'c-2'));
    const done = take(again, 'central-kms.challengeAccepted', result('challengeAccepted', 'c-2'));
    expect(active(done)).toEqual(['connection.registered']);
  });
});

describe('what waits', () => {
  const saving = take(registered(), 'sidecar.batch', call('batch'));
  const checked = take(registered(), 'central-kms.healthcheck', call('healthcheck', {}, 'h'));
  const asked = take(registered(), 'central-kms.inquiry', call('inquiry', {}, 'i'));

  it.each([
    { at: saving, side: 'central-kms', other: 'z' },
    { at: checked, side: 'sidecar', other: 'z' },
    { at: asked, side: 'sidecar', other: 'z' },
  ])('waits on where a flawed answer of $side has another id', ({ at, side, other }) => {
    const before = owing(at);
    const next = take(at, `${side}.unfit`, { content: { jsonrpc: '2.0', id: other, result: 7 } });
    expect(owing(next)).toEqual(before);
  });

  it('is over where a flawed answer has its id', () => {
    const spoilt = (id: string) => ({ content: { jsonrpc: '2.0', id, result: 7 } });
    expect(owing(take(saving, 'central-kms.unfit', spoilt('b-1')))).toEqual([]);
    expect(owing(take(checked, 'sidecar.unfit', spoilt('h')))).toEqual([]);
    expect(owing(take(asked, 'sidecar.unfit', spoilt('i')))).toEqual([]);
    const unknown = take(registered(), 'sidecar.unknown', { content: { id: 'u', method: 'y' } });
    expect(owing(take(unknown, 'central-kms.unfit', spoilt('u')))).toEqual([]);
    const strange = take(registered(), 'central-kms.unknown', {
      content: { id: 'u', method: 'y' },
    });
    expect(owing(take(strange, 'sidecar.unfit', spoilt('u')))).toEqual([]);
  });

  it('is nothing that is asked for before the upgrade, or behind a close frame', () => {
    const left = take(registered(), 'sidecar.closeFrame', { content: { code: 1000 } });
    const ended = take(left, 'central-kms.closeFrame', { content: { code: 1000 } });
    for (const at of [start(), ended]) {
      expect(attempt(at, 'central-kms.healthcheck', call('healthcheck'))).toBeNull();
      expect(attempt(at, 'central-kms.inquiry', call('inquiry'))).toBeNull();
      expect(attempt(at, 'central-kms.ping', bytes(''))).toBeNull();
      expect(attempt(at, 'central-kms.pong', bytes(''))).toBeNull();
      expect(attempt(at, 'sidecar.batch', call('batch'))).toBeNull();
      expect(attempt(at, 'sidecar.malformed', {})).toBeNull();
      expect(attempt(at, 'sidecar.malformed', { fault: 'frame' })).toBeNull();
    }
  });
});

describe('several calls of the KMS', () => {
  it.each([
    { message: 'healthcheck', change: {} },
    { message: 'inquiry', change: { startTime: '2018-01-03T00:00:00Z' } },
  ] as const)('may be refused one by one: $message', ({ message, change }) => {
    const both = ['u', 'v'].reduce(
      (at: Position, id) => take(at, `central-kms.${message}`, call(message, change, id)),
      registered(),
    );
    const one = take(both, 'sidecar.sidecarError', error(-32603, 'v'));
    expect(owing(one)).toEqual(['owes:sidecar']);
    expect(attempt(one, 'sidecar.sidecarError', error(-32603, 'v'))).toBeNull();
    expect(owing(take(one, 'sidecar.sidecarError', error(-32603, 'u')))).toEqual([]);
  });
});

describe('several that are wrong', () => {
  const two = ['u', 'v'].reduce(
    (at: Position, id) => take(at, 'central-kms.unknown', { content: { id, method: 'y' } }),
    registered(),
  );

  it('of the KMS are each told', () => {
    const one = take(two, 'sidecar.sidecarError', error(-32601, 'v'));
    expect(owing(one)).toEqual(['owes:sidecar']);
    expect(owing(take(one, 'sidecar.sidecarError', error(-32601, 'u')))).toEqual([]);
  });

  it('of the KMS are told by their own ids, with the code for what is wrong', () => {
    expect(attempt(two, 'sidecar.sidecarError', error(-32601, 'w'))).toBeNull();
    expect(attempt(two, 'sidecar.sidecarError', error(-32602, 'u'))).toBeNull();
  });

  it('of either side wait on where a flawed answer is about another', () => {
    const spoilt = (id: string) => ({ content: { jsonrpc: '2.0', id, result: 7 } });
    const [one, both] = ['v', 'u'].map((id) => take(two, 'sidecar.unfit', spoilt(id)));
    expect([one, both].map((at) => (at === undefined ? [] : owing(at)))).toEqual([
      ['owes:sidecar'],
      ['owes:sidecar'],
    ]);
    expect(owing(take(two, 'sidecar.unfit', spoilt('w')))).toEqual(['owes:sidecar']);
    const calls = ['u', 'v'].reduce(
      (at: Position, id) => take(at, 'sidecar.unknown', { content: { id, method: 'y' } }),
      registered(),
    );
    expect(owing(take(calls, 'central-kms.unfit', spoilt('u')))).toEqual(['owes:central-kms']);
    expect(owing(take(calls, 'central-kms.unfit', spoilt('w')))).toEqual(['owes:central-kms']);
  });
});

describe('a broken connection', () => {
  it('is left once by the sidecar that broke it', () => {
    const at = take(connected(), 'sidecar.malformed', { fault: 'frame' });
    const left = take(at, 'sidecar.closeFrame', { content: { code: 1000 } });
    expect(active(left)).toEqual(['connection.kmsFails']);
    expect(attempt(left, 'sidecar.closeFrame', { content: { code: 1000 } })).toBeNull();
  });
});
