import { assign, setup } from 'xstate';
import { declares, type FlawKind, type Readings, type StateMeta } from '#models/language/index.ts';
import type { ambiguities } from './ambiguities.ts';
import { messages, type SaidBy } from './messages.ts';

export type Side = 'alice' | 'bob';

/** What every frame carries, as far as its receiver could read it. */
export interface Said {
  /** The code as it stood in the header; absent where the header could not be read. */
  readonly code?: unknown;
  readonly content?: unknown;
  /** Issued by the speaker, to be echoed by the other side; absent where unreadable. */
  readonly nextChallenge?: unknown;
  /** True when no further frame can be found behind this one. */
  readonly lost?: boolean;
}

/** `<side>.<message>`, `<side>.<flaw>` or `<side>.closes`. */
export type QosstEvent = Said & {
  readonly type:
    `bob.${SaidBy<'bob'> | FlawKind | 'closes'}` | `alice.${SaidBy<'alice'> | FlawKind | 'closes'}`;
};

/** What both sides remember of a session. */
export interface Conversation {
  readonly readings: Readings;
  /** The one version that Alice speaks, compared by exact string. */
  readonly version: string;
  /** Symbols in a frame, where the profile knows it. */
  readonly frameSymbols: number | null;
  /** The challenge that each side must echo next: what the other side issued last. */
  readonly challengeFor: Readonly<Record<Side, unknown>>;
  /** Code and content of Bob's last frame: what Alice's answer is about. */
  readonly asked: { readonly code: unknown; readonly content: unknown };
  readonly frameUuid: string | null;
  /** Bob's serial number, while Alice holds him identified. */
  readonly identifiedAs: unknown;
  /** What Alice's emitter is doing, as the messages tell. */
  readonly emitter: 'dark' | 'prepared' | 'emitting';
  /** True once Alice has acknowledged that Bob takes his leave. */
  readonly hasTakenLeave: boolean;
  /** Flawed frames of Bob's that broke authentication, since the connection began. */
  readonly authenticationFailures: number;
}

export interface SessionInput {
  readonly readings: Readings;
  readonly version?: string;
  readonly frameSymbols?: number;
}

/** The conversation before its first frame. */
export function newConversation(input: SessionInput): Conversation {
  return {
    readings: input.readings,
    version: input.version ?? 'QOSST/0.2',
    frameSymbols: input.frameSymbols ?? null,
    challengeFor: { alice: '', bob: '' },
    asked: { code: undefined, content: undefined },
    frameUuid: null,
    identifiedAs: null,
    emitter: 'dark',
    hasTakenLeave: false,
    authenticationFailures: 0,
  };
}

interface Scene {
  readonly context: Conversation;
  readonly event: QosstEvent;
}

/** Whether a reading is in force. */
type Ambiguities = typeof ambiguities;
const reads =
  <Key extends keyof Ambiguities>(key: Key, reading: keyof Ambiguities[Key]['readings'] & string) =>
  ({ context }: Scene) =>
    context.readings[key] === reading;

/** Versions that describe the same messages. */
const sameProtocol: readonly unknown[] = ['QOSST/0.1', 'QOSST/0.2'];

/** Requests that have a refusal of their own, by code. */
const ownRefusals: readonly (readonly [number, number])[] = [
  [messages.initializationRequest.code, messages.initializationDenied.code],
  [messages.initializationRequest.code, messages.initializationProposal.code],
  [messages.changeParameterRequest.code, messages.parameterUnknown.code],
  [messages.changeParameterRequest.code, messages.parameterInvalidValue.code],
  [messages.peSymbolsRequest.code, messages.peSymbolsError.code],
  [messages.peFinished.code, messages.peDenied.code],
  [messages.ecInitialization.code, messages.ecDenied.code],
  [messages.ecBlock.code, messages.ecBlockError.code],
  [messages.ecRemaining.code, messages.ecRemainingError.code],
  [messages.ecVerification.code, messages.ecVerificationFail.code],
  [messages.paRequest.code, messages.paError.code],
];

/** Requests that name the frame that they are about. */
const framesNamed: readonly number[] = [messages.qieRequest.code, messages.frameEnded.code];

const refusals = [
  messages.unknownCommand.code,
  messages.unexpectedCommand.code,
  messages.invalidContent.code,
];

