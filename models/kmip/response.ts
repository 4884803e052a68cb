import { formMisfit, refusedAlone } from './bare.ts';
import { outcomeOf, type Outcome } from './batch.ts';
import { all, field, has, isFields, isSame, numberAt, textAt } from './fields.ts';
import { isIncomplete } from './incomplete.ts';
import { keyOf } from './operations.ts';
import { reads } from './readings.ts';
import { reasons, usualReasons, type ReasonSet } from './reasons.ts';
import { requirements } from './requirements.ts';
import type { Misfit } from './rules/index.ts';
import {
  continuationOf,
  isCritical,
  itemsOf,
  nameOf,
  versionOf,
  type Conversation,
  type Fault,
  type Request,
  type Scene,
} from './talk.ts';

const judgements = new WeakMap<object, { readonly scene: Scene; readonly outcome: Outcome }>();

/** The request that a response is about: the oldest that awaits one. */
export function answered({ context }: Scene): Request | null {
  return context.pending[0] ?? null;
}

/**
 * What a response makes of the oldest request. Kept by what it says: whoever perceives it asks, and
 * every guard of the machine. Of good responses only; a flawed one settles its request and tells
 * nothing.
 */
export function judged(scene: Scene): Outcome {
  const { event } = scene;
  const said = isFields(event.content) ? event.content : event;
  const known = judgements.get(said);
  if (known !== undefined && isAlike(known.scene, scene)) return known.outcome;
  const outcome = judge(scene);
  judgements.set(said, { scene, outcome });
  return outcome;
}

/** Whether two responses of one content are the same. */
function isAlike(left: Scene, right: Scene): boolean {
  if (left.context !== right.context) return false;
  const { type, size, bare } = left.event;
  return type === right.event.type && size === right.event.size && bare === right.event.bare;
}

function judge(scene: Scene): Outcome {
  const { context, event } = scene;
  const { world, readings } = context;
  const request = answered(scene);
  if (request === null) {
    if (context.isLost && nameOf(event) === 'rejected') return { misfit: null, world };
    const detail = 'no request awaits a response';
    return { misfit: { requirement: requirements.nothingUnasked, detail }, world };
  }
  const name = nameOf(event);
  if (name === 'httpRefused' && request.bare) return refusedAlone({ context, request, event });
  if (name === 'httpRefused') return { misfit: httpMisfit(context, request), world };
  const { content } = event;
  const misfit =
    formMisfit({ context, request, event }) ??
    headerMisfit(scene, request) ??
    sizeMisfit(scene, request);
  if (misfit !== null) return { misfit, world };
  if (name === 'rejected') return { misfit: rejectionMisfit(context, request, content), world };
  if (name === 'pending') return { misfit: pendingMisfit(request), world };
  // What is deeper than we read it, no document forbids: it is refused, or served.
  if (request.fault === 'depth') return { misfit: null, world };
  if (request.fault !== null && request.fault !== 'item') {
    return { misfit: servedMisfit(request, content), world };
  }
  return outcomeOf(request, content, world, readings);
}

function headerMisfit({ context, event }: Scene, request: Request): Misfit | null {
  const { content } = event;
  const header = field(content, 'ResponseHeader');
  const count = numberAt(header, 'BatchCount');
  const items = itemsOf(content).length;
  if (count !== items) {
    const detail = `expected the Batch Count ${items}, got ${count ?? 'none'}`;
    return { requirement: requirements.batchCountRight, detail };
  }
  /** What refuses a message as a whole may not have read its version. */
  const isRead =
    request.fault === null || (request.fault === 'item' && nameOf(event) !== 'rejected');
  const asked = versionOf(request.content, 'RequestHeader');
  const said = versionOf(content, 'ResponseHeader');
  const isFree = nameOf(event) === 'rejected' && reads(context, 'refusalVersion', 'any');
  const isOther = isRead && !isFree && !asked.includes('?') && asked !== said;
  if (isOther && !isForeign(context, request)) {
    const detail = `expected the version ${asked}, got ${said}`;
    return { requirement: requirements.versionEchoed, detail };
  }
  return correlationMisfit(context, request, header);
}

