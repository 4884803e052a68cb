import {
  answered,
  idOf,
  member,
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
import type { Readings, Requirement } from '#models/language/index.ts';
import type { Flaw, Perceived } from '#src/contract/frame.ts';
import type { Position } from '#src/contract/position.ts';
import type { Settings } from '#src/contract/settings.ts';
import { callRow, codeOf } from '../codec.ts';
import { conversationAt, eventOf, sideOf } from '../context.ts';
import { endingOf } from '../perceive.ts';
import { contentFlaw } from '../schema.ts';
import { framingRules } from './dialect.ts';
import { services } from './layouts.ts';
import type { ServiceProblemCode } from './message.ts';
import { isServiceEnding, type ServiceFrame } from './reader.ts';

/** What a frame is, before its content is looked at. */
interface Sighting {
  readonly message: MessageName | null;
  /** The call that it is, or answers, where that is known. */
  readonly call: Call | null;
  readonly flaw?: Flaw;
}

/** A frame of the service framing as its receiver sees it: as the same message in the push mode. */
export function perceiveService(
  frame: ServiceFrame,
  speaker: string,
  position: Position,
  settings: Settings,
): Perceived {
  const side = sideOf(speaker);
  const conversation = conversationAt(position);
  const wire = isServiceEnding(frame) ? strandOf(frame) : wireOf(frame);
  const isCall = frame.by === side;
  const pending = isCall ? null : answered(conversation, eventOf(`${side}.malformed`, wire));
  if (isServiceEnding(frame)) return endingOf(frame, side, { pending, position });
  if (isCall && isIgnored(frame, settings)) {
    return { message: null, payload: wire, flaws: [], quiet: true };
  }
  const sighting = isCall ? sightCall(frame) : sightAnswer(frame, pending, position);
  const { message, call } = sighting;
  const { content } = frame.service;
  const passedOver = isCall ? passedOverIn(frame, settings.readings) : [];
  const said = { content, ...wire, call, ...detailsOf(frame, { message, settings, isCall }) };
  const about = eventOf(`${side}.${message ?? 'malformed'}`, said);
  const slot = whereabouts(conversation, about)?.slot ?? null;
  const flaws = [...frameFlaws(frame, sighting, passedOver)];
  if (message !== null && flaws.length === 0) {
    const unfit = contentFlaw(message, content, settings.readings);
    const context = { pending, position, said };
    flaws.push(...(unfit === null ? meaningFlaws(message, side, context) : [unfitBy(unfit)]));
  }
  const perceived = { message, payload: { ...said, slot, passedOver }, flaws };
  if (flaws.length === 0 || message === null || !isCall) return perceived;
  return { ...perceived, mended: mended(message, idOf(conversation, about)) };
}

function strandOf({ end, by, connection }: ServiceFrame) {
  return { end, by, connection };
}

function wireOf(frame: ServiceFrame) {
  return { ...strandOf(frame), exchange: frame.exchange };
}

/** An answer also has the HTTP code that the same one has in the push mode. */
function detailsOf(
  { service }: ServiceFrame,
  told: { readonly message: MessageName | null; settings: Settings; isCall: boolean },
): object {
  if (told.isCall) return { last: framingRules(told.settings)?.requests === 'one' };
  const { message } = told;
  return message === null ? { code: 0 } : { code: codeOf(message, statusOf(service.content)) };
}

/** @see serviceProblems */
const passable: Partial<Readonly<Record<ServiceProblemCode, readonly [string, string]>>> = {
  version: ['otherVersion', 'accepted'],
  long: ['bytesBehind', 'passedOver'],
};

/** What the receiver of a call may pass over. */
function passedOverIn({ service }: ServiceFrame, readings: Readings): readonly string[] {
  const codes = service.problems.map(({ code }) => code);
  return codes.filter((code) => {
    const [ambiguity = '', reading] = passable[code] ?? [];
    return reading !== undefined && readings[ambiguity] === reading;
  });
}

/** Whether a frame that is no call is passed over in silence. */
function isIgnored({ service }: ServiceFrame, { readings }: Settings): boolean {
  if (readings['otherService'] !== 'ignored' || service.service < 0) return false;
  if (service.problems.some(({ code }) => code === 'cut')) return false;
  const known = services[service.service];
  return known === undefined || known.isAnswer;
}

const problemRequirements: Readonly<Record<ServiceProblemCode, Requirement>> = {
  version: requirements.frameVersion,
  service: requirements.frameService,
  short: requirements.frameLength,
  long: requirements.frameLength,
  text: requirements.frameTexts,
  overLimit: requirements.frameLength,
  cut: requirements.frameLength,
  record: requirements.frameLength,
};

/** What is wrong with a frame; a payload that was read as that of another service tells nothing. */
function frameFlaws(
  { service }: ServiceFrame,
  { flaw }: Sighting,
  passedOver: readonly string[],
): readonly Flaw[] {
  const problems = service.problems
    .filter(({ code }) => !passedOver.includes(code))
    .map(({ code, detail }) => malformed(problemRequirements[code], detail));
  if (flaw === undefined) return problems;
  const isOther = flaw.requirement === requirements.frameService;
  const kept = problems.filter(({ requirement }) => requirement === requirements.frameVersion);
  return isOther ? [...kept, flaw] : [...problems, flaw];
}

function sightCall({ service }: ServiceFrame): Sighting {
  const known = services[service.service];
  if (known !== undefined && known.call !== null && !known.isAnswer) {
    return { message: known.call, call: known.call };
  }
  if (known === undefined) return { message: null, call: null };
  const detail = `expected the service of a call, got ${service.service}`;
  return { message: null, call: null, flaw: malformed(requirements.frameService, detail) };
}

/** What an answer is called, by the call that it answers. */
const answerNames = {
  openConnect: { good: 'opened', bad: 'openRefused' },
  getKey: { good: 'getKeyAccepted', bad: 'getKeyRefused' },
  close: { good: 'closeAccepted', bad: 'closeRefused' },
} as const satisfies Readonly<
  Record<Exclude<Call, 'keyMaterial'>, Readonly<Record<'good' | 'bad', MessageName>>>
>;

function sightAnswer(
  { service }: ServiceFrame,
  pending: Pending | null,
  { place }: Position,
): Sighting {
  const known = services[service.service];
  const status = statusOf(service.content);
  if (pending === null) {
    const flaw = unknown(requirements.oneAnswerACall, 'an answer that no call awaits');
    return { message: null, call: null, flaw };
  }
  const { call, stray } = pending;
  if (known === undefined) return { message: null, call };
  const about = known.call;
  const isOther = call !== null && call !== 'keyMaterial' && about !== null && about !== call;
  if (isOther || !known.isAnswer) {
    const detail = `expected the service that answers ${call ?? 'the call'}, got ${service.service}`;
    return { message: null, call, flaw: unknown(requirements.frameService, detail) };
  }
  if (about === null) {
    const isUnread = stray || call === null || call === 'keyMaterial';
    return { message: isUnread ? 'callRefused' : answerNames[call].bad, call };
  }
  if (call === null && status === 0) {
    const owed = place.covers.find(({ binds }) => binds === 'qkd-device' || binds === 'any');
    const flaw = unknown(owed ?? requirements.malformedRefused, 'expected a refusal, got status 0');
    return { message: null, call, flaw };
  }
  if (about === 'openConnect' && status === 7) return { message: 'counterProposed', call: about };
  const isGood = status === 0 || (about === 'openConnect' && status === 1);
  return { message: answerNames[about][isGood ? 'good' : 'bad'], call: about };
}

interface Meaning {
  readonly pending: Pending | null;
  readonly position: Position;
  readonly said: Readonly<Record<string, unknown>>;
}

/** What is wrong with the stream or the index that a message names. */
function meaningFlaws(
  message: MessageName,
  side: Side,
  { pending, position, said }: Meaning,
): readonly Flaw[] {
  const context = conversationAt(position);
  const event = eventOf(`${side}.${message}`, said);
  const requirement = misnaming({ context, event });
  if (requirement !== null) {
    const detail = 'the key_stream_id is not the one that belongs here';
    return [unfitBy({ requirement, detail })];
  }
  if (message !== 'getKeyAccepted') return [];
  const asked = member(pending?.content, 'index');
  const got = member(said['content'], 'index');
  if (asked === got) return [];
  const detail = `expected the key of index ${String(asked)}, got ${String(got)}`;
  return [unfitBy({ requirement: requirements.pulledIndex, detail })];
}

/** A good call about the same stream; `null` where it names none that anybody could know. */
function mended(message: MessageName, id: string | null): unknown {
  if (message !== 'openConnect' && id === null) return null;
  if (callRow(message) === null) return null;
  return { ...messages[message].example, key_stream_id: id };
}

function unfitBy({ requirement, detail }: Omit<Flaw, 'kind'>): Flaw {
  return { kind: 'unfit', requirement, detail };
}

function malformed(requirement: Requirement, detail: string): Flaw {
  return { kind: 'malformed', requirement, detail };
}

function unknown(requirement: Requirement, detail: string): Flaw {
  return { kind: 'unknown', requirement, detail };
}
