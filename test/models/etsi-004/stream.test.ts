import { describe, expect, it } from 'vitest';
import { etsi004Model } from '#models/etsi-004/index.ts';
import { chart, conversationAt, ids, stage, start } from './speaking.ts';
import {
  active,
  asked,
  attempt,
  content,
  opened,
  pushed,
  receipt,
  started,
  take,
} from './speaking.ts';

const { first, second, third } = ids;

describe('a whole key stream', () => {
  it('is opened, served and closed at both ends', () => {
    let at = opened(start(), 'a', first, 1);
    expect(active(at)).toEqual(['oneA.open']);
    at = opened(at, 'b', first);
    at = started(started(at, 'a', first), 'b', first);
    expect(active(at)).toEqual(['oneA.pushing', 'oneB.pushing']);
    at = take(at, 'qkd-device.keyMaterial', pushed('a', first));
    at = take(at, 'qkd-device.keyMaterial', pushed('b', first));
    expect(active(at)).toEqual(['oneA.acknowledging', 'oneB.acknowledging']);
    expect([...at.place.tags]).toEqual(['owes:kms']);
    at = take(at, 'kms.keyAccepted', receipt('b'));
    expect(active(at)).toEqual(['oneA.acknowledging', 'oneB.pushing']);
    at = take(at, 'kms.keyAccepted', receipt('a'));
    for (const end of ['a', 'b'] as const) {
      const call = asked(end, 'close', first);
      at = take(at, 'kms.close', call);
      at = take(at, 'qkd-device.closeAccepted', { ...call, content: undefined });
    }
    expect(active(at)).toEqual(['oneA.closed', 'oneB.closed']);
    expect(conversationAt(at).pending).toEqual([]);
    expect(attempt(at, 'kms.closes')?.place.states).toContain('stray.left');
  });

  it('remembers its id, its quality and the last index at each end', () => {
    const open = started(opened(opened(start(), 'a', first, 1), 'b', first), 'b', first);
    const at = take(open, 'qkd-device.keyMaterial', pushed('b', first, 0, 7));
    const stream = conversationAt(at).slots.one;
    expect(stream?.id).toBe(first);
    expect(stream?.ends.a).toMatchObject({ stage: 'open', status: 1, started: false, pushes: 0 });
    expect(stream?.ends.b).toMatchObject({
      stage: 'open',
      status: 0,
      started: true,
      lastIndex: 7,
      pushes: 1,
    });
    expect(stream?.ends.b.qos).toMatchObject({ key_chunk_size: 32 });
  });

  it('is told from another one beside it', () => {
    let at = opened(opened(start(), 'a', first, 1), 'a', second, 1);
    at = started(at, 'a', second);
    expect(active(at)).toEqual(['oneA.open', 'twoA.pushing']);
    expect(attempt(at, 'qkd-device.keyMaterial', pushed('a', first))).toBeNull();
    at = take(at, 'qkd-device.keyMaterial', pushed('a', second));
    expect(active(at)).toEqual(['oneA.open', 'twoA.acknowledging']);
    const call = asked('a', 'close', first);
    at = take(take(at, 'kms.close', call), 'qkd-device.closeAccepted', call);
    expect(active(at)).toEqual(['oneA.closed', 'twoA.acknowledging']);
  });

  it('leaves its slot to the next one when it is closed', () => {
    let at = opened(opened(start(), 'a', first, 1), 'a', second, 1);
    const call = asked('a', 'close', first);
    at = take(take(at, 'kms.close', call), 'qkd-device.closeAccepted', call);
    at = opened(at, 'a', third, 1);
    expect(active(at)).toEqual(['oneA.open', 'twoA.open']);
    expect(conversationAt(at).slots.one?.id).toBe(third);
  });

  it('is believed anything where there is no slot for it', () => {
    let at = opened(opened(start(), 'a', first, 1), 'a', second, 1);
    const call = asked('a', 'openConnect', null);
    at = take(at, 'kms.openConnect', call);
    expect(active(at)).toContain('stray.beyond');
    const answer = content('opened', { key_stream_id: third });
    at = take(at, 'qkd-device.opened', { ...call, content: answer });
    at = started(at, 'a', third);
    at = take(at, 'qkd-device.keyMaterial', pushed('a', third));
    expect(active(at)).toContain('stray.pushBeyond');
    at = take(at, 'kms.keyAccepted', receipt('a'));
    expect(active(at)).toEqual(['oneA.open', 'twoA.open']);
  });
});