const exchangeRepeatsLate = reads('repeatedExchange', 'allowed');
const exchangeRepeats = (scene: Scene) =>
  exchangeRepeatsLate(scene) || reads('repeatedExchange', 'untilJudged')(scene);
const outlivesFailures = reads('frameAfterReidentification', 'survivesFailures');
const severalAnswers = reads('answersPerChange', 'several');

function codeReturned({ context, event }: Scene): boolean {
  const optional =
    (context.readings['refusalContent'] === 'optional' && event.content === undefined) ||
    (context.readings['nonIntegerCodeEcho'] === 'omitted' &&
      !isInteger(context.asked.code) &&
      member(event.content, 'code') === undefined);
  return optional || same(member(event.content, 'code'), context.asked.code);
}

function frameEchoed({ context, event }: Scene): boolean {
  return sameUuid(member(event.content, 'frame_uuid'), context.frameUuid);
}

function exchangeFrameNamed({ context, event }: Scene): boolean {
  const named = member(event.content, 'frame_uuid');
  if (context.readings['exchangeUuid'] === 'ignored') return true;
  if (named === undefined) return context.readings['exchangeUuid'] !== 'required';
  return sameUuid(named, context.frameUuid);
}

function frameNamed({ context, event }: Scene): boolean {
  if (context.readings['frameEndUuid'] === 'ignored') return true;
  return sameUuid(member(event.content, 'frame_uuid'), context.frameUuid);
}

function parameterNamed({ context, event }: Scene): boolean {
  return member(event.content, 'parameter') === member(context.asked.content, 'parameter');
}

function parameterTaken(scene: Scene): boolean {
  const { content } = scene.context.asked;
  return (
    parameterNamed(scene) &&
    same(member(scene.event.content, 'new_value'), member(content, 'value'))
  );
}

