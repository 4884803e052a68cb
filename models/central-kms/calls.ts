import {
  has,
  idOf,
  idsOfArray,
  isNotification,
  isNumeric,
  member,
  methodOf,
  param,
  sameId,
  text,
} from './json-rpc.ts';
import { reads } from './readings.ts';
import { isSeen } from './seen.ts';
import { calledMethod, faultOf, proofOf, type Fault } from './faults.ts';
import {
  isCall,
  nameOf,
  speakerOf,
  type Call,
  type CentralKmsEvent,
  type Conversation,
  type Scene,
  type Stage,
} from './talk.ts';

/**
 * Which region of the machine a call belongs to. What is wrong is `stray`, of the KMS `kmsStray`,
 * but for challenges that fail and for inquiries that come too early: those go on.
 */
export type Desk = 'registration' | 'batches' | 'healthChecks' | 'inquiries' | 'stray' | 'kmsStray';

export function deskOf(call: Call): Desk {
  if (call.by === 'central-kms') return deskOfKms(call);
  if (isRefutation(call)) return 'registration';
  if (call.fault !== null) return 'stray';
  return call.method === 'batch' ? 'batches' : 'registration';
}

function deskOfKms({ method, fault }: Call): Desk {
  if (method === 'inquiry' && (fault === null || fault === 'state')) return 'inquiries';
  return method === 'healthcheck' && fault === null ? 'healthChecks' : 'kmsStray';
}

/** Whether a response must come: a sidecar may pass over what of the KMS is no call at all. */
export function isOwed({ by, fault }: Call): boolean {
  if (by === 'sidecar') return fault !== 'response';
  return fault === null || owedToKms.includes(fault);
}

const owedToKms: readonly Fault[] = ['state', 'method', 'params', 'structure'];

/** A challenge that came when it was due, and cannot succeed. */
export function isRefutation({ method, fault, stage }: Call): boolean {
  return (
    method === 'challenge' && stage === 'challenged' && fault !== null && fails.includes(fault)
  );
}

const fails: readonly Fault[] = ['proof', 'params', 'structure'];

/** Calls that are kept at most while they await their response. */
const mostCalls = 1024;

/** The calls that await a response once an event has come; an answer takes away its own. */
export function callsAfter(
  { context, event }: Scene,
  settled: Call | null,
  kept: Call | null,
): readonly Call[] {
  const left = context.calls.flatMap((call) => {
    if (call !== settled) return call;
    return kept ?? [];
  });
  return isAwaited(context, event) ? [...left, callFrom(context, event)].slice(-mostCalls) : left;
}

/** The call that an event is, good or not. */
export function callFrom(context: Conversation, event: CentralKmsEvent): Call {
  const { content } = event;
  return {
    by: speakerOf(event),
    id: idOf(content),
    method: calledMethod(event),
    fault: faultFor(context, event),
    proof: proofOf(event),
    stage: context.stage,
    reuses: isReused(context, event),
    again: isAgain(context, event),
    items: [],
    answers: 0,
    total: null,
    content,
  };
}

function isReused(context: Conversation, event: CentralKmsEvent): boolean {
  const id = idOf(event.content);
  return context.calls.some((call) => call.by === speakerOf(event) && sameId(call.id, id));
}

function isAgain(context: Conversation, event: CentralKmsEvent): boolean {
  const batch = calledMethod(event) === 'batch' ? text(param(event.content, 'id')) : null;
  return batch !== null && isSeen(context.batches, uuidKey(context, batch));
}

/** A call without id that is refused for that is an invalid request, whatever else it is. */
function faultFor(context: Conversation, event: CentralKmsEvent): Fault | null {
  if (isRefusedNotification(context, event)) return 'request';
  if (nameOf(event) === 'array') return 'array';
  const fault = faultOf(event);
  if (calledMethod(event) !== 'challenge') return fault;
  return context.stage === 'challenged' ? faultWhenDue(event, fault) : faultElsewhere(fault);
}

