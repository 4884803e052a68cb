import { answered, spoiled } from './answers.ts';
import { callFrom, deskOf, isAwaited, isRefutation } from './calls.ts';
import { isMisshapen } from './codes.ts';
import { codeOf, errorCodes } from './json-rpc.ts';
import { breaksFrame, kmsLeavesAmiss, kmsRefusesAmiss } from './leaving.ts';
import { faultOf } from './faults.ts';
import { nameOf, speakerOf, type CentralKmsEvent, type Scene, type Stage } from './talk.ts';

/** How far the connection is after an event that was allowed, or a flaw that counts. */
export function stageAfter(scene: Scene): Stage {
  const { context, event } = scene;
  const { stage } = context;
  if (nameOf(event) === 'closes') return 'terminated';
  if (nameOf(event) === 'closeFrame' || kmsLeavesAmiss(scene)) return afterCloseFrame(scene);
  if (kmsRefusesAmiss(scene)) return 'stranded';
  if (faultOf(event) === 'upgrade') return afterBadUpgrade(stage, event);
  if (breaksFrame(scene)) {
    return speakerOf(event) === 'sidecar' ? 'kmsFails' : 'sidecarFails';
  }
  return speakerOf(event) === 'sidecar' ? afterSidecar(scene) : afterKms(scene);
}

function afterCloseFrame({ context, event }: Scene): Stage {
  const { stage } = context;
  if (speakerOf(event) === 'central-kms')
    return stage === 'sidecarLeaving' ? 'ended' : 'kmsLeaving';
  if (stage === 'kmsFails') return stage;
  return stage === 'kmsLeaving' ? 'ended' : 'sidecarLeaving';
}

function afterBadUpgrade(stage: Stage, event: CentralKmsEvent): Stage {
  const isAsked = stage === 'connecting' || stage === 'refused';
  if (speakerOf(event) === 'sidecar') return isAsked ? 'refusing' : stage;
  return stage === 'upgrading' || stage === 'connecting' ? 'stranded' : stage;
}

function afterSidecar({ context, event }: Scene): Stage {
  const { stage } = context;
  switch (event.type) {
    case 'sidecar.upgrade':
      return stage === 'stranded' ? stage : 'upgrading';
    case 'sidecar.register':
      return stage === 'connected' || stage === 'doubtful' ? 'registering' : stage;
    case 'sidecar.challenge':
      return stage === 'challenged' || stage === 'doubtful' ? 'proving' : stage;
    default:
      return failsProof({ context, event }) ? 'refuting' : stage;
  }
}

function afterKms(scene: Scene): Stage {
  const { context, event } = scene;
  const { stage } = context;
  switch (event.type) {
    case 'central-kms.upgraded':
      return 'connected';
    case 'central-kms.upgradeRefused':
      return 'refused';
    case 'central-kms.registered':
      return settlesRegistration(scene) && isWaiting(stage, 'registering') ? 'challenged' : stage;
    case 'central-kms.challengeAccepted':
      return settlesRegistration(scene) && isWaiting(stage, 'proving') ? 'registered' : stage;
    case 'central-kms.kmsError':
      return afterError(scene);
    default:
      if (!spoilsRegistration(scene)) return stage;
      return stage === 'refuting' ? 'suspended' : 'doubtful';
  }
}

function isWaiting(stage: Stage, wanted: Stage): boolean {
  return stage === wanted || stage === 'doubtful';
}

function afterError(scene: Scene): Stage {
  const { stage } = scene.context;
  if (!settlesRegistration(scene)) return stage;
  if (stage === 'registering') return 'connected';
  if (stage === 'proving') return 'challenged';
  if (stage !== 'refuting') return stage;
  return leavesAttempt(scene) ? 'challenged' : 'suspended';
}

/** A challenge fails that was due: nothing but an error may answer it. */
export function failsProof({ context, event }: Scene): boolean {
  if (!refutable.includes(event.type)) return false;
  return isAwaited(context, event) && isRefutation(callFrom(context, event));
}

const refutable: readonly string[] = ['sidecar.unauthentic', 'sidecar.unfit', 'sidecar.misplaced'];

/** A response to register or challenge, as the connection awaits it. */
export function settlesRegistration(scene: Scene): boolean {
  const call = answered(scene);
  return call !== null && deskOf(call) === 'registration';
}

/** The answer to a challenge that was no challenge: it says so, and spends nothing. */
export function leavesAttempt(scene: Scene): boolean {
  const call = answered(scene);
  const code = codeOf(scene.event.content);
  const isEnvelope = code === errorCodes.invalidParams || code === errorCodes.invalidRequest;
  if (call === null || !isRefutation(call)) return false;
  return isEnvelope && (call.fault !== 'proof' || isMisshapen(call));
}

/** An answer to register or challenge that the sidecar can make nothing of. */
export function spoilsRegistration(scene: Scene): boolean {
  const call = spoiled(scene);
  return call !== null && isDue(scene.context.stage) && deskOf(call) === 'registration';
}

function isDue(stage: Stage): boolean {
  return stage === 'registering' || stage === 'proving' || stage === 'refuting';
}