/** What all phases may ask. Pure; total on any content. */
const guards = {
  versionKnown: ({ context, event }: Scene) => {
    const version = member(event.content, 'qosst_version');
    if (version === context.version) return true;
    const alike = context.readings['versionCompatibility'] === 'sameProtocol';
    return alike && sameProtocol.includes(context.version) && sameProtocol.includes(version);
  },
  versionNamed: ({ context, event }: Scene) =>
    member(event.content, 'qosst_version') === context.version,

  codeReturned,
  refusesInItsOwnWay: ({ context, event }: Scene) =>
    context.readings['unfitAnswer'] === 'ownRefusal' &&
    ownRefusals.some(([asked, answer]) => asked === context.asked.code && answer === event.code),
  unidentified: ({ context }: Scene) => context.identifiedAs === null,
  identified: ({ context }: Scene) => context.identifiedAs !== null,
  /** Alice has refused to identify Bob: there is nothing that he could take leave of. */
  identificationRefused: ({ context }: Scene) =>
    context.identifiedAs === null && context.asked.code === messages.identificationRequest.code,
  codeReturnedUnidentified: (scene: Scene) =>
    scene.context.identifiedAs === null && codeReturned(scene),
  hasTakenLeave: ({ context }: Scene) => context.hasTakenLeave,
  /** The frame that Bob asked about is not the one that is worked on. */
  namesOtherFrame: (scene: Scene) => {
    const { asked, frameUuid } = scene.context;
    const names = framesNamed.some((code) => code === asked.code);
    return (
      names && !sameUuid(member(asked.content, 'frame_uuid'), frameUuid) && codeReturned(scene)
    );
  },
  /** A recovery that was still going on when the exchange began. */
  lightIsInUse: (scene: Scene) => scene.context.emitter !== 'dark' && codeReturned(scene),
  complaintDropsFrame: reads('afterInvalidResponse', 'frameDropped'),
  streamLost: ({ event }: Scene) => event.lost === true,
  saysUnauthentic: ({ event }: Scene) => event.code === messages.authenticationInvalid.code,
  /** Alice does not do what Bob asked for, although he may ask for it. */
  saysRefusal: ({ context, event }: Scene) =>
    refusals.some((code) => event.code === code) ||
    (event.code === messages.invalidQosstVersion.code &&
      context.asked.code === messages.identificationRequest.code),
  /** ABORT while there is no frame: Bob may pass it over or complain. */
  abortsNothing: ({ context, event }: Scene) =>
    event.code === messages.abort.code && context.identifiedAs !== null,
  /** A frame that could not be read has no code to return. */
  codeReturnedIfRead: ({ context, event }: Scene) =>
    context.asked.code === undefined ||
    member(event.content, 'code') === undefined ||
    same(member(event.content, 'code'), context.asked.code),

  frameNamed,
  frameEchoed,
  exchangeFrameNamed,

  parameterNamed,
  parameterTaken,
  parameterNamedAndMore: (scene: Scene) => severalAnswers(scene) && parameterNamed(scene),
  changeTakenAndMore: (scene: Scene) => severalAnswers(scene) && parameterTaken(scene),

  indicesImpossible: ({ context, event }: Scene) =>
    indices(event.content).some((index) => index < 0 || index >= (context.frameSymbols ?? 2 ** 31)),
  indicesCertain: ({ context, event }: Scene) =>
    context.frameSymbols !== null &&
    indices(event.content).length > 0 &&
    indices(event.content).every((index) => index >= 0 && index < (context.frameSymbols ?? 0)),
  oneSymbolAnIndex: ({ context, event }: Scene) => {
    const asked = indices(context.asked.content).length;
    return (
      length(member(event.content, 'symbols_real')) === asked &&
      length(member(event.content, 'symbols_imag')) === asked
    );
  },
  keyRatePositive: ({ context, event }: Scene) => {
    const rate = Number(member(event.content, 'key_rate'));
    if (rate < 0 && context.readings['negativeKeyRate'] === 'approved') return true;
    return rate > 0 || (Number.isNaN(rate) && context.readings['specialKeyRate'] === 'approved');
  },

  channelFree: ({ context }: Scene) =>
    context.emitter === 'dark' || context.readings['recoveryDuringExchange'] === 'allowed',
  frameSurvives: (scene: Scene) =>
    reads('frameAfterReidentification', 'survives')(scene) ||
    (outlivesFailures(scene) && scene.context.frameUuid !== null),
  identificationKept: (scene: Scene) =>
    reads('refusedVersionKeeps', 'identificationKept')(scene) &&
    scene.context.identifiedAs !== null,
  disconnectsUnidentified: reads('disconnectionUnidentified', 'acknowledged'),
  exchangeRepeats,
  exchangeRepeatsForFrame: (scene: Scene) => exchangeRepeats(scene) && exchangeFrameNamed(scene),
  /** After Alice has judged the estimates. */
  exchangeRepeatsLate,
  exchangeRepeatsLateForFrame: (scene: Scene) =>
    exchangeRepeatsLate(scene) && exchangeFrameNamed(scene),
  requestRepeats: reads('qieRequestRepeated', 'accepted'),
  triggerRepeats: reads('triggerRepeated', 'accepted'),
  acquisitionEndRepeats: reads('acquisitionEndRepeated', 'accepted'),
  frameRestarts: reads('newFrameMidFrame', 'restarts'),
  configWithoutProposal: reads('configWithoutProposal', 'answered'),
  recoveryEndsUnstarted: reads('recoveryEndWithoutStart', 'accepted'),
  recoveryRestarts: reads('recoveryRestart', 'accepted'),
  estimationReopens: reads('estimationAfterVerdict', 'accepted'),
  endsAfterDenial: (scene: Scene) =>
    reads('frameEndAfterDenial', 'accepted')(scene) && frameNamed(scene),
  endsAfterError: (scene: Scene) =>
    reads('frameEndAfterError', 'accepted')(scene) && frameNamed(scene),
  correctionEnds: reads('correctionAfterError', 'ends'),
  remainingRepeats: reads('remainingRepeated', 'repeatable'),
  correctionRetries: reads('correctionRetry', 'accepted'),
  blockAfterRemaining: reads('blockAfterRemaining', 'accepted'),
  correctionAfterFail: reads('correctionAfterFail', 'accepted'),
  amplificationRetries: reads('amplificationRetry', 'accepted'),
  frameEchoedAndIdentityLost: (scene: Scene) =>
    reads('afterFrameEnd', 'identificationLost')(scene) && frameEchoed(scene),
  aliceAbortsFrame: ({ context }: Scene) =>
    context.identifiedAs !== null && context.frameUuid !== null,
  aliceAbortsAnywhere: ({ context }: Scene) =>
    context.frameUuid !== null || context.readings['aliceAbortOutsideFrame'] === 'accepted',
  leavesWithoutComplaint: reads('complaintBeforeLeaving', 'optional'),
  connectionDiesAtAbort: reads('afterAbort', 'connectionDead'),
  malformedMayClose: reads('malformedAnswer', 'closed'),
  failuresMayClose: reads('authenticationFailureLimit', 'enforced'),
};

