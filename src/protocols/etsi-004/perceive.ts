import {
  answered,
  idOf,
  messages,
  misnaming,
  requirements,
  slotOf,
  statusOf,
  whereabouts,
  withdrawn,
  type Call,
  type Conversation,
  type Etsi004Event,
  type MessageName,
  type Pending,
  type Side,
} from '#models/etsi-004/index.ts';
import type { Requirement } from '#models/language/index.ts';
import type { Json } from '#src/base/json.ts';
import type { Flaw, Perceived } from '#src/contract/frame.ts';
import type { Position } from '#src/contract/position.ts';
import type { Settings } from '#src/contract/settings.ts';
import { callRow } from './codec.ts';
import { conversationAt, eventOf, sideOf } from './context.ts';
import type {
  HttpMessage,
  HttpProblemCode,
  HttpRequest,
  HttpResponse,
} from '#src/wire/http/message.ts';
import { isEnding, isLast, type HttpFrame } from './http-frames.ts';
import { isLaxPush } from './lax.ts';
import { contentFlaw } from './schema.ts';
import type { Spot } from './strands.ts';

/** What a frame is, before its content is looked at. */
interface Sighting {
  readonly message: MessageName | null;
  /** The call that it is, or answers, where that is known. */
  readonly call: Call | null;
  readonly fault?: 'method' | 'options' | 'path';
  /** What is wrong with what it is. */
  readonly flaw?: Flaw;
  /** Its content means nothing: it may be anything. */
  readonly anyContent?: boolean;
  /** It answers a call that was not seen. */
  readonly early?: true;
}

/**
 * A frame as its receiver sees it: the flaws stand in the order of the receiver's checks (HTTP,
 * path and method, JSON, content, id).
 */
export function perceive(
  frame: HttpFrame,
  speaker: string,
  position: Position,
  settings: Settings,
): Perceived {
  const side = sideOf(speaker);
  const pending = pendingOf(frame, side, position);
  if (isEnding(frame)) return endingOf(frame, side, { pending, position });
  if (isInterim(frame.message) || isBrokenOff(frame, side)) return quietly(frame);
  if (isPassedOverContent(frame, settings)) return quietly(frame);
  const sighting = sight(frame, side, { pending, position, settings });
  const { message, call, fault } = sighting;
  const content = contentOf(frame.message, sighting);
  const { code } = frame.message.kind === 'response' ? frame.message : {};
  const passedOver = frame.problems.map((problem) => problem.code).filter(isPassedOver(settings));
  const said = {
    content,
    ...wireOf(frame),
    call,
    code,
    ...(fault === undefined ? {} : { fault }),
    last: isLast(frame.message) || (frame.by !== side && isOverBehind(frame)),
  };
  const conversation = conversationAt(position);
  const about = eventOf(
    `${side}.${message ?? (fault === undefined ? 'malformed' : 'unknown')}`,
    said,
  );
  const slot = whereabouts(conversation, about)?.slot ?? null;
  const flaws = [
    ...httpFlaws(frame, settings),
    ...(sighting.flaw === undefined ? [] : [sighting.flaw]),
    ...jsonFlaws(frame.message, sighting),
  ];
  if (message !== null && flaws.every(({ tolerable }) => tolerable === true)) {
    const unfit = isOfServer(frame.message, content)
      ? null
      : contentFlaw(message, content, settings.readings);
    const isLax = unfit !== null && message === 'keyMaterial' && isLaxPush(content);
    if (isLax) flaws.push({ kind: 'unfit', ...unfit, tolerable: true });
    else if (unfit !== null) {
      const isEcho =
        unfit.requirement === requirements.streamIdIsUuid && echoes(conversation, about);
      flaws.push({ kind: 'unfit', ...unfit, ...(isEcho ? { harmless: true } : {}) });
    } else flaws.push(...namingFlaws(message, { side, position, said, settings }));
  }
  const early = sighting.early === true ? { early: sighting.early } : {};
  const perceived = { message, payload: { ...said, slot, passedOver }, flaws, ...early };
  const isFlawedCall = flaws.length > 0 && message !== null && callRow(message) !== null;
  if (!isFlawedCall) return perceived;
  const isNameless = flaws.every((flaw) => flaw.requirement === requirements.pushNamesStream);
  const id = idOf(conversation, about) ?? (isNameless ? nobodysId : null);
  return { ...perceived, mended: mended(message, id) };
}

