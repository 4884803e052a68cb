import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { centralKmsModel as model, requirements } from '#models/central-kms/index.ts';
import type { FlawKind, Readings } from '#models/language/index.ts';
import { Tracker } from '#src/chart/tracker.ts';
import type { Perceived } from '#src/contract/frame.ts';
import {
  call,
  chart,
  closing,
  error,
  readings,
  result,
  uuid,
  wrong,
  type Carried,
} from './speaking.ts';

/** A frame without flaws, or with one. */
function frame(message: string, payload: Carried, kind?: Exclude<FlawKind, 'misplaced'>) {
  const flaw = { requirement: requirements.batchSignatureRight, detail: 'wrong' };
  const flaws = kind === undefined ? [] : [{ kind, ...flaw }];
  const perceived: Perceived = { message, payload, flaws };
  return () => perceived;
}

/** Follows a session in which the KMS is under test, or the sidecar. */
class Session {
  readonly tracker: Tracker;
  readonly #peer: string;

  constructor(peer: 'central-kms' | 'sidecar', pinned: Readings = {}) {
    this.#peer = peer;
    this.tracker = new Tracker(chart, model, { peer, input: { readings: readings(pinned) } });
  }

  say(message: string, payload: Carried = {}, kind?: Exclude<FlawKind, 'misplaced'>): this {
    const player = this.#peer === 'sidecar' ? 'central-kms' : 'sidecar';
    this.tracker.say(player, frame(message, payload, kind));
    return this;
  }

  /** Whether the peer may say it. */
  hears(message: string, payload: Carried = {}): boolean {
    return this.tracker.hear(frame(message, payload)).ok;
  }

  get stage(): string {
    const states = this.tracker.likeliest.place.states;
    return states.find((state) => state.startsWith('connection.'))?.slice(11) ?? '';
  }
}

/** A KMS under test that has upgraded. */
function upgraded(pinned: Readings = {}): Session {
  const session = new Session('central-kms', pinned).say('upgrade');
  session.hears('upgraded');
  return session;
}

/** One that has granted keys, or accepted the challenge. */
function granted(pinned: Readings = {}): Session {
  const session = upgraded(pinned).say('register', call('register'));
  session.hears('registered', result('registered', 'r-1'));
  return session;
}

function accepted(pinned: Readings = {}): Session {
  const session = granted(pinned).say('challenge', call('challenge'));
  session.hears('challengeAccepted', result('challengeAccepted', 'c-1'));
  return session;
}

describe('races of the deployed software', () => {
  const early = () =>
    upgraded()
      .say('register', call('register'))
      .say('challenge', wrong('wrongBoth'), 'unauthentic');

  it('challenge is refused that came before register was answered, in either order', () => {
    const first = early();
    expect(first.hears('kmsError', error(-32601, 'c-1'))).toBe(true);
    expect(first.hears('registered', result('registered', 'r-1'))).toBe(true);
    expect(first.stage).toBe('challenged');
    const second = early();
    expect(second.hears('registered', result('registered', 'r-1'))).toBe(true);
    expect(second.hears('challengeAccepted', result('challengeAccepted', 'c-1'))).toBe(false);
    expect(second.hears('kmsError', error(-32601, 'c-1'))).toBe(true);
    expect(second.tracker.owed).toBe(false);
  });

  it('two registers are both served only where that is pinned', () => {
    const id = uuid('6');
    const outcome = (pinned: Readings) => {
      const both = upgraded(pinned)
        .say('register', call('register'))
        .say('register', call('register', { id }, 'r-2'));
      const first = both.hears('registered', result('registered', 'r-1'));
      const other = result('registered', 'r-2', { id, challenge: 'another' });
      return [first, both.hears('registered', other), both.stage];
    };
    expect(outcome({})).toEqual([true, false, 'challenged']);
    expect(outcome({ twins: 'taken' })).toEqual([true, true, 'challenged']);
  });

  it('two challenges are both served only where that is pinned, and never after a wrong one', () => {
    const done = (id: string) => result('challengeAccepted', id);
    const outcome = (pinned: Readings) => {
      const both = granted(pinned)
        .say('challenge', call('challenge'))
        .say('challenge', call('challenge', {}, 'c-2'));
      return [
        both.hears('challengeAccepted', done('c-1')),
        both.hears('challengeAccepted', done('c-2')),
      ];
    };
    expect(outcome({})).toEqual([true, false]);
    expect(outcome({ twins: 'taken' })).toEqual([true, true]);
    for (const pinned of [{}, { twins: 'taken' }]) {
      const failed = granted(pinned)
        .say('challenge', wrong('wrongBatch'), 'unauthentic')
        .say('challenge', call('challenge', {}, 'c-2'));
      expect(failed.hears('challengeAccepted', done('c-2'))).toBe(false);
      expect(failed.hears('kmsError', error(40004, 'c-1'))).toBe(true);
      expect(failed.hears('challengeAccepted', done('c-2'))).toBe(false);
      expect(failed.tracker.owed).toBe(true);
      expect(failed.hears('closeFrame', closing())).toBe(true);
      expect(failed.tracker.closed()).toBe(true);
    }
  });

  it('an inquiry may overtake the answer to challenge, and is answered before or behind it', () => {
    for (const isBefore of [true, false]) {
      const session = granted().say('challenge', call('challenge'));
      expect(session.hears('inquiry', call('inquiry', { inquiry: uuid('4') }, 'c-1'))).toBe(true);
      const found = result('inquiryResult', 'c-1', { inquiry: uuid('4') });
      if (isBefore) session.say('inquiryResult', found);
      expect(session.hears('challengeAccepted', result('challengeAccepted', 'c-1'))).toBe(true);
      if (!isBefore) session.say('inquiryResult', found);
      expect(session.stage).toBe('registered');
      const states = session.tracker.likeliest.place.states;
      expect(states).toContain('inquiries.none');
    }
  });
});

