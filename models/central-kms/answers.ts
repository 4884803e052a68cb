import type { Requirement } from '#models/language/index.ts';
import { deskOf, isOwed, isRefutation, sameUuid, type Desk } from './calls.ts';
import { codeFits, idFits, idKept, refusalOf } from './codes.ts';
import { has, codeOf, idOf, idsOfArray, isResponse, member } from './json-rpc.ts';
import { messages, type MessageName, type Method } from './messages.ts';
import { reads } from './readings.ts';
import { requirements } from './requirements.ts';
import { findingOf, inquiryAfter, isNameless, rules } from './results.ts';
import { faultOf } from './faults.ts';
import {
  isMessage,
  maySpeak,
  nameOf,
  speakerOf,
  type Call,
  type Conversation,
  type Scene,
  type Side,
} from './talk.ts';

/** The calls of the other side that await a response, oldest first. */
export function awaiting({ context, event }: Scene): readonly Call[] {
  const speaker = speakerOf(event);
  return context.calls.filter(({ by }) => by !== speaker);
}

/** The call that an event is a good response to: of its id, the oldest; `null`: of none. */
export function answered(scene: Scene): Call | null {
  const { context, event } = scene;
  if (!maySpeak(context, speakerOf(event))) return null;
  const calls = awaiting(scene);
  const isOrdered = reads(context, 'answerOrder', 'called') && speakerOf(event) === 'central-kms';
  const mayCome = isOrdered ? calls.slice(0, 1) : calls;
  return mayCome.find((call) => mayAnswer(scene, call)) ?? null;
}

/** What becomes of the call that was answered: an inquiry may await more; `null`: it is over. */
export function remainder(scene: Scene, call: Call): Call | null {
  const isFinding = ['inquiryResult', 'inquiryResponse'].includes(nameOf(scene.event));
  return isFinding ? inquiryAfter(scene, call) : null;
}

/** Calls of one region that await a response still, once an event has come that answers one. */
export function leftOver(scene: Scene, call: Call, desk: Desk): number {
  const others = scene.context.calls.filter((one) => one !== call && deskOf(one) === desk);
  const owed = others.filter(isOwed).length;
  return remainder(scene, call) === null ? owed : owed + 1;
}

function mayAnswer(scene: Scene, call: Call): boolean {
  switch (nameOf(scene.event)) {
    case 'kmsError':
    case 'sidecarError':
      return refuses(scene, call);
    case 'array':
      return answersArray(scene, call);
    default:
      return isAbout(scene, call) && isServed(scene, call) && misfits(scene, call) === null;
  }
}

function refuses({ context, event }: Scene, call: Call): boolean {
  const code = codeOf(event.content);
  if (code === null) return false;
  return idFits(context, call, { id: idOf(event.content), code }) && codeFits(context, call, code);
}

/** Whether a result is about a call, whatever it says: the method and the id are those of it. */
function isAbout(scene: Scene, call: Call): boolean {
  const { context, event } = scene;
  if (nameOf(event) !== 'inquiryResponse') {
    return answeredMethod(event.type) === call.method && idKept(context, call, idOf(event.content));
  }
  if (call.method !== 'inquiry') return false;
  const named = member(member(call.content, 'params'), 'inquiry');
  return sameUuid(context, findingOf(scene).inquiry, named) || isNameless(call);
}

function answeredMethod(type: string): Method | null {
  const name = type.slice(type.indexOf('.') + 1);
  if (!isMessage(name)) return null;
  const row = messages[name];
  return 'answers' in row ? row.answers : null;
}

/** Whether a call may have a result at all. */
function isServed({ context, event }: Scene, call: Call): boolean {
  const isDeployed = reads(context, 'inquiryVariant', 'deployed');
  if (nameOf(event) === 'inquiryResult' && isDeployed) return false;
  if (nameOf(event) === 'inquiryResponse' && !isDeployed) return false;
  if (call.by === 'central-kms') return isServedToKms(context, call);
  if (context.isRefuted) return false;
  if (call.fault === 'state') return isTwin({ context, event }, call);
  if (call.fault !== null || call.proof !== 'right') return false;
  return call.stage !== 'proving' || context.isRegistered;
}

/** Whoever has no use for params may answer a call all the same whose params are wrong. */
function isServedToKms(context: Conversation, { fault }: Call): boolean {
  if (fault === null || fault === 'state') return true;
  return (fault === 'params' || fault === 'structure') && reads(context, 'kmsParams', 'used');
}

/** A second call beside the one that awaits its response, where both are served. */
function isTwin({ context }: Scene, { method, stage, proof }: Call): boolean {
  if (!reads(context, 'twins', 'taken') || proof !== 'right') return false;
  if (method === 'register') return stage === 'registering';
  return method === 'challenge' && stage === 'proving';
}

