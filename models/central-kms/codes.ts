import type { Requirement } from '#models/language/index.ts';
import { isOddId, isUnknownLevel } from './calls.ts';
import { instantOf } from './instants.ts';
import { errorCodes, isNumeric, kmsCodes, param, sameId, text } from './json-rpc.ts';
import { reads } from './readings.ts';
import { requirements } from './requirements.ts';
import type { Call, Conversation } from './talk.ts';

const { parseError, invalidRequest, methodNotFound, invalidParams, internalError } = errorCodes;
const { sidecarExists, invalidBatchSignature, invalidRowSignature } = kmsCodes;

/** Whether an error with this id, and such a code, may be about a call. */
export function idFits(
  context: Conversation,
  call: Call,
  { id, code }: { readonly id: unknown; readonly code: number },
): boolean {
  if (call.id === undefined) return id === null;
  const { fault } = call;
  const isDoubtful = fault === 'structure' || isOddId(context, call);
  const isInvalid =
    fault === 'request' || fault === 'parse' || (isDoubtful && code === invalidRequest);
  if (isInvalid && id === null) return !reads(context, 'invalidRequestId', 'echoed');
  if (isInvalid && reads(context, 'invalidRequestId', 'none')) return false;
  return idKept(context, call, id);
}

/** Whether an id is that of a call, with its type. */
export function idKept(context: Conversation, call: Call, id: unknown): boolean {
  if (isNumeric(call.id) && reads(context, 'numericIds', 'asText')) return id === String(call.id);
  return sameId(call.id, id) || isRounded(call.id, id);
}

/** The same number to whoever keeps numbers as doubles. @see RFC 8259, section 6 */
function isRounded(called: unknown, id: unknown): boolean {
  if (!isNumeric(called)) return false;
  const double = Number(called);
  if (id === null) return !Number.isFinite(double);
  return isNumeric(id) && Number(id) === double;
}

/** Whether a code tells what is wrong with a call. */
export function codeFits(context: Conversation, call: Call, code: number): boolean {
  if (code === invalidRequest && isOddId(context, call)) return true;
  switch (call.fault) {
    case null:
      return refusesGood(context, call, code);
    case 'parse':
    case 'binary':
      return code === parseError;
    case 'request':
    case 'array':
    case 'response':
      return code === invalidRequest;
    case 'structure':
      return refusesStructure(context, code);
    case 'method':
      return code === methodNotFound;
    case 'params':
      return refusesParams(context, call, code);
    case 'proof':
      return refusesProof(context, call, code);
    case 'state':
      return refusesState(context, code) || refusesHaste(call, code);
    case 'upgrade':
    case 'frame':
      return false;
  }
}

function refusesStructure(context: Conversation, code: number): boolean {
  if (code === invalidRequest) return !reads(context, 'unstructuredParams', 'params');
  return code === invalidParams && !reads(context, 'unstructuredParams', 'request');
}

/** A challenge whose members are both texts, whatever they say. */
export function hasSignatures({ content }: Call): boolean {
  const names = ['batchSignature', 'rowSignature'];
  return names.every((name) => text(param(content, name)) !== null);
}

/** A challenge of other texts may spend the attempt: it is then answered as a wrong signature. */
function refusesParams(context: Conversation, call: Call, code: number): boolean {
  const isDue = call.method === 'challenge' && call.stage === 'challenged';
  const mayBeSpent = isDue && hasSignatures(call);
  if (!mayBeSpent) return code === invalidParams;
  if (code === invalidParams) return !reads(context, 'malformedChallenge', 'spent');
  return isProofCode(code) && !reads(context, 'malformedChallenge', 'unspent');
}

function isProofCode(code: number): boolean {
  return code === invalidBatchSignature || code === invalidRowSignature;
}

function refusesProof(context: Conversation, call: Call, code: number): boolean {
  const { proof } = call;
  if (code === internalError) return reads(context, 'internalErrors', 'anytime');
  if (code === invalidParams) {
    return isMisshapen(call) && !reads(context, 'malformedChallenge', 'spent');
  }
  if (proof === 'wrongBatch') return code === invalidBatchSignature;
  if (proof === 'wrongRow') return code === invalidRowSignature;
  if (code === invalidBatchSignature) return !reads(context, 'bothWrong', 'rowFirst');
  return code === invalidRowSignature && !reads(context, 'bothWrong', 'batchFirst');
}

