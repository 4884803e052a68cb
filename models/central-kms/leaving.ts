import { talking } from './calls.ts';
import { isMisshapen } from './codes.ts';
import { kmsCodes, errorCodes, codeOf, member } from './json-rpc.ts';
import { reads } from './readings.ts';
import { answered } from './answers.ts';
import { faultOf } from './faults.ts';
import {
  closeCodeOf,
  maySpeak,
  nameOf,
  speakerOf,
  type Call,
  type CentralKmsEvent,
  type Conversation,
  type Scene,
} from './talk.ts';

/** Whether the KMS may say its close frame now. */
export function kmsMayLeave(scene: Scene): boolean {
  const { context, event } = scene;
  if (!maySpeak(context, 'central-kms')) return false;
  switch (context.stage) {
    case 'suspended':
      return endsSuspension(scene);
    case 'refuting':
      return standsForError(scene) || hasReason(scene);
    case 'kmsFails':
      return tellsFailure(scene);
    case 'sidecarLeaving':
      return echoes(scene, 'sidecar');
    default:
      return reads(context, 'kmsLeaves', 'anytime') || hasReason({ context, event });
  }
}

/** A close frame of the KMS's for which it has no reason: it leaves all the same. */
export function kmsLeavesAmiss({ context, event }: Scene): boolean {
  if (event.type !== 'central-kms.misplaced' || event.leaves !== true) return false;
  return maySpeak(context, 'central-kms') && isTalking(context);
}

/** A refusal of an upgrade with which nothing was wrong, or an answer before there was any. */
export function kmsRefusesAmiss({ context, event }: Scene): boolean {
  if (event.type !== 'central-kms.misplaced') return false;
  const isRefusal = typeof member(event.content, 'status') === 'number';
  const isAgreement = typeof member(event.content, 'accept') === 'string';
  if (context.stage === 'upgrading') return isRefusal;
  return context.stage === 'connecting' && (isRefusal || isAgreement);
}

/** The KMS has a reason to leave that is not the document's own. */
function hasReason({ context, event }: Scene): boolean {
  const { reasonToLeave } = context;
  if (reasonToLeave === null) return false;
  const code = closeCodeOf(event);
  return reasonToLeave.length === 0 || (code !== null && reasonToLeave.includes(code));
}

/** A close frame says what was broken. */
function tellsFailure({ context, event }: Scene): boolean {
  const code = closeCodeOf(event);
  return context.failure.length === 0 || (code !== null && context.failure.includes(code));
}

/** A close frame after a failed challenge. */
function endsSuspension({ context, event }: Scene): boolean {
  const code = closeCodeOf(event);
  if (reads(context, 'suspensionCode', 'any')) return true;
  return code !== null && (code === 1000 || code === policyViolation || code >= 4000);
}

/** A close frame in place of the error that a failed challenge has. */
function standsForError({ context, event }: Scene): boolean {
  return closeCodeOf(event) === policyViolation && reads(context, 'errorBeforeEnd', 'policy');
}

const policyViolation = 1008;

/** Whether a side may say its close frame as an answer to that of the other side. */
export function echoes({ context, event }: Scene, other: 'sidecar' | 'central-kms'): boolean {
  if (!reads(context, 'closeEcho', 'echoed')) return true;
  return closeCodeOf(event) === (context.left[other]?.code ?? null);
}

/** Whether the sidecar may say its close frame now: it may leave at any time. */
export function sidecarMayLeave(scene: Scene): boolean {
  const { context } = scene;
  if (!maySpeak(context, 'sidecar')) return false;
  if (context.stage === 'sidecarFails') return tellsFailure(scene);
  return context.stage !== 'kmsLeaving' || echoes(scene, 'central-kms');
}

/** Whether the KMS may end the connection without a close frame. */
export function kmsMayHangUp({ context }: Scene): boolean {
  const mayLeave = reads(context, 'kmsLeaves', 'anytime') || context.reasonToLeave?.length === 0;
  return talking.includes(context.stage) && mayLeave;
}