describe('batches that are answered out of order', () => {
  const ids = fc.uniqueArray(fc.oneof(fc.string(), fc.integer(), fc.uuid()), {
    minLength: 2,
    maxLength: 8,
  });
  const batchIds = (count: number) => Array.from({ length: count }, (_, at) => uuid(at.toString()));

  it('are told apart by their ids, whatever those are', () => {
    fc.assert(
      fc.property(ids, fc.infiniteStream(fc.nat()), (names, dice) => {
        const batches = batchIds(names.length);
        const session = accepted();
        names.forEach((name, at) => session.say('batch', call('batch', { id: batches[at] }, name)));
        const left = names.map((name, at) => ({ name, batch: batches[at] }));
        while (left.length > 0) {
          expect(session.tracker.owed).toBe(true);
          const [one] = left.splice(dice.next().value % left.length, 1);
          const other = left[0];
          if (other !== undefined) {
            const mixed = result('batchStored', one?.name, { id: other.batch });
            expect(session.hears('batchStored', mixed)).toBe(false);
          }
          const stored = result('batchStored', one?.name, { id: one?.batch });
          expect(session.hears('batchStored', stored)).toBe(true);
          expect(session.hears('batchStored', stored)).toBe(false);
        }
        expect(session.tracker.owed).toBe(false);
      }),
      { seed: 4, numRuns: 60 },
    );
  });
});

describe('a sidecar under test', () => {
  const connected = () => {
    const session = new Session('sidecar');
    session.hears('upgrade');
    return session.say('upgraded');
  };

  it('owes nothing but answers: it may wait, and leave', () => {
    const session = connected();
    expect(session.tracker.owed).toBe(false);
    expect(session.hears('batch', call('batch'))).toBe(false);
    expect(session.hears('closeFrame', closing())).toBe(true);
    session.say('closeFrame', closing());
    expect(session.tracker.closed()).toBe(true);
  });

  it('answers the KMS while its own calls wait, with the same ids', () => {
    const session = connected();
    expect(session.hears('register', call('register', {}, 'same'))).toBe(true);
    session.say('healthcheck', call('healthcheck', {}, 'same'));
    expect(session.tracker.owed).toBe(true);
    expect(session.hears('healthReport', result('healthReport', 'same'))).toBe(true);
    expect(session.tracker.owed).toBe(false);
    session.say('registered', result('registered', 'same'));
    expect(session.stage).toBe('challenged');
  });

  it('may do as it likes behind an answer that it cannot use', () => {
    const session = connected();
    expect(session.hears('register', call('register'))).toBe(true);
    session.say('registered', { content: { jsonrpc: '2.0', id: 'r-1', result: {} } }, 'unfit');
    expect(session.stage).toBe('doubtful');
    expect(session.hears('register', call('register', {}, 'r-2'))).toBe(true);
  });

  it('answers what it cannot use of the KMS, or leaves', () => {
    const session = connected();
    session.say('healthcheck', call('healthcheck', { level: 1 }, 'h'), 'unfit');
    expect(session.tracker.owed).toBe(true);
    expect(session.hears('healthReport', result('healthReport', 'h'))).toBe(false);
    expect(session.hears('sidecarError', error(-32602, 'h'))).toBe(true);
    expect(session.tracker.owed).toBe(false);
  });
});