describe('open-connect', () => {
  const call = asked('a', 'openConnect', null);
  const asking = take(start(), 'kms.openConnect', call);

  it('has a null id at the source and a given one at the destination', () => {
    expect(attempt(start(), 'kms.openConnect', asked('a', 'openConnect', first))).toBeNull();
    expect(attempt(start(), 'kms.openConnect', asked('b', 'openConnect', null))).toBeNull();
    expect(attempt(start(), 'kms.openConnect', asked('b', 'openConnect', first))).not.toBeNull();
  });

  it('is answered at the destination with the id that was given', () => {
    const there = asked('b', 'openConnect', first);
    const at = take(start(), 'kms.openConnect', there);
    const answer = (id: string) => ({
      ...there,
      content: content('opened', { key_stream_id: id }),
    });
    expect(attempt(at, 'qkd-device.opened', answer(second))).toBeNull();
    expect(attempt(at, 'qkd-device.opened', answer(first.toUpperCase()))).not.toBeNull();
  });

  it('is answered at the source with an id that no other stream has', () => {
    const at = take(opened(start(), 'a', first, 1), 'kms.openConnect', call);
    const answer = (id: string) => ({
      ...call,
      content: content('opened', { key_stream_id: id, status: 1 }),
    });
    expect(attempt(at, 'qkd-device.opened', answer(first))).toBeNull();
    expect(attempt(at, 'qkd-device.opened', answer(second))).not.toBeNull();
  });

  it.each([
    ['one', [1]],
    ['zero', [0]],
    ['blocks', [0, 1]],
  ])(
    'is answered at the source while the peer is absent, read %s, with %s',
    (reading, statuses) => {
      const at = take(start({ openWhilePeerAbsent: reading }), 'kms.openConnect', call);
      const taken = [0, 1].filter((status) => {
        const answer = content('opened', { key_stream_id: first, status });
        return attempt(at, 'qkd-device.opened', { ...call, content: answer }) !== null;
      });
      expect(taken).toEqual(statuses);
    },
  );

  it('leaves nothing open when it is refused, or answered with another quality', () => {
    for (const message of ['openRefused', 'counterProposed'] as const) {
      const at = take(asking, `qkd-device.${message}`, { ...call, content: content(message) });
      expect(active(at)).toEqual([]);
      expect(conversationAt(at).slots).toEqual({ one: null, two: null });
    }
  });

  it('opens a stream by a counter proposal where that is a reading', () => {
    const at = take(start({ counterProposalOpens: 'opens' }), 'kms.openConnect', call);
    const answer = { ...call, content: content('counterProposed', { key_stream_id: first }) };
    expect(active(take(at, 'qkd-device.counterProposed', answer))).toEqual(['oneA.open']);
    expect(
      attempt(at, 'qkd-device.counterProposed', { ...call, content: content('counterProposed') })
        ?.place.states,
    ).toContain('oneA.idle');
  });

  it.each([
    ['fresh', ['oneB.opening']],
    ['refused', null],
  ])('with the id of a closed stream is read %s', (closedIdReuse, states) => {
    const close = asked('b', 'close', first);
    let at = opened(start({ closedIdReuse }), 'b', first);
    at = take(take(at, 'kms.close', close), 'qkd-device.closeAccepted', close);
    const again = attempt(at, 'kms.openConnect', asked('b', 'openConnect', first));
    expect(again === null ? null : active(again)).toEqual(states);
  });

  it('with an id that is open is misplaced, and must be refused', () => {
    const open = opened(start(), 'b', first);
    const again = { ...asked('b', 'openConnect', first), call: 'openConnect' };
    expect(attempt(open, 'kms.openConnect', again)).toBeNull();
    const at = take(open, 'kms.misplaced', again);
    expect(active(at)).toEqual(['stray.misplaced', 'oneB.open']);
    const fresh = content('opened', { key_stream_id: first });
    expect(attempt(at, 'qkd-device.opened', { ...again, content: fresh })).toBeNull();
    const settled = take(at, 'qkd-device.openRefused', {
      ...again,
      content: content('openRefused'),
    });
    expect(active(settled)).toEqual(['oneB.open']);
  });

  it('may have opened the stream though its answer could not be used: the KMS may go on', () => {
    const there = asked('b', 'openConnect', first);
    const lost = take(take(start(), 'kms.openConnect', there), 'qkd-device.malformed', {
      ...there,
      call: 'openConnect',
    });
    expect(active(started(lost, 'b', first))).toEqual(['oneB.pushing']);
    expect(attempt(lost, 'kms.close', asked('b', 'close', first))).not.toBeNull();
    expect(attempt(lost, 'kms.closes')).not.toBeNull();
  });

  it('may be asked for again when its answer could not be used', () => {
    const lost = take(asking, 'qkd-device.malformed', { ...call, call: 'openConnect' });
    expect(active(lost)).toEqual(['oneA.doubtful']);
    expect(active(opened(lost, 'a', first, 1))).toEqual(['oneA.open']);
  });
});