/** Metadata are optional: who gets a key without them may take it for one of an unknown stream. */
const nobodysId = '00000000-0000-0000-0000-000000000000';

/** A good call about the same stream; `null` where it names none that anybody could know. */
function mended(message: MessageName, id: string | null): unknown {
  const { example } = messages[message];
  if (message === 'openConnect') return { ...example, key_stream_id: id };
  if (id === null) return null;
  if (message !== 'keyMaterial') return { ...example, key_stream_id: id };
  return { ...example, metadata: { size: 0, buffer: { key_stream_id: id } } };
}

/** The call that a frame answers, if it is an answer. */
function pendingOf(frame: HttpFrame, side: Side, position: Position): Pending | null {
  if (frame.by === side) return null;
  const { end, by, connection } = frame;
  const wire = isEnding(frame) ? { end, by, connection } : wireOf(frame);
  return answered(conversationAt(position), eventOf(`${side}.malformed`, wire));
}

/** On which connection, and as which exchange, a frame came. */
function wireOf({ end, by, connection, exchange }: Ended) {
  return { end, by, connection, exchange };
}

/** Whether nothing can follow an answer on its connection. */
function isOverBehind({ message, ended }: HttpFrame): boolean {
  return endsConnection(message) || message.lost || ended !== undefined;
}

/** Whether the server announces that it ends the connection behind its answer. */
function endsConnection(message: HttpMessage): boolean {
  if (message.kind !== 'response') return false;
  const options = message.headers
    .filter(({ name }) => name.toLowerCase() === 'connection')
    .flatMap(({ value }) =>
      value
        .toLowerCase()
        .split(',')
        .map((option) => option.trim()),
    );
  if (message.framing === 'close' || options.includes('close')) return true;
  return message.version === '1.0' && !options.includes('keep-alive');
}

/** What ended, whatever was said on it. */
type Ended = Spot & { readonly exchange: number };

/** A connection that ends while its opener still waits is an answer of its own kind. */
export function endingOf(
  frame: Ended,
  side: Side,
  { pending, position }: { readonly pending: Pending | null; readonly position: Position },
): Perceived {
  const { end, by, connection, ended } = frame;
  if (by === side) return withdrawalOf(frame, side, position);
  if (pending === null) return quietly(frame);
  const payload = { content: undefined, end, by, connection, call: pending.call, how: ended };
  return { message: 'hungUp', payload, flaws: [], unsaid: true };
}

/**
 * Who called leaves while it awaits an answer. One who only ends its half may still hear it.
 * @see RFC 9112, section 9.6
 */
function withdrawalOf(frame: Ended, side: Side, position: Position): Perceived {
  const { end, by, connection, ended } = frame;
  const payload = { content: undefined, end, by, connection };
  const event = eventOf(`${side}.withdraws`, payload);
  if (withdrawn(conversationAt(position), event).length === 0) return quietly(frame);
  const said = { message: 'withdraws', payload, flaws: [], unsaid: true } as const;
  return ended === 'reset' ? said : { ...said, perhaps: true };
}

function quietly(frame: Ended): Perceived {
  return { message: null, payload: wireOf(frame), flaws: [], quiet: true };
}

/** A call whose caller has broken it off: nobody could answer it. */
function isBrokenOff({ by, ended, problems }: HttpFrame, side: Side): boolean {
  return by === side && ended === 'reset' && problems.some(({ code }) => code === 'cut');
}