function misfits(scene: Scene, call: Call): Requirement | null {
  const broken = (rules[nameOf(scene.event)] ?? []).find(({ holds }) => !holds(scene, call));
  return broken?.requirement ?? null;
}

/** One response for each call of an array, in any order. */
function answersArray({ context, event }: Scene, call: Call): boolean {
  if (call.fault !== 'array' || !reads(context, 'jsonRpcBatch', 'supported')) return false;
  const { content } = event;
  if (!Array.isArray(content) || !content.every(isResponse)) return false;
  const wanted = [...idsOfArray(call.content)];
  for (const response of content) {
    const at = wanted.indexOf(idOf(response));
    if (at < 0) return false;
    wanted.splice(at, 1);
  }
  return wanted.length === 0;
}

/**
 * The call that a response names by its id, and cannot be used for: its side has spoken, in vain.
 * Of flawed events alone.
 */
export function spoiled(scene: Scene): Call | null {
  if (faultOf(scene.event) !== 'response') return null;
  const id = idOf(scene.event.content);
  return awaiting(scene).find((call) => idKept(scene.context, call, id)) ?? null;
}

/**
 * The requirement that a response breaks by what it says about its call; `null` where it breaks
 * none, or where no call awaits it. The guards ask the same; this says which requirement it is.
 */
export function misfit(scene: Scene): Requirement | null {
  if (answered(scene) !== null) return null;
  const { context, event } = scene;
  const code = codeOf(event.content);
  const isError = code !== null && nameOf(event).endsWith('Error');
  const id = idOf(event.content);
  const call = awaiting(scene).find((one) =>
    isError ? idFits(context, one, { id, code }) : isAbout(scene, one),
  );
  if (call === undefined) {
    const isIdWrong = isNearly(scene) || losesId(scene) || namesInquiry(scene);
    return isIdWrong ? requirements.idKept : null;
  }
  if (isError) return refusalOf(call);
  if (isRefutation(call)) return refutedAs(call);
  if (context.isRefuted && call.by === 'sidecar') return requirements.oneAttempt;
  if (!isServed(scene, call)) return unserved(call);
  return misfits(scene, call);
}

/** What an accepted challenge breaks that is wrong. */
function refutedAs(call: Call): Requirement {
  return call.fault === 'proof' ? refusalOf(call) : requirements.malformedChallengeRefused;
}

/** A call that has no result, or not now, or not in this form. */
function unserved(call: Call): Requirement {
  if (call.fault !== null) return refusalOf(call);
  return call.by === 'central-kms' ? requirements.inquiryAnswered : requirements.earlyBatchRefused;
}

/** An error that would be about a call, if it had its id. */
function losesId(scene: Scene): boolean {
  const { context, event } = scene;
  const code = codeOf(event.content);
  if (code === null || idOf(event.content) !== null) return false;
  return awaiting(scene).some((call) => codeFits(context, call, code));
}

/** An answer to an inquiry that awaits one, by the inquiry: its id is another. */
function namesInquiry(scene: Scene): boolean {
  if (nameOf(scene.event) !== 'inquiryResult') return false;
  const { inquiry } = findingOf(scene);
  return awaiting(scene).some(
    ({ method, content }) =>
      method === 'inquiry' &&
      sameUuid(scene.context, inquiry, member(member(content, 'params'), 'inquiry')),
  );
}

/** The id of a call, but of another type. */
function isNearly(scene: Scene): boolean {
  const id = idOf(scene.event.content);
  if (id === undefined || nameOf(scene.event) === 'inquiryResponse') return false;
  return awaiting(scene).some((call) => call.id !== undefined && String(call.id) === String(id));
}

/**
 * What a response is called, by the call whose id it has; where no call has it, by what it says.
 */
export function responseNamed(context: Conversation, side: Side, content: unknown): MessageName {
  const isKms = side === 'central-kms';
  if (has(content, 'error')) return isKms ? 'kmsError' : 'sidecarError';
  const id = idOf(content);
  const call = context.calls.find((one) => one.by !== side && idKept(context, one, id));
  const named = resultNames.find((name) => {
    const { answers, saidBy } = messages[name];
    return answers === call?.method && saidBy.some((speaker) => speaker === side);
  });
  return named ?? likelyName(isKms, member(content, 'result'));
}

const resultNames = [
  'registered',
  'challengeAccepted',
  'batchStored',
  'healthReport',
  'inquiryResult',
] as const;

function likelyName(isKms: boolean, result: unknown): MessageName {
  if (!isKms) return has(result, 'inquiry') ? 'inquiryResult' : 'healthReport';
  if (has(result, 'batchKey')) return 'registered';
  return has(result, 'status') ? 'challengeAccepted' : 'batchStored';
}
