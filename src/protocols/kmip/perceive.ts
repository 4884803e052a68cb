import {
  fieldRules,
  has,
  itemsOf,
  judged,
  keyOf,
  requirements,
  payloadsIn,
  structureIn,
  textAt,
  type Fault,
  type Fields,
  type MessageName,
  type Side,
} from '#models/kmip/index.ts';
import type { Readings, Requirement } from '#models/language/index.ts';
import type { Flaw, Perceived } from '#src/contract/frame.ts';
import type { Position } from '#src/contract/position.ts';
import type { Settings } from '#src/contract/settings.ts';
import { contentOf, fieldsOf } from './content.ts';
import { conversationAt, eventOf, sideOf } from './context.ts';
import { encodingFlaws } from './encoding-flaws.ts';
import { fieldFlaw, innerFlaw, typeFlaw, type FieldFlaw } from './field-flaws.ts';
import type { KmipFrame } from './frames.ts';
import { httpFlaws, isRefusal, looseFlaws } from './http-flaws.ts';
import { isLast } from './last-response.ts';
import { tags } from './registry/tags.ts';
import { ttlvBytes } from './ttlv/write.ts';
import { spokenIn, speechOf, versionOfTree, type Speech } from './tree-version.ts';
import type { Item, Structure, Tag } from './tree.ts';
import { wireOf } from './wires.ts';

/**
 * A frame as its receiver sees it: the flaws stand in the order of the receiver's checks (how it is
 * written, the message, its header, its items, what they say).
 */
export function perceive(
  frame: KmipFrame,
  speaker: string,
  position: Position,
  settings: Settings,
): Perceived {
  const side = sideOf(speaker);
  const { http } = frame;
  const isAlone = conversationAt(position).pending[0]?.bare === true;
  const around = http === null ? [] : httpFlaws(http, frame, { side, isAlone });
  const perceived =
    around.length > 0
      ? unread(around, frame.isLost ? 'framing' : 'http')
      : withLoose(frame, perceiveMessage(frame, side, position, settings));
  const marks = {
    ...(frame.bare ? { bare: true } : {}),
    ...(http?.kind === 'response' && isLast(http) ? { leaves: true } : {}),
  };
  return { ...perceived, payload: { ...perceived.payload, ...marks } };
}

/** With what the document does not say of requests where operations are posted alone. */
function withLoose(frame: KmipFrame, perceived: Perceived): Perceived {
  const loose = looseFlaws(frame);
  if (loose.length === 0) return perceived;
  const { payload, flaws } = perceived;
  return { ...perceived, payload: { fault: 'http', ...payload }, flaws: [...loose, ...flaws] };
}

/** The message in a frame around which nothing is wrong. */
function perceiveMessage(
  frame: KmipFrame,
  side: Side,
  position: Position,
  settings: Settings,
): Perceived {
  const { http } = frame;
  if (http?.kind === 'response') {
    const isAlone = conversationAt(position).pending[0]?.bare === true;
    const isRefused = frame.encoding === null || isRefusal(http, isAlone);
    if (isRefused) return refusedByHttp(http, position);
  }
  const { item } = frame.tree;
  const refusesPadding = side === 'client' && settings.readings['nonZeroPadding'] === 'zero';
  const written = { ...wireOf(settings), refusesPadding };
  const told = encodingFlaws(frame.problems, frame.encoding, written);
  const encoding = item === null && told.length === 0 ? [nothingRead] : told;
  const isUnread = encoding.some(({ tolerable }) => tolerable !== true);
  if (item === null || isUnread) {
    const isDeep = encoding.every(({ requirement }) => requirement === requirements.depthLimited);
    const fault = isDeep ? 'depth' : 'encoding';
    const wrong = unread(encoding, frame.isLost ? 'framing' : fault);
    return side === 'client' ? { ...wrong, message: nameIn(item) } : wrong;
  }
  const read = side === 'client' ? perceiveRequest : perceiveResponse;
  const speech = speechOf(item) ?? spokenIn('2.1');
  const perceived = read(item, position, { ...speech, bare: frame.bare });
  return encoding.length === 0
    ? perceived
    : { ...perceived, flaws: [...encoding, ...perceived.flaws] };
}