function correlationMisfit(
  context: Conversation,
  { content, fault }: Request,
  header: unknown,
): Misfit | null {
  const asked = field(field(content, 'RequestHeader'), 'ClientCorrelationValue');
  const isOwed = asked !== undefined && reads(context, 'correlationEchoed', 'always');
  if ((!has(header, 'ClientCorrelationValue') && !isOwed) || fault !== null) return null;
  if (isSame(asked, field(header, 'ClientCorrelationValue'))) return null;
  const detail = 'got another Client Correlation Value than that of the request';
  return { requirement: requirements.clientCorrelationKept, detail };
}

/** The limit of a request in bytes of TTLV; `null`: none. */
function limitOf({ content }: Request): number | null {
  return numberAt(field(content, 'RequestHeader'), 'MaximumResponseSize');
}

function sizeMisfit({ context, event }: Scene, request: Request): Misfit | null {
  const limit = limitOf(request);
  const isTooLarge = all(event.content, 'BatchItem').some(
    (item) => textAt(item, 'ResultReason') === 'ResponseTooLarge',
  );
  if (isTooLarge) {
    const detail = 'got Response Too Large for a request that sets no limit';
    return limit === null ? { requirement: requirements.tooLargeRight, detail } : null;
  }
  const { size } = event;
  if (limit === null || typeof size !== 'number' || size <= limit) return null;
  /** No error message is smaller: below that nothing can be said at all. */
  if (limit < leastResponse || reads(context, 'maximumSizeUnit', 'written')) return null;
  const detail = `expected at most ${limit} bytes of TTLV, got ${size}`;
  return { requirement: requirements.maximumSizeKept, detail };
}

/** Bytes in which any error can be told. */
const leastResponse = 256;

function httpMisfit(context: Conversation, { fault }: Request): Misfit | null {
  if (fault === 'http') return null;
  const isRead = fault === null || fault === 'item' || fault === 'header' || fault === 'version';
  if (!isRead && reads(context, 'httpErrors', 'http')) return null;
  const detail = 'expected a KMIP response, got an error of HTTP';
  return { requirement: requirements.httpStatus, detail };
}

const byFault: Readonly<Record<Fault, ReasonSet>> = {
  framing: 'message',
  encoding: 'message',
  depth: 'message',
  http: 'message',
  message: 'message',
  version: 'version',
  header: 'message',
  item: 'item',
};

function rejectionMisfit(context: Conversation, request: Request, content: unknown): Misfit | null {
  const reason = textAt(field(content, 'BatchItem'), 'ResultReason') ?? '';
  const { fault } = request;
  if (reason === 'ResponseTooLarge' && reads(context, 'tooLargeScope', 'message')) return null;
  if (fault === null) return mayReject(context, request, reason) ? null : refusedGood(reason);
  const isNamed = fault === 'item' && hasOperation(request);
  if (isNamed && !reads(context, 'badItemScope', 'message')) {
    const detail = 'expected the item to be refused, got the message refused';
    return { requirement: requirements.badItemRefused, detail };
  }
  const allowed: readonly string[] = [...request.reasons, ...reasons[byFault[fault]]];
  if (reads(context, 'reasonChoice', 'any') || allowed.includes(reason)) return null;
  const detail = `expected a reason like ${allowed.slice(0, 4).join(', ')}, got ${reason || 'none'}`;
  return { requirement: requirements.reasonFits, detail };
}

/** Whether the item that is wrong says what it asks for: the response then names it. */
function hasOperation({ content, item }: Request): boolean {
  return typeof field(itemsOf(content)[item ?? 0], 'Operation') === 'string';
}