/** Content behind a 204, where it is taken for what the document shows. */
function isPassedOverContent({ message, problems }: HttpFrame, { readings }: Settings): boolean {
  if (message.kind !== 'unreadable' || readings['closeBody'] !== 'sent') return false;
  return problems.length > 0 && problems.every(({ code }) => code === 'contentForbidden');
}

/** Codes by which an HTTP server refuses the form of a call, which knows nothing of statuses. */
export const serverCodes: readonly number[] = [408, 411, 413, 414, 415, 417, 431, 505];

function isOfServer(message: HttpMessage, content: unknown): boolean {
  return (
    message.kind === 'response' && serverCodes.includes(message.code) && statusOf(content) === null
  );
}

/** @see RFC 9110, section 15.2 */
function isInterim(message: HttpMessage): boolean {
  return message.kind === 'response' && message.code < 200;
}

interface Sight {
  readonly pending: Pending | null;
  readonly position: Position;
  readonly settings: Settings;
}

function sight(frame: HttpFrame, side: Side, seen: Sight): Sighting {
  const { message } = frame;
  if (frame.by === side) {
    if (message.kind === 'request') return sightCall(message, side, seen.settings);
    const got = message.kind === 'response' ? 'an answer' : 'neither';
    const flaw = malformed(requirements.transportIsHttp, `expected a request, got ${got}`);
    return { message: null, call: null, flaw };
  }
  if (message.kind === 'response') return sightAnswer(message, side, seen);
  const call = seen.pending?.call ?? null;
  const got = message.kind === 'request' ? 'a request' : 'neither';
  return {
    message: null,
    call,
    flaw: malformed(requirements.transportIsHttp, `expected an answer, got ${got}`),
  };
}

const callNames = Object.keys(messages).filter(
  (name): name is MessageName & Call => name in messages && isCallName(name),
);

function isCallName(name: string): boolean {
  const row = Object.entries(messages).find(([key]) => key === name)?.[1];
  return row !== undefined && 'method' in row;
}

function sightCall(request: HttpRequest, side: Side, settings: Settings): Sighting {
  const path = request.target.replace(/\?.*$/s, '');
  const exact = callNames.find((one) => callRow(one)?.path === path);
  const name = exact ?? callNames.find((one) => callRow(one)?.path === alike(path));
  const own = name !== undefined && messages[name].saidBy.some((speaker) => speaker === side);
  if (name === undefined || !own) {
    const detail = `expected a path of the interface, got another`;
    return {
      message: null,
      call: null,
      fault: 'path',
      flaw: unknown(requirements.pathsOfCalls, detail),
    };
  }
  const { method } = callRow(name) ?? { method: '' };
  const asPost = name === 'getKey' && settings.readings['getKeyMethod'] === 'post';
  if (request.method === (asPost ? 'POST' : method)) {
    const sighting = { message: name, call: name };
    const isPlain = name === exact && !request.target.includes('?');
    if (isPlain) return sighting;
    const isWhole =
      /^https?:\/\//i.test(path) && path.replace(/^https?:\/\/[^/]*/i, '') === callRow(name)?.path;
    const flaw = isWhole ? { ...otherSpelling, harmless: true as const } : otherSpelling;
    return { ...sighting, fault: 'path', flaw };
  }
  const fault = request.method === 'OPTIONS' ? 'options' : 'method';
  const detail = `expected the method ${method}, got another`;
  return {
    message: null,
    call: null,
    fault,
    flaw: unknown(requirements.methodsOfCalls, detail),
  };
}

/** Many servers take such a path for the one that is meant, others do not know it. */
const otherSpelling: Flaw = {
  ...unknown(requirements.pathsOfCalls, 'expected the path as it is documented'),
  tolerable: true,
};