/** What a tolerant reader finds nothing wrong with, though no message is there. */
const nothingRead: Flaw = {
  kind: 'malformed',
  requirement: requirements.jsonObjects,
  detail: 'expected a message, got none',
};

/** A status of HTTP that refuses. */
function refusedByHttp({ code }: { readonly code: number }, position: Position): Perceived {
  const payload = { content: { status: code } };
  const wrong = misfitOf('httpRefused', payload, position);
  if (wrong === null) return { message: 'httpRefused', payload, flaws: [] };
  const { requirement, detail } = wrong.flaw;
  return { message: 'httpRefused', payload, flaws: [{ kind: wrong.kind, requirement, detail }] };
}

/** The request that an item is, as far as it could be read: it names its operation. */
function nameIn(item: Item | null): MessageName | null {
  if (item?.type !== 'Structure') return null;
  return requestName(contentOf(item, versionOfTree(item) ?? '2.1'));
}

function unread(flaws: readonly Flaw[], fault: Fault): Perceived {
  return { message: null, payload: { content: undefined, fault }, flaws, mended: null };
}

/** How a message is read, and whether an operation alone stands for it. */
interface Read extends Speech {
  readonly bare: boolean;
}

interface Wrong {
  readonly kind: Flaw['kind'];
  readonly fault: Fault;
  readonly flaw: Omit<FieldFlaw, 'kind'> & Partial<Pick<FieldFlaw, 'kind'>>;
  /** Of the fault `item`. */
  readonly item?: number;
  readonly tolerable?: true;
}

function perceiveRequest(item: Item, position: Position, speech: Read): Perceived {
  const { readings } = conversationAt(position);
  if (item.tag !== tags.RequestMessage || item.type !== 'Structure') {
    const { bareIsOperation, requestIsMessage } = requirements;
    const detail = `expected ${speech.bare ? 'an operation' : 'a Request Message'}`;
    const broken = speech.bare ? bareIsOperation : requestIsMessage;
    const flaw = plain(broken, detail, ['InvalidMessage', 'InvalidField']);
    return refused({ kind: 'malformed', fault: 'message', flaw }, undefined, nameIn(item));
  }
  const content = contentOf(item, speech.version);
  const message = requestName(content);
  const wrong =
    messageWrong(item, 'RequestMessage', 'RequestHeader', speech) ??
    versionWrong(item) ??
    countWrong(content, readings) ??
    itemsWrong(item, speech);
  if (wrong !== null) {
    const tolerable = wrong.tolerable === true || isPassedOver(wrong.flaw, readings);
    const ours = clientsOwn(wrong);
    return refused(tolerable ? { ...ours, tolerable } : ours, content, message);
  }
  return { message, payload: { content }, flaws: [] };
}

/** What a client breaks by a field that there is not: the document demands the fields themselves. */
function clientsOwn(wrong: Wrong): Wrong {
  const { fault, flaw } = wrong;
  if (flaw.requirement !== requirements.unknownFieldRefused) return wrong;
  const requirement = fault === 'item' ? requirements.payloadFits : requirements.headerFields;
  return { ...wrong, flaw: { ...flaw, requirement } };
}

function refused(wrong: Wrong, content: Fields | undefined, message: string | null): Perceived {
  const { kind, fault, flaw, item, tolerable } = wrong;
  const { requirement, detail, reasons } = flaw;
  return {
    message,
    payload: { content, fault, reasons, ...(item === undefined ? {} : { item }) },
    flaws: [{ kind, requirement, detail, ...(tolerable ? { tolerable } : {}) }],
    mended: null,
  };
}