describe('get-key', () => {
  it.each([
    ['accepted', 'oneA.pushing'],
    ['refused', null],
  ])('before the peer is there is read %s', (getKeyBeforePeer, state) => {
    const call = asked('a', 'getKey', first);
    const at = take(opened(start({ getKeyBeforePeer }), 'a', first, 1), 'kms.getKey', call);
    const answer = { ...call, content: content('getKeyAccepted') };
    const step = attempt(at, 'qkd-device.getKeyAccepted', answer);
    expect(step === null ? null : active(step)[0]).toBe(state);
    const refused = { ...call, content: content('getKeyRefused') };
    expect(active(take(at, 'qkd-device.getKeyRefused', refused))).toEqual(['oneA.open']);
  });

  it('may be sent again while keys are pushed, and then changes nothing', () => {
    const call = asked('b', 'getKey', first);
    const at = started(opened(start(), 'b', first), 'b', first);
    const again = take(at, 'kms.getKey', call);
    expect(active(again)).toEqual(['oneB.starting']);
    for (const message of ['getKeyAccepted', 'getKeyRefused'] as const) {
      const answer = {
        ...call,
        content: content(message, message === 'getKeyRefused' ? { status: 2 } : {}),
      };
      expect(active(take(again, `qkd-device.${message}`, answer))).toEqual(['oneB.pushing']);
    }
    const strict = started(opened(start({ secondGetKey: 'refused' }), 'b', first), 'b', first);
    expect(attempt(strict, 'kms.getKey', call)).toBeNull();
  });

  it.each(['accepted', 'refused'])('may be overtaken by a key, read %s', (pushBeforeAnswer) => {
    const call = asked('b', 'getKey', first);
    const at = take(opened(start({ pushBeforeAnswer }), 'b', first), 'kms.getKey', call);
    const early = attempt(at, 'qkd-device.keyMaterial', pushed('b', first));
    if (pushBeforeAnswer === 'refused') return expect(early).toBeNull();
    const came = take(at, 'qkd-device.keyMaterial', pushed('b', first));
    expect(active(came)).toEqual(['oneB.overtaken']);
    expect([...came.place.tags].toSorted()).toEqual(['owes:kms', 'owes:qkd-device']);
    expect(active(take(came, 'kms.keyAccepted', receipt('b')))).toEqual(['oneB.starting']);
    const answered = take(came, 'qkd-device.getKeyAccepted', call);
    expect(active(answered)).toEqual(['oneB.acknowledging']);
    expect(
      attempt(came, 'qkd-device.getKeyRefused', { ...call, content: content('getKeyRefused') }),
    ).toBeNull();
  });

  it('must come before the first key', () => {
    const at = opened(start(), 'b', first);
    expect(attempt(at, 'qkd-device.keyMaterial', pushed('b', first))).toBeNull();
  });
});