/** What all phases remember (context) and may ask (guards). */
export const conversation = setup({
  types: declares<{
    context: Conversation;
    events: QosstEvent;
    input: SessionInput;
    meta: StateMeta;
    tags: `${'owes' | 'may'}:alice` | 'owes:bob';
  }>(),
  guards,
  actions: {
    /** Each frame issues the challenge that the next frame of the other side must echo. */
    rememberFrame: assign(({ context, event }) => {
      const speaker = event.type.startsWith('bob.') ? 'bob' : 'alice';
      const listener = speaker === 'bob' ? 'alice' : 'bob';
      const issued = issuedBy(event, context);
      const challengeFor = { ...context.challengeFor, [listener]: issued };
      if (speaker === 'alice') return { challengeFor };
      return { challengeFor, asked: { code: event.code, content: event.content } };
    }),
    /** What an answer issued that Bob could not read, or not believe, binds him to no echo. */
    loseChain: assign(({ context }) => ({
      challengeFor: { ...context.challengeFor, bob: undefined },
    })),
    countFailure: assign({
      authenticationFailures: ({ context }) => context.authenticationFailures + 1,
    }),
    beginFrame: assign({
      frameUuid: ({ event }) => text(member(event.content, 'frame_uuid')),
      emitter: 'dark',
    }),
    identify: assign({
      identifiedAs: ({ context }) => member(context.asked.content, 'serial_number'),
    }),
    forgetIdentity: assign({ identifiedAs: null }),
    /** A refused version ends the frame as well, where it would outlive anything else. */
    loseFrame: assign({
      frameUuid: (scene) => (outlivesFailures(scene) ? null : scene.context.frameUuid),
    }),
    takeLeave: assign({ hasTakenLeave: true }),
    dropFrame: assign({ frameUuid: null, emitter: 'dark' }),
    prepareEmitter: assign({ emitter: 'prepared' }),
    startEmitter: assign({ emitter: 'emitting' }),
    darkenEmitter: assign({ emitter: 'dark' }),
  },
});

/** A member of a JSON object; `undefined` where there is none. */
function member(content: unknown, name: string): unknown {
  if (typeof content !== 'object' || content === null) return undefined;
  return Object.getOwnPropertyDescriptor(content, name)?.value;
}

/** What must be returned next: of a frame that could not be read it is uncertain. */
function issuedBy(event: QosstEvent, context: Conversation): unknown {
  const { nextChallenge = '' } = event;
  if (event.type !== 'bob.malformed') return nextChallenge;
  if (context.readings['unreadableEcho'] === 'none') return '';
  return context.readings['unreadableEcho'] === 'lastKnown'
    ? context.challengeFor.alice
    : nextChallenge;
}

function isInteger(value: unknown): boolean {
  return typeof value === 'bigint' || Number.isInteger(value);
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function sameUuid(named: unknown, frameUuid: string | null): boolean {
  return typeof named === 'string' && named.toLowerCase() === frameUuid?.toLowerCase();
}

function indices(content: unknown): readonly number[] {
  const told = member(content, 'indices');
  if (!Array.isArray(told)) return [];
  const list: readonly unknown[] = told;
  return areNumbers(list) ? list : list.map(Number);
}

/** A list of a million is not copied. */
function areNumbers(list: readonly unknown[]): list is readonly number[] {
  return list.every((item) => typeof item === 'number');
}

function length(list: unknown): number {
  return Array.isArray(list) ? list.length : -1;
}

/** Equality of JSON values; numbers and big integers of the same value are equal. */
function same(left: unknown, right: unknown): boolean {
  return left === right || canonical(left) === canonical(right);
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'bigint' ? Number(part) : part,
  );
}
