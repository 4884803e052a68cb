import { assumedReadings, type Requirement } from '#models/language/index.ts';
import { messages, qosstModel, requirements, type MessageName } from '#models/qosst/index.ts';
import { seededRandom } from '#src/base/random.ts';
import { chartOf } from '#src/chart/chart-of.ts';
import type { Position } from '#src/chart/chart.ts';
import { moves, type Move } from '#src/chart/path.ts';
import type { Case } from '#src/contract/case.ts';
import type { QosstBend } from '../compose.ts';
import { contents } from '../contents.ts';
import { qosstCase, type QosstPlayer } from './case.ts';

const chart = chartOf(qosstModel.session);
const settings = {
  dialect: 'qosst/0.2',
  readings: assumedReadings(qosstModel.ambiguities),
  options: {},
};

/** Owed for Bob's frames that are wrong, or for what he says of his own accord at any time. */
const asides = ['refusal', 'stranded', 'complaint', 'abort'];

/** What Bob may say at any time, whatever he was about to do. */
const anyTime: readonly string[] = ['abort', 'invalidResponse'];

/** Well-formed answers, one of which is wrong in every state: the one that stands for the rest. */
const plainAnswers: readonly MessageName[] = ['qieEnded', 'qieReady'];

/** Answers of Alice's to which Bob has something in particular to do. */
const decides: Partial<Readonly<Record<MessageName, readonly Requirement[]>>> = {
  abort: [
    requirements.aliceAbortObeyed,
    requirements.abortDropsFrame,
    requirements.abortKeepsSession,
  ],
  authenticationInvalid: [requirements.unauthenticReidentifies],
  initializationProposal: [requirements.configurationOnlyAfterProposal],
  polarisationRecoveryAck: [requirements.recoveryEndAfterStart],
  qieReady: [requirements.triggerAfterReady, requirements.exchangeOrder],
  qieEmissionStarted: [requirements.exchangeOrder],
  qieEnded: [requirements.estimationAfterExchange],
  peApproved: [requirements.correctionAfterApproval],
  peDenied: [requirements.denialEndsFrame],
  ecReady: [requirements.correctionOrder],
  ecDenied: [requirements.correctionDenied],
  ecVerificationSuccess: [requirements.amplificationAfterCorrection],
  ecVerificationFail: [requirements.amplificationAfterCorrection],
  paSuccess: [requirements.frameEndAfterAmplification],
  disconnectionAck: [requirements.disconnectionEndsTalk],
};

/**
 * Right and wrong answers, read off the model: each of all 59 messages in each state in which
 * Alice owes Bob an answer.
 */
export const clientSequence: readonly Case<QosstBend>[] = owingStates().flatMap((owing) => {
  const legal = [...moves(chart, qosstModel, { ...owing, contents: canonical })];
  const named = new Set(legal.map(({ message }) => message));
  const [plain] = plainAnswers.filter((message) => !named.has(message));
  return [
    ...legal.filter(({ variant }) => variant === 0).map((move) => answer(owing, move)),
    ...Object.keys(messages)
      .filter(isMessage)
      .filter((message) => !named.has(message))
      .map((message) => wrongAnswer(owing, message, message === plain)),
  ];
});

/** A state in which Alice owes an answer, and the nearest position in it. */
interface OwingState {
  readonly state: string;
  readonly position: Position;
  /** Bob's request. */
  readonly asked: MessageName;
}

/** The states that Bob's proper requests lead to, when Alice may choose among her answers. */
function owingStates(): readonly OwingState[] {
  const found = new Map<string, OwingState>();
  const start = chart.initial({ readings: settings.readings });
  const seen = new Set([start.place.index]);
  let edge: Position[] = [start];
  while (edge.length > 0) {
    const next: Position[] = [];
    for (const position of edge) {
      for (const { message, step } of onward(position)) {
        if (seen.has(step.place.index)) continue;
        seen.add(step.place.index);
        next.push(step);
        const state = entered(position, step);
        if (!step.place.tags.has('owes:alice') || found.has(state)) continue;
        if (isMessage(message)) found.set(state, { state, position: step, asked: message });
      }
    }
    edge = next;
  }
  return [...found.values()].filter(({ state }) => !asides.some((name) => state.startsWith(name)));
}

/** The state that a step leads to: parallel ones stay as they are. */
function entered(from: Position, to: Position): string {
  return to.place.states.find((state) => !from.place.states.includes(state)) ?? '';
}

function onward(position: Position): readonly Move[] {
  return [...moves(chart, qosstModel, { position, contents: canonical })].filter(
    ({ speaker, message, variant }) =>
      (speaker === 'alice' || variant === 0) && !anyTime.includes(message),
  );
}

function answer(owing: OwingState, { message }: Move): Case<QosstBend> {
  return qosstCase({
    ...begin(owing),
    id: `client/${owing.state}/${message}`,
    title: `Bob goes on rightly after ${wireName(message)} to ${wireName(owing.asked)}`,
    covers: decisions(message),
    tags: [...tagsOf(owing), `says:${message}`],
    play: async (alice) => {
      await arrive(alice, owing);
      await alice.say(message);
    },
  });
}

function wrongAnswer(owing: OwingState, message: string, plain: boolean): Case<QosstBend> {
  return qosstCase({
    ...begin(owing),
    id: `client/${owing.state}/${message}-is-wrong`,
    title: `Bob objects to ${wireName(message)} as the answer to ${wireName(owing.asked)}`,
    covers: objections(owing, message),
    tags: [...tagsOf(owing), `says:${message}`, ...(plain ? [] : ['exhaustive'])],
    play: async (alice) => {
      await arrive(alice, owing);
      await alice.say(message);
    },
  });
}

function decisions(message: string): readonly Requirement[] {
  const decided = isMessage(message) ? decides[message] : undefined;
  return decided ?? [requirements.speaksOnlyWhenAsked];
}

/** What decides about an answer that is wrong here. */
function objections({ state }: OwingState, message: string): readonly Requirement[] {
  if (message === 'authenticationInvalid') return decisions(message);
  if (state.startsWith('disconnection')) return [requirements.disconnectBeforeLeaving];
  const refuses = ['unknownCommand', 'unexpectedCommand', 'invalidContent', 'abort'];
  if (refuses.includes(message)) return [requirements.disconnectBeforeLeaving];
  return [requirements.invalidResponseSent];
}

/** Configuration is asked for after a proposal only: Bob may propose something else instead. */
function begin({ state }: OwingState): { against: 'bob'; from: string } {
  const from = state === 'initialization.configuring' ? 'initialization.proposed' : state;
  return { against: 'bob', from };
}

async function arrive(alice: QosstPlayer, { state }: OwingState): Promise<void> {
  if (state === 'initialization.configuring') await alice.walk(state);
}

function tagsOf({ state, asked }: OwingState): readonly string[] {
  const chosen = state === 'initialization.configuring' ? ['choice'] : [];
  return [...chosen, `phase:${asked}`];
}

function canonical(message: string, position: Position): readonly unknown[] {
  if (!isMessage(message)) return [];
  return contents(message, { position, settings, random: seededRandom(0) });
}

function wireName(message: string): string {
  return isMessage(message) ? messages[message].wireName : message;
}

function isMessage(name: string): name is MessageName {
  return Object.hasOwn(messages, name);
}