describe('keys', () => {
  const serving = started(opened(start(), 'b', first), 'b', first);

  it('may be pushed beside each other, each with its own answer', () => {
    let at = take(serving, 'qkd-device.keyMaterial', pushed('b', first, 0));
    at = take(at, 'qkd-device.keyMaterial', pushed('b', first, 1, 1));
    at = take(at, 'kms.keyAccepted', receipt('b', 1));
    expect(active(at)).toEqual(['oneB.acknowledging']);
    expect(attempt(at, 'kms.keyAccepted', receipt('b', 1))).toBeNull();
    expect(active(take(at, 'kms.keyRefused', receipt('b', 0)))).toEqual(['oneB.pushing']);
  });

  it('go one after the other where that is a reading', () => {
    const strict = started(opened(start({ parallelPushes: 'refused' }), 'b', first), 'b', first);
    const at = take(strict, 'qkd-device.keyMaterial', pushed('b', first, 0));
    expect(attempt(at, 'qkd-device.keyMaterial', pushed('b', first, 1, 1))).toBeNull();
  });

  it('are owed for again when the answer could not be used', () => {
    const at = take(serving, 'qkd-device.keyMaterial', pushed('b', first));
    const lost = { ...receipt('b'), call: 'keyMaterial' };
    expect(active(take(at, 'kms.unfit', lost))).toEqual(['oneB.pushing']);
  });

  it('of no stream are misplaced: by a reading the KMS may take them', () => {
    const wrong = { ...pushed('b', second), call: 'keyMaterial' };
    expect(attempt(serving, 'qkd-device.keyMaterial', wrong)).toBeNull();
    const at = take(serving, 'qkd-device.misplaced', wrong);
    expect(active(at)).toEqual(['stray.unknownPush', 'oneB.pushing']);
    expect(active(take(at, 'kms.keyRefused', receipt('b')))).toEqual(['oneB.pushing']);
    expect(active(take(at, 'kms.keyAccepted', receipt('b')))).toEqual(['oneB.pushing']);
  });

  it('that are unfit must not be taken', () => {
    const at = take(serving, 'qkd-device.unfit', { ...pushed('b', first), call: 'keyMaterial' });
    expect(active(at)).toEqual(['stray.badPush', 'oneB.pushing']);
    expect(attempt(at, 'kms.keyAccepted', receipt('b'))).toBeNull();
  });
});