/** The path that a target may be meant as: of a whole URI, encoded, in capitals, with more slashes. */
function alike(target: string): string {
  const path = target.replace(/^https?:\/\/[^/]*/i, '');
  const plain = path.replaceAll(/%([2-7][\da-f])/gi, (_, code) =>
    String.fromCharCode(Number.parseInt(String(code), 16)),
  );
  return `/${plain.split('/').filter(Boolean).join('/')}`.toLowerCase();
}

/** What an answer is called, by the call that it answers. */
const answerNames = {
  openConnect: { good: 'opened', bad: 'openRefused' },
  getKey: { good: 'getKeyAccepted', bad: 'getKeyRefused' },
  close: { good: 'closeAccepted', bad: 'closeRefused' },
  keyMaterial: { good: 'keyAccepted', bad: 'keyRefused' },
} as const satisfies Readonly<Record<Call, Readonly<Record<'good' | 'bad', MessageName>>>>;

function sightAnswer(response: HttpResponse, side: Side, seen: Sight): Sighting {
  const { pending, position, settings } = seen;
  const isGood = response.code < 300;
  if (pending === null) {
    const flaw = unknown(requirements.oneAnswerACall, 'an answer that no call awaits');
    const message = isGood ? null : 'callRefused';
    return { message, call: null, flaw, anyContent: true, early: true };
  }
  const { call } = pending;
  if (call === null) {
    if (!isGood || pending.fault === 'options') return callRefused(settings);
    const owed = position.place.covers.find(({ binds }) => binds === side || binds === 'any');
    const flaw = unknown(
      owed ?? requirements.unknownPathRefused,
      `expected an error code, got ${response.code}`,
    );
    return { message: null, call: null, flaw, anyContent: true };
  }
  const content = response.json?.ok === true ? response.json.value : undefined;
  const status = statusOf(content);
  const mayPropose = !isGood || settings.readings['counterProposalPlace'] === 'success';
  if (call === 'openConnect' && status === 7 && mayPropose) {
    return { message: 'counterProposed', call };
  }
  if (isGood) return { message: answerNames[call].good, call };
  const isUnknown = pending.flaw === 'misplaced' && [404, 410].includes(response.code);
  const isUnread = isUnknown || (pending.flaw !== null && pending.flaw !== 'misplaced');
  if (isUnread && status === null) return callRefused(settings);
  const isFree = call === 'keyMaterial' && settings.readings['refusalContent'] === 'free';
  const anyContent = isFree && status === null;
  return { message: answerNames[call].bad, call, anyContent };
}

function callRefused({ readings }: Settings): Sighting {
  return { message: 'callRefused', call: null, anyContent: readings['errorBody'] === 'free' };
}

function contentOf(message: HttpMessage, { anyContent, call }: Sighting): Json | undefined {
  const content = message.json?.ok === true ? message.json.value : undefined;
  if (anyContent !== true) return content;
  return call === null && statusOf(content) !== null ? content : undefined;
}

/** The requirement that a problem of HTTP breaks; the others: `transportIsHttp`. */
const problemRequirements: Partial<Readonly<Record<HttpProblemCode, Requirement>>> = {
  hostMissing: requirements.hostNamed,
  hostTwice: requirements.hostNamed,
  hostValue: requirements.hostNamed,
  lengthInvalid: requirements.lengthsRight,
  lengthDiffers: requirements.lengthsRight,
  lengthTwice: requirements.lengthsRight,
  lengthAndChunked: requirements.lengthsRight,
  lengthForbidden: requirements.emptyCloseAnswer,
  transferEncoding: requirements.lengthsRight,
  chunk: requirements.lengthsRight,
  cut: requirements.lengthsRight,
  contentForbidden: requirements.emptyCloseAnswer,
};

/** What a receiver may pass over: audits tell of it. */
function isPassedOver({ readings }: Settings) {
  return (code: HttpProblemCode): boolean =>
    code === 'contentType' && readings['mediaType'] !== 'refused';
}