/** Whether what a side said breaks the rules of frames: whoever hears it gives the connection up. */
export function breaksFrame({ context, event }: Scene): boolean {
  if (!isTalking(context) || nameOf(event) !== 'malformed') return false;
  const fault = faultOf(event);
  return (
    fault === 'frame' || (fault === 'binary' && !reads(context, 'binaryMessages', 'parseError'))
  );
}

/** Neither side has said its close frame, nor broken the connection. */
export function isTalking({ stage }: Conversation): boolean {
  return talking.includes(stage) || stage === 'suspended';
}

/**
 * The close codes that tell of the frame that was broken; empty: any. Whoever had another reason to
 * leave may be leaving for that already.
 */
export function failureAfter({ context, event }: Scene): readonly number[] {
  const { stage, reasonToLeave } = context;
  const codes = failureCodes(event);
  if (codes.length === 0) return codes;
  if (speakerOf(event) === 'central-kms') {
    return stage === 'doubtful' || context.isRefused ? [] : codes;
  }
  if (stage === 'refuting' || stage === 'suspended' || reasonToLeave?.length === 0) return [];
  return [...codes, ...(reasonToLeave ?? [])];
}

function failureCodes(event: CentralKmsEvent): readonly number[] {
  const { closeCodes } = event;
  if (faultOf(event) === 'binary') return [1003];
  if (!Array.isArray(closeCodes)) return [];
  return closeCodes.filter((code): code is number => typeof code === 'number');
}

/** Reasons to leave that an event gives the KMS, beside the document's own. */
export function reasonAfter(scene: Scene): readonly number[] | null {
  const { context, event } = scene;
  const call = nameOf(event) === 'kmsError' ? answered(scene) : null;
  if (call !== null && unsettles(context, call, codeOf(event.content))) return [];
  /** Whoever refuses an upgrade may end the connection, whatever comes behind it. */
  if (nameOf(event) === 'upgradeRefused') return [];
  if (nameOf(event) === 'upgraded') return isRefusedBefore(context) ? null : context.reasonToLeave;
  const isHasty = context.stage === 'upgrading' && event.type === 'sidecar.malformed';
  /** What comes before the answer to the upgrade is read once there is a socket. */
  if (isHasty && faultOf(event) === 'frame') return failureCodes(event);
  const isStray = event.type.startsWith('sidecar.') && faultOf(event) === 'response';
  if (isStray && reads(context, 'strayResponses', 'closed')) return [];
  const isLarge = event.large === true && event.type.startsWith('sidecar.');
  if (isLarge && reads(context, 'largeMessages', 'refused')) {
    return context.reasonToLeave ?? [tooBig];
  }
  if (isLong(event) && reads(context, 'longLengths', 'refused')) {
    return context.reasonToLeave ?? [protocolError];
  }
  return context.reasonToLeave;
}

/** A frame of the sidecar's whose length takes more bytes than it needs. */
function isLong({ type, passedOver }: CentralKmsEvent): boolean {
  if (!type.startsWith('sidecar.') || !Array.isArray(passedOver)) return false;
  return passedOver.includes('lengthNotMinimal');
}

/** An upgrade was refused on this connection, and none agreed to yet. */
export function isRefusedBefore({ reasonToLeave }: Conversation): boolean {
  return reasonToLeave?.length === 0;
}

const tooBig = 1009;
const protocolError = 1002;

/** Whether the KMS may go away after an error of its own. */
function unsettles(context: Conversation, call: Call, code: number | null): boolean {
  const { method, fault } = call;
  if (method === 'register' && fault === null) return reads(context, 'refusedRegister', 'closed');
  if (method !== 'challenge') return false;
  const isSpent = code === errorCodes.invalidParams || code === errorCodes.invalidRequest;
  if (fault === 'params' || fault === 'structure' || isMisshapen(call)) {
    return isSpent && !reads(context, 'malformedChallenge', 'unspent');
  }
  const isProof = code === kmsCodes.invalidBatchSignature || code === kmsCodes.invalidRowSignature;
  return (fault === null && code === errorCodes.internalError) || (fault === 'state' && isProof);
}
