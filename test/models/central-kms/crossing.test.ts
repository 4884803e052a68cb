import { describe, expect, it } from 'vitest';
import { centralKmsModel as model, messages, requirements } from '#models/central-kms/index.ts';
import { Tracker } from '#src/chart/tracker.ts';
import type { Flaw, Perceived } from '#src/contract/frame.ts';
import {
  attempt,
  call,
  chart,
  closing,
  connected,
  error,
  readings,
  start,
  take,
  type Carried,
} from './speaking.ts';

type Peer = 'central-kms' | 'sidecar';

/** A session in which what is said crosses what the peer says. */
class Crossing {
  readonly tracker: Tracker;
  readonly #player: Peer;

  constructor(peer: Peer) {
    this.#player = peer === 'sidecar' ? 'central-kms' : 'sidecar';
    this.tracker = new Tracker(chart, model, { peer, input: { readings: readings() } });
  }

  say(message: string | null, payload: Carried, flaws: readonly Flaw[] = []): this {
    const perceived: Perceived = { message, payload, flaws, mended: null };
    this.tracker.say(this.#player, () => perceived);
    return this;
  }

  hears(message: string, payload: Carried): boolean {
    return this.tracker.hear(() => ({ message, payload, flaws: [] })).ok;
  }
}

const unknown: Flaw = { kind: 'unknown', requirement: requirements.methodKnown, detail: '' };
const nobody = (id: string) => ({ content: { jsonrpc: '2.0', id, method: 'nobody' } });
const upgrade = { content: messages.upgrade.example };
const upgraded = { content: messages.upgraded.example };

describe('what is said before the upgrade is answered', () => {
  it('is refused behind that answer, each by itself', () => {
    const session = new Crossing('central-kms').say('upgrade', upgrade);
    for (const id of ['a', 'b']) session.say(null, nobody(id), [unknown]);
    expect(session.hears('upgraded', upgraded)).toBe(true);
    for (const id of ['a', 'b']) expect(session.hears('kmsError', error(-32601, id))).toBe(true);
    expect(session.tracker.owed).toBe(false);
    expect(session.hears('kmsError', error(-32601, 'a'))).toBe(false);
  });
});

describe('what is said behind a close frame', () => {
  it('is owed nothing, however much of it there is', () => {
    const session = new Crossing('sidecar');
    session.hears('upgrade', upgrade);
    session.say('upgraded', upgraded).say('closeFrame', closing());
    for (const id of ['a', 'b', 'c']) session.say(null, nobody(id), [unknown]);
    expect(session.hears('closeFrame', closing())).toBe(true);
    expect(session.tracker.owed).toBe(false);
  });
});

describe('an answer that comes before the upgrade', () => {
  it('is unusable once the sidecar has asked', () => {
    const garbage = { fault: 'upgrade' };
    const early = take(start(), 'central-kms.malformed', garbage);
    const asked = take(early, 'sidecar.upgrade', upgrade);
    expect(attempt(asked, 'central-kms.upgraded', upgraded)).toBeNull();
    expect(take(asked, 'sidecar.closes').place.states).toContain('connection.terminated');
  });
});

describe('a close frame after a broken frame', () => {
  const broken = { fault: 'frame', closeCodes: [1002] };
  const registering = () => take(connected(), 'sidecar.register', call('register', {}, 'r'));

  it('has the code for it', () => {
    const failed = take(connected(), 'central-kms.malformed', broken);
    expect(attempt(failed, 'sidecar.closeFrame', closing(1000))).toBeNull();
    expect(attempt(failed, 'sidecar.closeFrame', closing(1002))).not.toBeNull();
  });

  it('may have another where the sidecar was refused before: it may have given up', () => {
    const refused = take(registering(), 'central-kms.kmsError', error(40_001, 'r'));
    const failed = take(refused, 'central-kms.malformed', broken);
    expect(attempt(failed, 'sidecar.closeFrame', closing(1000))).not.toBeNull();
    const again = take(refused, 'sidecar.register', call('register', {}, 's'));
    const failedThen = take(again, 'central-kms.malformed', broken);
    expect(attempt(failedThen, 'sidecar.closeFrame', closing(1000))).toBeNull();
  });
});

describe('an id that no double holds', () => {
  it.each([2n ** 53n + 1n, Number.POSITIVE_INFINITY])('%s may come back rounded', (id) => {
    const called = take(connected(), 'sidecar.unknown', { content: { ...nobody('').content, id } });
    const rounded = JSON.parse(JSON.stringify({ id: Number(id) })).id;
    expect(attempt(called, 'central-kms.kmsError', error(-32601, rounded))).not.toBeNull();
    expect(attempt(called, 'central-kms.kmsError', error(-32601, 1))).toBeNull();
  });
});
