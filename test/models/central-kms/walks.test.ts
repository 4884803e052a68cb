import { describe, expect, it } from 'vitest';
import { initialTransition, transition } from 'xstate';
import {
  centralKmsModel as model,
  type CentralKmsEvent,
  type Side,
} from '#models/central-kms/index.ts';
import { flawKinds, type Readings } from '#models/language/index.ts';
import { seededRandom, type Random } from '#src/base/random.ts';
import type { Position } from '#src/chart/chart.ts';
import {
  chart,
  contents,
  conversationAt,
  error,
  readings,
  result,
  start,
  uuid,
  wrong,
} from './speaking.ts';

/** Readings under which two sides walk: as assumed, and such as let more happen. */
const ways: readonly Readings[] = [
  {},
  { twins: 'taken', earlyBatch: 'queued', kmsLeaves: 'anytime', notifications: 'refused' },
  { inquiryVariant: 'deployed', jsonRpcBatch: 'supported', inquiryFrom: 'anytime' },
  { binaryMessages: 'parseError', strayResponses: 'refused', suspensionEnd: 'hangUp' },
];

const { upgrade, upgraded, register, registered } = model.messages;
const untilChallenged: readonly CentralKmsEvent[] = [
  { type: 'sidecar.upgrade', content: upgrade.example },
  { type: 'central-kms.upgraded', content: upgraded.example },
  { type: 'sidecar.register', content: register.example },
  { type: 'central-kms.registered', content: registered.example },
];
/** What walks begin with, lest they seldom get far. */
const beginnings: readonly (readonly CentralKmsEvent[])[] = [
  [],
  untilChallenged.slice(0, 3),
  untilChallenged,
  [...untilChallenged, { type: 'sidecar.unauthentic', ...wrong('wrongRow') }],
];

describe('random walks of two sides', () => {
  const visited = new Set<string>();

  it.each(ways)('keep context and machine in step, and go where XState goes: %o', (pinned) => {
    let taken = 0;
    for (let seed = 0; seed < 60; seed += 1) {
      const random = seededRandom(seed);
      let at = start(pinned);
      let [snapshot] = initialTransition(model.session, { readings: readings(pinned) });
      for (let step = 0; step < 120; step += 1) {
        for (const state of at.place.states) visited.add(state);
        const event = beginnings[seed % 4]?.[step] ?? anEvent(at, random);
        const next = chart.step(at, { ...event });
        if (next === null) continue;
        [snapshot] = transition(model.session, snapshot, event);
        expect(snapshot.context).toEqual(next.context);
        at = next;
        taken += 1;
        expect(at.place.states).toContain(`connection.${conversationAt(at).stage}`);
        expect(unpaid(at)).toEqual([]);
      }
    }
    expect(taken).toBeGreaterThan(500);
  });

  it('come to every state', () => {
    expect(chart.states.filter((state) => !visited.has(state))).toEqual([]);
  });
});

/** Regions that wait for nothing, or rest while something is awaited. */
function unpaid(at: Position): readonly string[] {
  const { calls, stage, pings } = conversationAt(at);
  if (!talking.includes(stage)) return [];
  const states = new Set(at.place.states);
  const good = calls.filter(({ fault }) => fault === null);
  const waits = (region: string, is: boolean) =>
    states.has(`${region}.waiting`) === is ? [] : [region];
  const pinged = (region: string, side: Side) =>
    states.has(`${region}.pinged`) === pings[side].length > 0 ? [] : [region];
  const early = calls.some(({ by, method }) => by === 'central-kms' && method === 'inquiry');
  return [
    ...waits(
      'batches',
      good.some(({ method }) => method === 'batch'),
    ),
    ...waits(
      'healthChecks',
      good.some(({ method }) => method === 'healthcheck'),
    ),
    ...(early ? [] : waits('inquiries', false)),
    ...pinged('kmsPings', 'central-kms'),
    ...pinged('sidecarPings', 'sidecar'),
  ];
}

const talking: readonly string[] = [
  ...['connected', 'registering', 'challenged', 'proving', 'refuting', 'registered', 'doubtful'],
];

/** What is said next where the KMS owes something. */
const dues: Readonly<Record<string, string>> = {
  registering: 'registered',
  proving: 'challengeAccepted',
  refuting: 'kmsError',
};

/** A message that is likely to be legal, or an answer; now and then a flaw or an end. */
function anEvent(at: Position, random: Random): CentralKmsEvent {
  const side = random.pick(model.sides);
  const dice = random.below(100);
  if (dice === 0) return named(`${side}.closes`, {});
  if (dice < 15) return aFlaw(side, at, random);
  const isLeaving = ['kmsLeaving', 'sidecarLeaving'].includes(conversationAt(at).stage);
  if (dice === 15 || (isLeaving && dice < 30)) {
    return named(`${side}.closeFrame`, { content: model.messages.closeFrame.example });
  }
  if (dice === 16) return named(`${side}.malformed`, { fault: 'frame', closeCodes: [1000] });
  const due = dues[conversationAt(at).stage];
  if (due !== undefined && dice > 65 && dice <= 70) {
    const [asked] = conversationAt(at).calls.filter(({ by }) => by === 'sidecar');
    return named('central-kms.unfit', result('batchStored', asked?.id ?? 'y'));
  }
  if (due !== undefined && dice > 70) {
    return named(`central-kms.${due}`, { content: random.pick([...contents(due, at), null]) });
  }
  const open = Object.entries(model.messages).filter(
    ([message, { saidBy }]) =>
      saidBy.some((speaker) => speaker === side) && message !== 'closeFrame',
  );
  const [message] = random.pick(open);
  const known = contents(message, at);
  return named(`${side}.${message}`, {
    content: known.length === 0 ? undefined : random.pick(known),
  });
}

function aFlaw(side: Side, at: Position, random: Random): CentralKmsEvent {
  const flaw = random.pick(Object.keys(flawKinds));
  const { stage, calls } = conversationAt(at);
  if (stage === 'connecting' || stage === 'upgrading') {
    return named(`${side}.${flaw}`, random.below(2) === 0 ? { fault: 'upgrade' } : {});
  }
  const message = random.pick(
    stage === 'challenged' || stage === 'refuting'
      ? ['challenge']
      : ['register', 'batch', 'healthcheck', 'inquiry'],
  );
  const ids = [...calls.map(({ id }) => id ?? 'y'), 'x', null, 7];
  const { content } = random.pick<{ readonly content?: unknown }>([
    ...contents(message, at).map((one) => ({ content: one })),
    ...contents(message, at).map((one) => ({ content: one })),
    {},
    { content: [] },
    { content: [7] },
    { content: { jsonrpc: '2.0', method: message } },
    ...calls.map(({ id }) => result('batchStored', id ?? 'y', { id: uuid('1') })),
    error(-32600, random.pick(ids)),
    result('batchStored', random.pick(ids), { id: uuid('1') }),
  ]);
  const proof = random.pick(['right', 'wrongBatch', 'wrongRow', 'wrongBoth', 'malformed']);
  const fault = random.below(20) === 0 ? { fault: 'binary' } : {};
  return named(`${side}.${flaw}`, { content, proof, ...fault });
}

function named(type: string, carried: object): CentralKmsEvent {
  if (!isType(type)) throw new TypeError(`no event is called ${type}`);
  return { ...carried, type };
}

function isType(type: string): type is CentralKmsEvent['type'] {
  return type.startsWith('central-kms.') || type.startsWith('sidecar.');
}
