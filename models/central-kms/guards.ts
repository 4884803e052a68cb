import { answered, leftOver, spoiled } from './answers.ts';
import { callFrom, deskOf, isAwaited, isOwed, talking, type Desk } from './calls.ts';
import { isNotification } from './json-rpc.ts';
import {
  breaksFrame,
  isRefusedBefore,
  isTalking,
  kmsLeavesAmiss,
  kmsRefusesAmiss,
  kmsMayHangUp,
  kmsMayLeave,
  sidecarMayLeave,
} from './leaving.ts';
import { isUnasked, pingOf } from './pongs.ts';
import { reads } from './readings.ts';
import { failsProof, leavesAttempt, settlesRegistration, spoilsRegistration } from './stages.ts';
import { faultOf, proofOf, type Fault } from './faults.ts';
import { maySpeak, otherSide, speakerOf, type Scene, type Side, type Stage } from './talk.ts';

type Guard = (scene: Scene) => boolean;

const both =
  (...guards: readonly Guard[]): Guard =>
  (scene) =>
    guards.every((guard) => guard(scene));

const not =
  (guard: Guard): Guard =>
  (scene) =>
    !guard(scene);

const at =
  (...stages: readonly Stage[]): Guard =>
  ({ context }) =>
    stages.includes(context.stage);

const speaks =
  (side: Side): Guard =>
  ({ context }) =>
    maySpeak(context, side);

/** Somebody awaits a response. */
const awaited: Guard = ({ context, event }) => isAwaited(context, event);

/** A good response to a call of one region; none of its kind, or more, await theirs then. */
const settles =
  (desk: Desk, isLast: boolean): Guard =>
  (scene) => {
    const call = answered(scene);
    if (call === null || !isOwed(call) || deskOf(call) !== desk) return false;
    return (leftOver(scene, call, desk) === 0) === isLast;
  };

/** A good response to what need not have one. */
const settlesQuietly =
  (desk: Desk): Guard =>
  (scene) => {
    const call = answered(scene);
    return call !== null && !isOwed(call) && deskOf(call) === desk;
  };

/** A response that cannot be used, to the last call of a region. */
const spoils =
  (desk: Desk): Guard =>
  (scene) => {
    const call = spoiled(scene);
    if (call === null || deskOf(call) !== desk) return false;
    return !scene.context.calls.some((one) => one !== call && deskOf(one) === desk);
  };

/** Something wrong that a response is owed for, while the two sides talk. */
const wrong = (...faults: readonly Fault[]): Guard =>
  both(awaited, not(failsProof), ({ context, event }) => {
    if (!isTalking(context)) return false;
    const call = callFrom(context, event);
    return call.fault !== null && faults.includes(call.fault) && isOwed(call);
  });

/** Something wrong that nobody need answer. */
const wrongInVain: Guard = ({ context, event }) => {
  const fault = faultOf(event);
  if (fault === null || fault === 'frame' || fault === 'upgrade' || !isTalking(context))
    return false;
  return !isAwaited(context, event) || !isOwed(callFrom(context, event));
};

const kmsCalls = both(speaks('central-kms'), at(...talking));
const arrays = both(
  speaks('sidecar'),
  ({ context }) => isTalking(context) && reads(context, 'jsonRpcBatch', 'supported'),
);
const others = both(
  speaks('sidecar'),
  ({ context }) => isTalking(context) && reads(context, 'otherMethods', 'asked'),
);
const inquires = both(kmsCalls, awaited, ({ context }) => {
  const isLate = ['proving', 'registered', 'doubtful'].includes(context.stage);
  return isLate || reads(context, 'inquiryFrom', 'anytime');
});
const stores = both(speaks('sidecar'), awaited, ({ context }) => {
  const { stage } = context;
  const isQueued = stage === 'proving' && reads(context, 'earlyBatch', 'queued');
  return isQueued || stage === 'registered' || stage === 'doubtful';
});
const pings = both(
  ({ context, event }) => maySpeak(context, speakerOf(event)),
  ({ context }) => isTalking(context),
);