/** A challenge that is due is never misplaced: if it is not allowed, its signatures are wrong. */
function faultWhenDue(event: CentralKmsEvent, fault: Fault | null): Fault | null {
  if (fault !== 'state' || proofOf(event) === 'right') return fault;
  return proofOf(event) === 'malformed' ? 'params' : 'proof';
}

/** While no challenge is due its signatures cannot be wrong. */
function faultElsewhere(fault: Fault | null): Fault | null {
  return fault === 'proof' ? 'state' : fault;
}

/** Faults of the wire, for which no response is owed. */
const wireFaults: readonly Fault[] = ['upgrade', 'frame'];

/** Whether a response to an event is awaited, or at least nothing wrong. */
export function isAwaited(context: Conversation, event: CentralKmsEvent): boolean {
  if (nameOf(event) === 'array') return idsOfArray(event.content).length > 0;
  const fault = faultOf(event);
  if (!isCall(event) && fault === null) return false;
  if (fault !== null && wireFaults.includes(fault)) return false;
  if (fault === 'response') return reads(context, 'strayResponses', 'refused');
  if (fault === 'binary') return reads(context, 'binaryMessages', 'parseError');
  if (isNotification(event.content)) return isRefusedNotification(context, event);
  if (isIdless(event, fault)) return !reads(context, 'idlessRequests', 'silent');
  if (has(event.content, 'id') && member(event.content, 'id') === null) {
    return !reads(context, 'nullId', 'notification');
  }
  if (speakerOf(event) === 'central-kms') return isAwaitedOfKms(context, event, fault);
  return !isFinding(context, event);
}

/** An object that is no call, and has no id that an answer could have. */
function isIdless({ content }: CentralKmsEvent, fault: Fault | null): boolean {
  const isObject = typeof content === 'object' && content !== null && !Array.isArray(content);
  return fault === 'request' && isObject && !has(content, 'id');
}

/** An answer to an inquiry that has the form of a call: nobody answers it. */
function isFinding(context: Conversation, event: CentralKmsEvent): boolean {
  return (
    methodOf(event.content) === 'inquiry-response' && reads(context, 'inquiryVariant', 'deployed')
  );
}

function isRefusedNotification(context: Conversation, event: CentralKmsEvent): boolean {
  if (!isNotification(event.content) || isFinding(context, event)) return false;
  return reads(context, 'notifications', 'refused');
}

function isAwaitedOfKms(
  context: Conversation,
  event: CentralKmsEvent,
  fault: Fault | null,
): boolean {
  if (fault !== null && fault !== 'state') return !reads(context, 'wrongCalls', 'silent');
  return !(isUnknownLevel(event.content) && reads(context, 'healthLevels', 'silent'));
}

/** Whether a healthcheck asks for a level that not every sidecar knows. */
export function isUnknownLevel(content: unknown): boolean {
  const level = param(content, 'level');
  return typeof level === 'string' && level !== 'ping';
}

/** A UUID in the form in which it is compared. */
export function uuidKey(context: Conversation, id: string): string {
  return reads(context, 'uuidCase', 'exact') ? id : id.toLowerCase();
}

/** Whether two values are the same UUID. */
export function sameUuid(context: Conversation, left: unknown, right: unknown): boolean {
  const [one, other] = [text(left), text(right)];
  return one !== null && other !== null && uuidKey(context, one) === uuidKey(context, other);
}

/** Stages in which the two sides talk as they like: neither has reason to leave. */
export const talking: readonly Stage[] = [
  'connected',
  'registering',
  'challenged',
  'proving',
  'refuting',
  'registered',
  'doubtful',
];

/** Whether the id of a call may be the reason to refuse it. */
export function isOddId(context: Conversation, { id, reuses }: Call): boolean {
  if (reuses === true && reads(context, 'reusedIds', 'refused')) return true;
  if (id === null) return reads(context, 'nullId', 'refused');
  return isNumeric(id) && reads(context, 'numericIds', 'refused');
}