/** A challenge of whose signatures one has not the length of any: it may count as no challenge. */
export function isMisshapen({ method, fault, content }: Call): boolean {
  if (method !== 'challenge' || fault !== 'proof') return false;
  const digits = (name: string) => text(param(content, name))?.length;
  return digits('batchSignature') !== signatureDigits || digits('rowSignature') !== cmacDigits;
}

/** Hexadecimal digits of an Ed25519 signature, and of a CMAC. */
const signatureDigits = 128;
const cmacDigits = 32;

/** A call that is not possible now. */
function refusesState(context: Conversation, code: number): boolean {
  if (reads(context, 'stateErrorCode', 'methodNotFound')) return code === methodNotFound;
  if (reads(context, 'stateErrorCode', 'invalidRequest')) return code === invalidRequest;
  return reads(context, 'stateErrorCode', 'any') || !isReserved(code);
}

/** A challenge behind a register that a KMS answers first: its signatures are wrong by then. */
function refusesHaste({ method, stage }: Call, code: number): boolean {
  return method === 'challenge' && stage === 'registering' && isProofCode(code);
}

/** @see JSON-RPC 2.0, Error object */
function isReserved(code: number): boolean {
  return code >= -32768 && code <= -32000;
}

/** A call with which nothing is wrong, as far as its words go. */
function refusesGood(context: Conversation, call: Call, code: number): boolean {
  const isInternal = code === internalError && reads(context, 'internalErrors', 'anytime');
  if (isInternal && !call.again) return true;
  if (call.by === 'central-kms') return refusesKms(context, call, code);
  if (!isReserved(code) && reads(context, 'unlistedCodes', 'anytime')) return true;
  const isDoubtful = context.isMoved || call.stage === 'doubtful';
  if (isDoubtful && refusesState(context, code)) return true;
  if (call.method === 'register') return refusesRegister(context, call, code);
  return call.method === 'batch' && refusesBatch(context, call, code);
}

function refusesRegister(context: Conversation, { content }: Call, code: number): boolean {
  if (code === sidecarExists) return true;
  const length = text(param(content, 'serviceName'))?.length ?? 0;
  const isOdd = length === 0 || length > longestName;
  return isOdd && code === invalidParams && reads(context, 'serviceNames', 'limited');
}

const longestName = 255;

function refusesBatch(context: Conversation, call: Call, code: number): boolean {
  const { again, stage, content } = call;
  if (again && code !== internalError && !reads(context, 'duplicateBatch', 'taken')) return true;
  if (stage === 'proving' && refusesState(context, code)) return true;
  if (!reads(context, 'batchSignatureForm', 'hex') || isSignature(content)) return false;
  return code === invalidParams || code === invalidBatchSignature;
}

function isSignature(content: unknown): boolean {
  return /^[0-9a-f]{128}$/i.test(text(param(content, 'signature')) ?? '');
}

/** What a sidecar may refuse of what it is asked. */
function refusesKms(context: Conversation, { method, content }: Call, code: number): boolean {
  if (code !== invalidParams) return false;
  if (method === 'inquiry')
    return isBackwards(content) && reads(context, 'backwardsInquiry', 'either');
  return isUnknownLevel(content) && !reads(context, 'healthLevels', 'reported');
}

function isBackwards(content: unknown): boolean {
  return instantOf(param(content, 'startTime')) > instantOf(param(content, 'endTime'));
}

/** The requirement that a response breaks which does not tell what is wrong with a call. */
export function refusalOf({ by, method, fault, proof }: Call): Requirement {
  const ofKms = by === 'central-kms';
  switch (fault) {
    case 'parse':
    case 'binary':
      return requirements.parseErrorTold;
    case 'request':
      return requirements.invalidRequestTold;
    case 'array':
      return requirements.arraysAnswered;
    case 'method':
      return ofKms ? requirements.unknownMethodOfKmsTold : requirements.unknownMethodTold;
    case 'params':
    case 'structure':
      return ofKms ? requirements.invalidParamsOfKmsTold : requirements.invalidParamsTold;
    case 'proof':
      return proof === 'wrongRow'
        ? requirements.wrongRowSignatureRefused
        : requirements.wrongBatchSignatureRefused;
    case 'state':
      return requirements.wrongStateRefused;
    default:
      return method === 'challenge' ? requirements.rightProofAccepted : requirements.errorCodeFits;
  }
}
