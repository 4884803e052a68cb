import {
  answered,
  idOf,
  messages,
  misnaming,
  requirements,
  statusOf,
  whereabouts,
  type Call,
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
import { contentFlaw } from './schema.ts';

/** What a frame is, before its content is looked at. */
interface Sighting {
  readonly message: MessageName | null;
  /** The call that it is, or answers, where that is known. */
  readonly call: Call | null;
  readonly fault?: 'method' | 'path';
  /** What is wrong with what it is. */
  readonly flaw?: Flaw;
  /** Its content means nothing: it may be anything. */
  readonly anyContent?: boolean;
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
  if (isEnding(frame)) return endingOf(frame, side, pending);
  if (isInterim(frame.message)) return quietly(frame);
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
    last: isLast(frame.message),
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
  if (message !== null && flaws.length === 0) {
    const unfit = contentFlaw(message, content, settings.readings);
    if (unfit !== null) flaws.push({ kind: 'unfit', ...unfit });
    else flaws.push(...namingFlaws(message, { side, position, said, settings }));
  }
  const perceived = { message, payload: { ...said, slot, passedOver }, flaws };
  const isFlawedCall = flaws.length > 0 && message !== null && callRow(message) !== null;
  return isFlawedCall
    ? { ...perceived, mended: mended(message, idOf(conversation, about)) }
    : perceived;
}

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
function wireOf({ end, by, connection, exchange }: HttpFrame) {
  return { end, by, connection, exchange };
}

/** A connection that ends while its opener still waits is an answer of its own kind. */
function endingOf(frame: HttpFrame, side: Side, pending: Pending | null): Perceived {
  const { end, by, connection, ended } = frame;
  if (pending === null || by === side) return quietly(frame);
  const payload = { content: undefined, end, by, connection, call: pending.call, how: ended };
  return { message: 'hungUp', payload, flaws: [] };
}

function quietly(frame: HttpFrame): Perceived {
  return { message: null, payload: wireOf(frame), flaws: [], quiet: true };
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
  const name = callNames.find((one) => callRow(one)?.path === path);
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
  if (request.method === (asPost ? 'POST' : method)) return { message: name, call: name };
  const detail = `expected the method ${method}, got another`;
  return {
    message: null,
    call: null,
    fault: 'method',
    flaw: unknown(requirements.methodsOfCalls, detail),
  };
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
    return { message: isGood ? null : 'callRefused', call: null, flaw, anyContent: true };
  }
  const { call } = pending;
  if (call === null) {
    if (!isGood) return callRefused(settings);
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
  const isUnread = pending.stray && pending.content === undefined && status === null;
  return isUnread ? callRefused(settings) : { message: answerNames[call].bad, call };
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
  lengthForbidden: requirements.lengthsRight,
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

function httpFlaws({ problems }: HttpFrame, settings: Settings): Flaw[] {
  const isOver = isPassedOver(settings);
  return problems
    .filter(({ code }) => !isOver(code))
    .map(({ code, detail }) =>
      code === 'contentType'
        ? { kind: 'unfit', requirement: requirements.contentTypeJson, detail }
        : malformed(problemRequirements[code] ?? requirements.transportIsHttp, detail),
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
  const requirement = misnaming({ context, event });
  if (requirement === null) return [];
  const detail = 'the key_stream_id is not the one that belongs here';
  return [{ kind: 'unfit', requirement, detail }];
}

function malformed(requirement: Requirement, detail: string): Flaw {
  return { kind: 'malformed', requirement, detail };
}

function unknown(requirement: Requirement, detail: string): Flaw {
  return { kind: 'unknown', requirement, detail };
}