function plain(requirement: Requirement, detail: string, reasons: readonly string[]) {
  return { requirement, detail, reasons };
}

/** A request by the operation of its only item. */
function requestName(content: Fields): MessageName {
  const items = itemsOf(content);
  if (items.length !== 1) return 'batch';
  return keyOf(textAt(items[0], 'Operation')) ?? 'otherRequest';
}

function child({ value }: Structure, tag: Tag): Structure | null {
  const found = value.find((item) => item.tag === tag);
  return found?.type === 'Structure' ? found : null;
}

/** The message and its header: their fields, and the types of the header's. */
function messageWrong(
  message: Structure,
  name: 'RequestMessage' | 'ResponseMessage',
  headerName: 'RequestHeader' | 'ResponseHeader',
  { version, said }: Speech,
): Wrong | null {
  const isRequest = name === 'RequestMessage';
  const whole = isRequest ? requirements.requestIsMessage : requirements.responseIsMessage;
  const outside = fieldFlaw(message, structureIn(said, name), whole, version);
  if (outside !== null) return { kind: 'malformed', fault: 'message', flaw: outside };
  const header = child(message, tags[headerName]);
  if (header === null) {
    const flaw = plain(whole, `expected ${headerName} as a structure`, ['InvalidMessage']);
    return { kind: 'malformed', fault: 'message', flaw };
  }
  const inside = fieldFlaw(
    header,
    structureIn(said, headerName),
    requirements.headerFields,
    version,
  );
  if (inside !== null) {
    const requirement = inside.kind === 'order' ? requirements.headerOrder : inside.requirement;
    const isTime = inside.kind === 'missing' && inside.detail.includes('TimeStamp');
    const isEarly = inside.kind === 'unknown' && inside.detail.includes('ServerCorrelationValue');
    const late = isEarly ? requirements.serverCorrelationSince14 : requirement;
    const broken = isTime ? requirements.timeStampGiven : late;
    return { kind: 'malformed', fault: 'header', flaw: { ...inside, requirement: broken } };
  }
  const typed = typeFlaw(header, version);
  if (typed !== null) return { kind: 'malformed', fault: 'header', flaw: typed };
  const numbers = child(header, tags.ProtocolVersion);
  const list = structureIn(said, 'ProtocolVersion');
  const parts = numbers && fieldFlaw(numbers, list, requirements.headerFields, version);
  return parts === null ? null : { kind: 'malformed', fault: 'header', flaw: parts };
}

function versionWrong(message: Structure): Wrong | null {
  if (versionOfTree(message) !== null) return null;
  const flaw = plain(requirements.versionRefused, 'expected a version that there is', [
    'InvalidMessage',
    'UnsupportedProtocolVersion',
  ]);
  return { kind: 'malformed', fault: 'version', flaw };
}

/** What some servers pass over, by the reading that they follow. */
function isPassedOver({ kind, detail }: Wrong['flaw'], readings: Readings): boolean {
  switch (kind) {
    case 'unknown':
      return readings['unknownFields'] === 'ignored';
    case 'order':
      return readings['fieldOrder'] === 'taken';
    case 'value':
      return readings['unknownEnumerations'] === 'taken' && !detail.includes(' Operation,');
    default:
      return false;
  }
}

function countWrong(content: Fields, readings: Readings): Wrong | null {
  const header = content['RequestHeader'];
  const said = Object.getOwnPropertyDescriptor(Object(header), 'BatchCount')?.value;
  const { length } = itemsOf(content);
  const takesEmpty = readings['emptyBatch'] === 'answered';
  if (said === length && (length > 0 || takesEmpty)) return null;
  if (length > 0 && readings['batchCountWrong'] === 'ignored') return null;
  const detail =
    length === 0 ? 'expected an item at least' : `expected the Batch Count ${length}, got ${said}`;
  const flaw = plain(requirements.batchCountRight, detail, ['InvalidMessage', 'InvalidField']);
  return { kind: 'malformed', fault: 'header', flaw };
}