describe('close', () => {
  const call = asked('b', 'close', first);
  const serving = started(opened(start(), 'b', first), 'b', first);

  it('crosses with a key that awaits its answer', () => {
    const came = take(serving, 'qkd-device.keyMaterial', pushed('b', first));
    const at = take(came, 'kms.close', call);
    expect(active(at)).toEqual(['oneB.crossing']);
    const closed = take(at, 'qkd-device.closeAccepted', call);
    expect(active(closed)).toEqual(['oneB.late']);
    expect([...closed.place.tags]).toEqual(['owes:kms']);
    expect(active(take(closed, 'kms.keyAccepted', receipt('b')))).toEqual(['oneB.closed']);
    expect(active(take(at, 'kms.keyAccepted', receipt('b')))).toEqual(['oneB.closing']);
  });

  it('crosses with a key that is pushed meanwhile', () => {
    const at = take(serving, 'kms.close', call);
    const came = take(at, 'qkd-device.keyMaterial', pushed('b', first));
    expect(active(came)).toEqual(['oneB.crossing']);
  });

  it('may be followed by one key on each connection, which was under way', () => {
    const closed = take(take(serving, 'kms.close', call), 'qkd-device.closeAccepted', call);
    let at = take(closed, 'qkd-device.keyMaterial', pushed('b', first));
    expect(active(at)).toEqual(['oneB.late']);
    at = take(at, 'kms.keyRefused', receipt('b'));
    expect(attempt(at, 'qkd-device.keyMaterial', pushed('b', first))).toBeNull();
    expect(attempt(at, 'qkd-device.keyMaterial', pushed('b', first, 1))).not.toBeNull();
  });

  it('may be followed by no key where that is a reading', () => {
    let at = started(opened(start({ pushAfterClose: 'never' }), 'b', first), 'b', first);
    at = take(take(at, 'kms.close', call), 'qkd-device.closeAccepted', call);
    expect(attempt(at, 'qkd-device.keyMaterial', pushed('b', first))).toBeNull();
  });

  it('leaves a stream that was never asked for keys without any', () => {
    const at = take(opened(start(), 'b', first), 'kms.close', call);
    expect(attempt(at, 'qkd-device.keyMaterial', pushed('b', first))).toBeNull();
  });

  it('lets no key follow of another stream, which took the slot and is not open there', () => {
    const close = asked('a', 'close', first);
    let at = started(opened(start(), 'a', first, 1), 'a', first);
    at = take(take(at, 'kms.close', close), 'qkd-device.closeAccepted', close);
    at = opened(opened(at, 'b', second), 'b', third);
    const places = conversationAt(at).slots;
    expect([places.one?.id, places.two?.id].toSorted()).toEqual([second, third].toSorted());
    expect(attempt(at, 'qkd-device.keyMaterial', pushed('a', third))).toBeNull();
    expect(attempt(at, 'qkd-device.keyMaterial', pushed('a', second))).toBeNull();
  });

  it('overtakes get-key', () => {
    const key = { ...asked('b', 'getKey', first), connection: 1 };
    let at = take(take(opened(start(), 'b', first), 'kms.getKey', key), 'kms.close', call);
    at = take(at, 'qkd-device.closeAccepted', call);
    expect(active(at)).toEqual(['oneB.closed']);
    expect(attempt(at, 'qkd-device.getKeyAccepted', key)).not.toBeNull();
  });

  it.each([
    ['accepted', true],
    ['refused', false],
  ])('a second time is read %s', (doubleClose, accepts) => {
    let at = opened(start({ doubleClose }), 'b', first);
    at = take(take(at, 'kms.close', call), 'qkd-device.closeAccepted', call);
    expect(attempt(at, 'kms.close', call)).toBeNull();
    at = take(at, 'kms.misplaced', { ...call, call: 'close' });
    expect(active(at)).toEqual(['stray.closedStream', 'oneB.closed']);
    const refusal = { ...call, content: content('closeRefused') };
    expect(attempt(at, 'qkd-device.closeAccepted', call) !== null).toBe(accepts);
    expect(attempt(at, 'qkd-device.closeRefused', refusal) !== null).toBe(!accepts);
  });

  it('may be refused: then the stream goes on, or its ttl has passed', () => {
    const at = take(serving, 'kms.close', call);
    const refused = (status: number) =>
      take(at, 'qkd-device.closeRefused', {
        ...call,
        content: content('closeRefused', { status }),
      });
    expect(active(refused(6))).toEqual(['oneB.pushing']);
    expect(active(refused(3))).toEqual(['oneB.expired']);
    expect(stage(refused(3), 'one', 'b')).toBe('closed');
  });

  it('that is refused for an unknown stream says that it is gone only where a ttl was agreed', () => {
    const there = asked('b', 'openConnect', first);
    const answer = content('opened', { key_stream_id: first, qos: {} });
    const plain = content('openConnect', { key_stream_id: first, qos: { ttl: null } });
    let at = take(start(), 'kms.openConnect', { ...there, content: plain });
    at = take(at, 'qkd-device.opened', { ...there, content: answer });
    const refused = { ...call, content: content('closeRefused', { status: 3 }) };
    at = take(take(at, 'kms.close', call), 'qkd-device.closeRefused', refused);
    expect(active(at)).toEqual(['oneB.open']);
  });

  it('leaves no get-key behind: it is refused', () => {
    const closed = take(take(serving, 'kms.close', call), 'qkd-device.closeAccepted', call);
    const key = { ...asked('b', 'getKey', first), call: 'getKey' };
    expect(attempt(closed, 'kms.getKey', key)).toBeNull();
    const at = take(closed, 'kms.misplaced', key);
    expect(active(at)).toEqual(['stray.unknownStream', 'oneB.closed']);
    expect(attempt(at, 'qkd-device.getKeyAccepted', key)).toBeNull();
    expect(active(take(at, 'qkd-device.getKeyRefused', key))).toEqual(['oneB.closed']);
  });
});