function refusedGood(reason: string): Misfit {
  const detail = `expected the request to be served, got it refused as a whole: ${reason || 'no reason'}`;
  return { requirement: requirements.goodServed, detail };
}

/** What a server may refuse as a whole although nothing is wrong with it. */
function mayReject(context: Conversation, request: Request, reason: string): boolean {
  if (reason === 'AuthenticationNotSuccessful' || reason === 'ServerLimitExceeded') return true;
  const isForVersion = isForeign(context, request) && reasons.version.some((one) => one === reason);
  const isUnsupported = [...usualReasons, ...reasons.message].includes(reason);
  return isForVersion || (isUnsupported && refusable(context, request));
}

function refusable(context: Conversation, request: Request): boolean {
  const { content } = request;
  const header = field(content, 'RequestHeader');
  const items = itemsOf(content);
  const ids = items.map((item) => field(item, 'UniqueBatchItemID'));
  const isSeveral = items.length > 1;
  const lacksIds = ids.includes(undefined);
  const hasTwins = new Set(ids).size < ids.length && !lacksIds;
  const hasOption = has(header, 'BatchErrorContinuationOption');
  const isUnknown = items.some((item) => keyOf(field(item, 'Operation')) === null);
  return (
    (continuationOf(content) === 'Undo' && reads(context, 'undoSupport', 'refused')) ||
    (isSeveral && lacksIds && reads(context, 'missingItemIds', 'required')) ||
    (isSeveral && hasTwins && reads(context, 'twinItemIds', 'refused')) ||
    (!isSeveral && hasOption && reads(context, 'optionOfSingle', 'refused')) ||
    (has(header, 'TimeStamp') && reads(context, 'timeStampSkew', 'refused')) ||
    (isUnknown && reads(context, 'unknownOperationScope', 'message')) ||
    (items.some(isNotFollowed) && reads(context, 'badItemScope', 'message')) ||
    (items.some(isCritical) && reads(context, 'badItemScope', 'message')) ||
    (items.some(isIncomplete) && reads(context, 'badItemScope', 'message')) ||
    mayTakeLong(header) ||
    (limitOf(request) ?? 0) < 0
  );
}

/** A header that lets the server answer later, or insists on it: not every server can. */
function mayTakeLong(header: unknown): boolean {
  const said = field(header, 'AsynchronousIndicator');
  return said !== undefined && said !== 'Prohibited' && said !== false;
}

/** An operation of the document whose payload nobody here can judge. */
function isNotFollowed(item: unknown): boolean {
  const operation = textAt(item, 'Operation') ?? '0x';
  return keyOf(operation) === null && !operation.startsWith('0x');
}

/** A version that no document has, or that the server has not named when it was asked. */
function isForeign({ versions }: Conversation, { content }: Request): boolean {
  const version = versionOf(content, 'RequestHeader');
  return !documented.includes(version) || versions?.includes(version) === false;
}

const documented: readonly string[] = ['1.0', '1.1', '1.2', '1.3', '1.4', '2.0', '2.1'];

function pendingMisfit({ content, fault }: Request): Misfit | null {
  const indicator = field(field(content, 'RequestHeader'), 'AsynchronousIndicator');
  const isAsked = indicator === 'Mandatory' || indicator === 'Optional' || indicator === true;
  if (isAsked && fault === null) return null;
  const detail = 'got a pending operation, which was not asked for';
  return { requirement: requirements.asynchronousAsked, detail };
}

/** A message that is wrong as a whole: nothing of it is done. */
function servedMisfit({ fault }: Request, content: unknown): Misfit | null {
  const done = itemsOf(content).some((item) => textAt(item, 'ResultStatus') !== 'OperationFailed');
  const isEmpty = itemsOf(content).length === 0;
  if (!done && !isEmpty) return null;
  const detail = 'expected an error, got a result';
  const requirement =
    fault === 'version' ? requirements.versionRefused : requirements.badMessageRefused;
  return { requirement, detail };
}