/** The first item of a request that is wrong. */
function itemsWrong(message: Structure, speech: Speech): Wrong | null {
  const items = message.value.filter(({ tag }) => tag === tags.BatchItem);
  for (const [index, item] of items.entries()) {
    if (item.type !== 'Structure') {
      const detail = `expected BatchItem as Structure, got ${item.type}`;
      const flaw = plain(requirements.typesRight, detail, ['InvalidDataType', 'InvalidMessage']);
      return { kind: 'unfit', fault: 'item', flaw, item: index };
    }
    const wrong = itemWrong(item, speech);
    if (wrong !== null) return { ...wrong, item: index };
  }
  return innerWrong(items, speech);
}

/** What is wrong deep within an item: some servers do not look, or take it for what it may mean. */
function innerWrong(items: readonly Item[], { version }: Speech): Wrong | null {
  for (const [index, item] of items.entries()) {
    const payload = item.type === 'Structure' ? child(item, tags.RequestPayload) : null;
    const flaw = payload && innerFlaw(payload, version);
    if (flaw !== null) return { kind: 'unfit', fault: 'item', flaw, item: index, tolerable: true };
  }
  return null;
}

function itemWrong(item: Structure, { version, said }: Speech): Wrong | null {
  const fields = fieldFlaw(
    item,
    structureIn(said, 'requestItem'),
    requirements.itemFields,
    version,
  );
  if (fields !== null) return { kind: 'unfit', fault: 'item', flaw: fields };
  const typed = typeFlaw(item, version);
  if (typed !== null) return { kind: 'unfit', fault: 'item', flaw: typed };
  const key = keyOf(textAt(fieldsOf(item, version), 'Operation'));
  const payload = child(item, tags.RequestPayload);
  if (key === null || payload === null) return null;
  const { request } = payloadsIn(said, key);
  const flaw = fieldFlaw(payload, request, requirements.payloadFits, version);
  if (flaw === null) return null;
  const isReason = key === 'revoke' && flaw.detail.includes('RevocationReason,');
  const requirement = isReason ? requirements.revokeReasonGiven : flaw.requirement;
  return { kind: 'unfit', fault: 'item', flaw: { ...flaw, requirement } };
}

function perceiveResponse(item: Item, position: Position, speech: Read): Perceived {
  const [request] = conversationAt(position).pending;
  if (item.tag !== tags.ResponseMessage || item.type !== 'Structure') {
    const { bareAnswered, responseIsMessage } = requirements;
    const broken = request?.bare === true ? bareAnswered : responseIsMessage;
    const flaw = plain(broken, 'expected a Response Message, or that of an operation alone', []);
    return refused({ kind: 'malformed', fault: 'message', flaw }, undefined, null);
  }
  const content = contentOf(item, speech.version);
  const message = responseName(content, itemsOf(request?.content).length > 1);
  const payload = { content, size: ttlvBytes(item), ...(speech.bare ? { bare: true } : {}) };
  const wrong =
    /** Of the response of an operation alone the header is ours. */
    (speech.bare ? null : messageWrong(item, 'ResponseMessage', 'ResponseHeader', speech)) ??
    resultsWrong(item, speech) ??
    misfitOf(message, payload, position);
  if (wrong === null) return { message, payload, flaws: [] };
  const { kind, flaw } = wrong;
  const { requirement, detail } = flaw;
  const flaws: readonly Flaw[] = [{ kind, requirement, detail }];
  return { message: kind === 'unfit' ? message : null, payload, flaws };
}