describe('wrong calls', () => {
  const malformed = { end: 'b', by: 'kms', connection: 3, call: null };

  it('are refused, and change nothing in a stream', () => {
    const serving = started(opened(start(), 'b', first), 'b', first);
    const at = take(serving, 'kms.malformed', malformed);
    expect(active(at)).toEqual(['stray.malformed', 'oneB.pushing']);
    expect(attempt(at, 'qkd-device.getKeyAccepted', malformed)).toBeNull();
    expect(active(take(at, 'qkd-device.callRefused', malformed))).toEqual(['oneB.pushing']);
    expect(active(take(at, 'qkd-device.openRefused', malformed))).toEqual(['oneB.pushing']);
  });

  it('may end their connection where that is a reading', () => {
    const at = (malformedAnswer: string) =>
      take(start({ malformedAnswer }), 'kms.malformed', malformed);
    expect(attempt(at('closed'), 'qkd-device.hungUp', malformed)).not.toBeNull();
    expect(attempt(at('refused'), 'qkd-device.hungUp', malformed)).toBeNull();
  });

  it('are owed an answer each', () => {
    const other = { ...malformed, connection: 4 };
    let at = take(take(start(), 'kms.malformed', malformed), 'kms.malformed', other);
    at = take(at, 'qkd-device.callRefused', malformed);
    expect(active(at)).toEqual(['stray.malformed']);
    expect(active(take(at, 'qkd-device.callRefused', other))).toEqual([]);
  });

  it('are told from the rightful call that awaits its answer beside them', () => {
    const call = asked('b', 'getKey', first);
    const twice = { ...call, connection: 1, call: 'getKey' };
    const strict = opened(start({ secondGetKey: 'refused' }), 'b', first);
    let at = take(take(strict, 'kms.getKey', call), 'kms.misplaced', twice);
    expect(active(at)).toEqual(['stray.misplaced', 'oneB.starting']);
    at = take(at, 'qkd-device.getKeyRefused', { ...twice, content: content('getKeyRefused') });
    expect(active(at)).toEqual(['oneB.starting']);
    expect(active(take(at, 'qkd-device.getKeyAccepted', call))).toEqual(['oneB.pushing']);
  });

  it('that can be read by nobody do not trouble the guards', () => {
    const odd = [
      undefined,
      null,
      7,
      'x',
      [],
      { key_stream_id: 5 },
      { metadata: { buffer: 3 } },
      1n,
    ];
    const places = [start(), started(opened(start(), 'b', first), 'b', first)];
    const types = Object.entries(etsi004Model.messages).flatMap(([message, { saidBy }]) =>
      saidBy.map((side) => `${side}.${message}`),
    );
    for (const side of etsi004Model.sides) types.push(`${side}.malformed`, `${side}.misplaced`);
    expect(types).toHaveLength(21);
    for (const from of places) {
      for (const type of types) {
        for (const value of odd) {
          expect(() =>
            chart.step(from, { type, content: value, slot: value, end: value }),
          ).not.toThrow();
        }
      }
    }
  });
});

describe('the KMS', () => {
  it('does not leave while a stream is open', () => {
    expect(attempt(start(), 'kms.closes')).not.toBeNull();
    expect(attempt(opened(start(), 'b', first), 'kms.closes')).toBeNull();
  });
});