/** What the phases may ask. Pure; total on any content. */
export const guards = {
  upgradesBadly: ({ event }: Scene) => faultOf(event) === 'upgrade',
  wasRefused: ({ context }: Scene) => isRefusedBefore(context),
  /** A broken frame before there is a socket. */
  breaksEarly: ({ event }: Scene) => faultOf(event) === 'frame',
  refusesByEnding: ({ context }: Scene) => reads(context, 'refusedUpgrade', 'closed'),

  registers: awaited,
  grants: settlesRegistration,
  refusesRegister: settlesRegistration,
  proves: both(awaited, ({ event }) => proofOf(event) === 'right'),
  failsProof,
  accepts: settlesRegistration,
  failsInside: settlesRegistration,
  leavesAttempt,
  refutes: both(settlesRegistration, not(leavesAttempt)),
  spoilsRegistration,
  endsSuspension: ({ context }: Scene) => reads(context, 'suspensionEnd', 'hangUp'),

  stores,
  storedOfMany: settles('batches', false),
  stored: settles('batches', true),
  batchRefusedOfMany: settles('batches', false),
  batchRefused: settles('batches', true),
  spoilsBatch: spoils('batches'),

  checksInVain: both(kmsCalls, not(awaited)),
  checks: kmsCalls,
  reportsOfMany: settles('healthChecks', false),
  reports: settles('healthChecks', true),
  checkRefusedOfMany: settles('healthChecks', false),
  checkRefused: settles('healthChecks', true),
  spoilsReport: spoils('healthChecks'),

  inquires,
  inquiresEarly: both(wrong('state'), kmsCalls, ({ context, event }) => {
    return deskOf(callFrom(context, event)) === 'inquiries';
  }),
  findsMore: settles('inquiries', false),
  findsLast: settles('inquiries', true),
  inquiryRefusedOfMany: settles('inquiries', false),
  inquiryRefused: settles('inquiries', true),
  spoilsFinding: spoils('inquiries'),

  pings,
  pongsLast: ({ context, event }: Scene) => {
    const waiting = context.pings[otherSide(speakerOf(event))];
    return (
      isOpenFor(context, event) &&
      waiting.length > 0 &&
      pingOf({ context, event }) === waiting.length - 1
    );
  },
  pongs: ({ context, event }: Scene) =>
    isOpenFor(context, event) && pingOf({ context, event }) >= 0,
  pongsUnasked: isUnasked,

  isUnparsed: wrong('parse', 'binary'),
  isInvalid: wrong('request'),
  isArray: wrong('array'),
  isUnknownMethod: wrong('method'),
  isUnfit: wrong('params', 'structure'),
  isMisplaced: wrong('state', 'proof'),
  isVain: wrongInVain,
  calls: both(arrays, awaited),
  tells: both(arrays, ({ event }) => hasOnlyTelling(event.content)),
  asksOther: both(others, awaited),
  straySettledOfMany: settles('stray', false),
  straySettled: settles('stray', true),
  strayDismissed: settlesQuietly('stray'),
  spoilsStray: spoils('stray'),
  spoilsKmsStray: spoils('kmsStray'),
  kmsStraySettledOfMany: settles('kmsStray', false),
  kmsStraySettled: settles('kmsStray', true),
  kmsStrayDismissed: settlesQuietly('kmsStray'),

  breaksFrame,
  kmsMayLeave,
  kmsLeavesAmiss,
  kmsRefusesAmiss,
  sidecarMayLeave,
  kmsMayHangUp,
  /** It had a reason to go at once before it heard that the sidecar goes. */
  kmsHungUp: ({ context }: Scene) =>
    context.reasonToLeave?.length === 0 && reads(context, 'suspensionEnd', 'hangUp'),
  sidecarMayHangUp: ({ context }: Scene) =>
    isTalking(context) && !owesKms(context) && reads(context, 'sidecarHangsUp', 'anytime'),
  /** A good response, whatever has happened meanwhile. */
  answersCall: (scene: Scene) => answered(scene) !== null,
} satisfies Readonly<Record<string, Guard>>;

function isOpenFor(context: Scene['context'], event: Scene['event']): boolean {
  return maySpeak(context, speakerOf(event));
}

/** Whoever goes without a word has nothing left to say. */
function owesKms({ calls, pings }: Scene['context']): boolean {
  return (
    pings['central-kms'].length > 0 ||
    calls.some((call) => call.by === 'central-kms' && isOwed(call))
  );
}

/** An array of nothing but notifications: nobody answers it. */
function hasOnlyTelling(content: unknown): boolean {
  return Array.isArray(content) && content.length > 0 && content.every(isNotification);
}