function httpFlaws({ problems, message }: HttpFrame, settings: Settings): Flaw[] {
  const isOver = isPassedOver(settings);
  return problems
    .filter(({ code }) => !isOver(code) && !isHarmless(code, message, settings))
    .map(({ code, detail }) => {
      if (code === 'contentType')
        return { kind: 'unfit', requirement: requirements.contentTypeJson, detail };
      const requirement = problemRequirements[code] ?? requirements.transportIsHttp;
      const flaw = malformed(requirement, detail);
      return message.kind === 'request' && tolerable.includes(code)
        ? { ...flaw, tolerable: true }
        : flaw;
    });
}

/**
 * What a server may pass over, or does in all its forms: answers are as good as errors.
 * @see RFC 9112, sections 2.2, 3.2, 5.2 and 6.3
 */
const tolerable: readonly HttpProblemCode[] = [
  ...(['emptyLine', 'bareLf', 'version', 'headerLine', 'obsFold', 'lengthTwice'] as const),
  ...(['lengthAndChunked', 'hostMissing', 'hostTwice', 'hostValue'] as const),
];

/** HTTP/1.0, and a 204 that says that it has no content, harm nobody. */
function isHarmless(code: HttpProblemCode, message: HttpMessage, { readings }: Settings): boolean {
  if (code === 'version' && message.kind !== 'unreadable') return message.version === '1.0';
  if (message.kind !== 'response') return false;
  if (code === 'lengthForbidden' && readings['closeBody'] === 'sent') return true;
  const lengths = message.headers.filter(({ name }) => name.toLowerCase() === 'content-length');
  return (
    code === 'lengthForbidden' && lengths.length > 0 && lengths.every(({ value }) => value === '0')
  );
}

function jsonFlaws({ json }: HttpMessage, { anyContent }: Sighting): readonly Flaw[] {
  if (anyContent === true || json === null || json.ok) return [];
  return [malformed(requirements.bodyIsJson, `expected JSON as content: ${json.why}`)];
}

/** What is wrong with the stream that a message names. */
function namingFlaws(
  message: MessageName,
  {
    side,
    position,
    said,
    settings,
  }: {
    readonly side: Side;
    readonly position: Position;
    readonly said: Readonly<Record<string, unknown>>;
    readonly settings: Settings;
  },
): readonly Flaw[] {
  const context = conversationAt(position);
  const event = eventOf(`${side}.${message}`, said);
  const isNameless = message === 'keyMaterial' && idOf(context, event) === null;
  if (isNameless && settings.readings['pushWithoutStream'] === 'named') {
    const detail = 'expected metadata.buffer.key_stream_id, got none';
    return [{ kind: 'unfit', requirement: requirements.pushNamesStream, detail }];
  }
  if (message === 'keyMaterial' && isForeign(context, idOf(context, event))) return [foreignKey];
  const requirement = misnaming({ context, event });
  if (requirement === null) return [];
  const detail = 'the key_stream_id is not the one that belongs here';
  return [{ kind: 'unfit', requirement, detail }];
}

/** Whether a KMS calls a stream as the device has named it: a bad id is no fault of its own. */
function echoes(context: Conversation, event: Etsi004Event): boolean {
  const id = idOf(context, event);
  return event.type.startsWith('kms.') && id !== null && !isForeign(context, id);
}

/** An id that was not said in this session. */
function isForeign(context: Conversation, id: string | null): boolean {
  return id !== null && slotOf(context, id) === null && !context.untracked.includes(id);
}

/** A key of an earlier session may still be under way: an audit tells of those that come later. */
const foreignKey: Flaw = {
  kind: 'unfit',
  requirement: requirements.pushAfterGetKey,
  detail: 'expected a key of a stream of this session',
  harmless: true,
};

function malformed(requirement: Requirement, detail: string): Flaw {
  return { kind: 'malformed', requirement, detail };
}

function unknown(requirement: Requirement, detail: string): Flaw {
  return { kind: 'unknown', requirement, detail };
}