/** A response by what it says. */
function responseName(content: Fields, isBatch: boolean): MessageName {
  const items = itemsOf(content);
  const [item] = items;
  if (items.length !== 1 || (isBatch && has(item, 'Operation'))) return 'batchAnswered';
  if (textAt(item, 'ResultStatus') === 'OperationPending') return 'pending';
  if (textAt(item, 'ResultStatus') !== 'OperationFailed') return 'succeeded';
  return has(item, 'Operation') ? 'failed' : 'rejected';
}

/** The first result that contradicts itself, or whose payload is not that of its operation. */
function resultsWrong(message: Structure, speech: Speech): Wrong | null {
  const items = message.value.filter(({ tag }) => tag === tags.BatchItem);
  for (const item of items) {
    if (item.type !== 'Structure') continue;
    const wrong = resultWrong(item, speech);
    if (wrong !== null) return wrong;
  }
  return null;
}

function resultWrong(item: Structure, { version, said }: Speech): Wrong | null {
  const lacking = payloadLacking(item, { version, said });
  if (lacking !== null) return lacking;
  const fields = fieldFlaw(
    item,
    structureIn(said, 'responseItem'),
    requirements.itemFields,
    version,
  );
  if (fields !== null) {
    const isStatus = fields.kind === 'missing';
    const requirement = isStatus ? requirements.statusGiven : fields.requirement;
    return { kind: 'unfit', fault: 'item', flaw: { ...fields, requirement } };
  }
  /** The operation is that of the request, whatever it was. */
  const own = { ...item, value: item.value.filter(({ tag }) => tag !== tags.Operation) };
  const typed = typeFlaw(own, version);
  if (typed !== null) return { kind: 'unfit', fault: 'item', flaw: typed };
  const content = fieldsOf(item, version);
  const status = textAt(content, 'ResultStatus');
  const hasReason = has(content, 'ResultReason');
  const unfit = (requirement: Requirement, detail: string): Wrong => ({
    kind: 'unfit',
    fault: 'item',
    flaw: plain(requirement, detail, []),
  });
  if (status === 'OperationFailed' && !hasReason) {
    return unfit(requirements.reasonOfFailure, 'expected a Result Reason, got none');
  }
  if (status === 'Success' && hasReason) {
    return unfit(requirements.noReasonOfSuccess, 'expected no Result Reason of a success');
  }
  const key = keyOf(textAt(content, 'Operation'));
  if (status !== 'Success' || key === null) return null;
  const payload = child(item, tags.ResponsePayload);
  const empty: Structure = { tag: tags.ResponsePayload, type: 'Structure', value: [] };
  const { response } = payloadsIn(said, key);
  const flaw = fieldFlaw(payload ?? empty, response, requirements.payloadFits, version);
  if (flaw === null) return null;
  const requirement = requirements.payloadFits;
  return { kind: 'unfit', fault: 'item', flaw: { ...flaw, requirement } };
}

/** A success without the payload that tells it, before what may stand there instead. */
function payloadLacking(item: Structure, { version, said }: Speech): Wrong | null {
  const content = fieldsOf(item, version);
  const key = keyOf(textAt(content, 'Operation'));
  const isDone = textAt(content, 'ResultStatus') === 'Success';
  if (!isDone || key === null || has(content, 'ResponsePayload')) return null;
  const needed = fieldRules(payloadsIn(said, key).response).find(({ least }) => least > 0);
  if (needed === undefined) return null;
  const detail = `expected a ResponsePayload with ${needed.name}, got none`;
  const flaw = plain(requirements.payloadFits, detail, []);
  return { kind: 'unfit', fault: 'item', flaw };
}

/** What the model finds wrong with a response: the guards ask the same. */
function misfitOf(
  message: string,
  payload: Readonly<Record<string, unknown>>,
  position: Position,
): Wrong | null {
  const context = conversationAt(position);
  const { misfit } = judged({ context, event: eventOf(`server.${message}`, payload) });
  if (misfit === null) return null;
  const { requirement, detail } = misfit;
  return { kind: 'unfit', fault: 'item', flaw: plain(requirement, detail, []) };
}
