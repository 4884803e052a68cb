import type { FlawKind, Readings } from '#models/language/index.ts';
import { messages, type Call, type MessageName, type SaidBy } from './messages.ts';

export type Side = 'kms' | 'qkd-device';
export type Slot = 'one' | 'two';
export type End = 'a' | 'b';

/** What every event carries, as far as its receiver could read it; nothing of it is trusted. */
export interface Said {
  /** The JSON value of the HTTP content; absent where there is none, or none that can be read. */
  readonly content?: unknown;
  /** The stream's slot, `null`: none; worked out from content and context where it is absent. */
  readonly slot?: unknown;
  /** The end of the link, `a` or `b`; worked out where it is absent. */
  readonly end?: unknown;
  /** Who opened the connection, `kms` or `qkd-device`: whose calls run over it. */
  readonly by?: unknown;
  /** The connection's number among those of its end and opener, from 0. */
  readonly connection?: unknown;
  /** The ordinal of the call and its answer on the connection, from 0. */
  readonly exchange?: unknown;
  /** The call that it is, or answers, where a flaw hides it. */
  readonly call?: unknown;
  /** The HTTP status code of an answer. */
  readonly code?: unknown;
  /** Of a call: true where its caller wants the connection ended behind the answer. */
  readonly last?: unknown;
  /** Of `<side>.unknown`: what is unknown about the call, `method`, `options` or `path`. */
  readonly fault?: unknown;
}

/**
 * `<side>.<message>`, `<side>.<flaw>`, `<side>.closes`, or `<side>.withdraws`: who called breaks the
 * connection off before the answer, and nobody knows how far the call came.
 */
export type Etsi004Event = Said & {
  readonly type:
    | `kms.${SaidBy<'kms'> | FlawKind | 'closes' | 'withdraws'}`
    | `qkd-device.${SaidBy<'qkd-device'> | FlawKind | 'closes' | 'withdraws'}`;
};

/** One end of one stream, as both sides remember it. */
export interface StreamEnd {
  /** `doubtful`: opened for all that the device knows, but its answer could not be used. */
  readonly stage: 'idle' | 'opening' | 'doubtful' | 'open' | 'closed';
  /** True once get-key was accepted. */
  readonly started: boolean;
  /** True once close was asked for, and no key since. */
  readonly closeAsked: boolean;
  /** True once a call about it was withdrawn, until the device says how things are. */
  readonly doubted: boolean;
  /** What was asked for in open-connect. */
  readonly asked: unknown;
  /** The URIs in open-connect. */
  readonly source: unknown;
  readonly destination: unknown;
  /** What was agreed on. */
  readonly qos: unknown;
  /** The status of the answer to open-connect. */
  readonly status: number | null;
  readonly lastIndex: unknown;
  readonly pushes: number;
  /** Connections over which a key came after close: another one there was begun too late. */
  readonly late: readonly unknown[];
}

export interface Stream {
  /** The key_stream_id; `null` until the device has given it. */
  readonly id: string | null;
  readonly ends: Readonly<Record<End, StreamEnd>>;
}

/** A call that awaits its answer. */
export interface Pending {
  readonly end: unknown;
  readonly by: Side;
  readonly connection: unknown;
  readonly exchange: unknown;
  readonly call: Call | null;
  /** The stream and end that it concerns; `null`: none of those that the machine follows. */
  readonly place: Whereabouts | null;
  /** True where the call was wrong: its answer is no business of a stream. */
  readonly stray: boolean;
  /** What was wrong with it, by the name of its event; `null`: nothing. */
  readonly flaw: string | null;
  /** What is unknown about it. */
  readonly fault: unknown;
  /** The connection is to be ended behind the answer. */
  readonly last: boolean;
  readonly content: unknown;
}

/** What both sides remember. */
export interface Conversation {
  readonly readings: Readings;
  /** The ends of the link in sight: of the other end of one alone nothing is demanded. */
  readonly ends: 1 | 2;
  /** `pull`: each get-key is answered with one key. */
  readonly delivery: 'push' | 'pull';
  readonly slots: Readonly<Record<Slot, Stream | null>>;
  /** Ids of streams for which there was no slot: of them anything is believed. */
  readonly untracked: readonly string[];
  /** Ids of streams that were closed and have left their slots: keys may still be under way. */
  readonly gone: readonly string[];
  /** Oldest first. */
  readonly pending: readonly Pending[];
  /** A good call was refused, or its answer was of no use: whose KMS gives up then may leave. */
  readonly troubled: boolean;
  /** The number of the next connection that a side opens at an end. */
  readonly connections: Readonly<Record<End, Readonly<Record<Side, number>>>>;
  /** Whether the one before it is over, by what its last answer said. */
  readonly spent: Readonly<Record<End, Readonly<Record<Side, boolean>>>>;
}

/** One stream at one end. */
export interface Whereabouts {
  readonly slot: Slot;
  readonly end: End;
}

export interface Scene {
  readonly context: Conversation;
  readonly event: Etsi004Event;
}

export const slots = ['one', 'two'] as const satisfies readonly Slot[];
export const ends = ['a', 'b'] as const satisfies readonly End[];

/** The stream's end that an event is about; `null` where it is about none. Pure and total. */
export function whereabouts(context: Conversation, event: Etsi004Event): Whereabouts | null {
  if (!isCall(event)) return answered(context, event)?.place ?? null;
  const place = placeOfCall(context, event);
  const told = slots.find((slot) => slot === event.slot);
  if (told === undefined) return event.slot === null ? null : place;
  return { slot: told, end: endOf(event) ?? place?.end ?? 'a' };
}

/** The oldest call that an answer can be about: of its connection, where that is known. */
export function answered(context: Conversation, event: Etsi004Event): Pending | null {
  const speaker = speakerOf(event);
  const call = callOf(event);
  const strict = event.connection !== undefined;
  const waiting = context.pending.filter(
    (pending) =>
      pending.by !== speaker &&
      (!strict || pending.connection === event.connection) &&
      (endOf(event) === undefined || pending.end === event.end),
  );
  const [oldest] = waiting;
  if (strict) return oldest === undefined || !mayAnswer(call, oldest) ? null : oldest;
  return waiting.find((pending) => mayAnswer(call, pending)) ?? null;
}

/** The calls that their caller withdraws: all that await answers on the connection. */
export function withdrawn(context: Conversation, event: Etsi004Event): readonly Pending[] {
  const speaker = speakerOf(event);
  return context.pending.filter(
    ({ by, end, connection }) =>
      by === speaker && end === event.end && connection === event.connection,
  );
}

/** A wrong call may be answered as what it was meant to be, or as none. */
function mayAnswer(call: Call | null, pending: Pending): boolean {
  return call === null || pending.call === null || call === pending.call;
}

/** Whether an event is a call, or an answer. A flawed frame may be either. */
export function isCall(event: Etsi004Event): boolean {
  const speaker = speakerOf(event);
  const row = rowOf(event);
  if (row !== null) return row.call !== null && 'method' in row;
  if (event.type.endsWith('.hungUp') || event.type.endsWith('.callRefused')) return false;
  if (event.by === 'kms' || event.by === 'qkd-device') return event.by === speaker;
  if (event.call === 'keyMaterial') return speaker === 'qkd-device';
  return speaker === 'kms';
}

/** The call that an event is, or answers; `null` where that cannot be known. */
export function callOf(event: Etsi004Event): Call | null {
  const row = rowOf(event);
  if (row !== null) return row.call;
  return calls.find((call) => call === event.call) ?? null;
}

const calls = ['openConnect', 'getKey', 'close', 'keyMaterial'] as const satisfies readonly Call[];

export function speakerOf(event: Etsi004Event): Side {
  return event.type.startsWith('kms.') ? 'kms' : 'qkd-device';
}

/** The key_stream_id that an event names; `null` for none, in whatever form that takes. */
export function idOf(context: Conversation, event: Etsi004Event): string | null {
  const named =
    callOf(event) === 'keyMaterial' && isCall(event)
      ? idOfPush(event.content)
      : member(event.content, 'key_stream_id');
  const id = typeof named === 'string' ? hyphenated(named) : null;
  const { readings } = context;
  if (id === '' && readings['nullStreamId'] === 'empty') return null;
  if (id === zeroId && readings['nullStreamId'] === 'zero') return null;
  if (id === null || id === 'null') return null;
  return readings['uuidCase'] === 'exact' ? id : id.toLowerCase();
}

/** Other forms of a UUID name the same one: in braces, as a URN, without hyphens. */
export function hyphenated(id: string): string {
  if (id.length === 36 || !otherUuidForm.test(id)) return id;
  const digits = id.replace(/^urn:uuid:/i, '').replaceAll(/[{}-]/g, '');
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.*)$/, '$1-$2-$3-$4-$5');
}

/** What many libraries read as a UUID, besides its usual form. */
export const otherUuidForm = /^(?:urn:uuid:|\{)?[\da-f]{8}-?(?:[\da-f]{4}-?){3}[\da-f]{12}\}?$/i;

const zeroId = '00000000-0000-0000-0000-000000000000';

/** In an object, or in a text that holds one. */
function idOfPush(content: unknown): unknown {
  const buffer = member(member(content, 'metadata'), 'buffer');
  if (typeof buffer !== 'string') return member(buffer, 'key_stream_id');
  return /"key_stream_id"\s*:\s*"([^"\\]*)"/.exec(buffer)?.[1];
}

/** The end of a stream in a slot; an idle one where the slot is empty. */
export function streamEnd(context: Conversation, { slot, end }: Whereabouts): StreamEnd {
  return context.slots[slot]?.ends[end] ?? idleEnd;
}

export const idleEnd: StreamEnd = {
  stage: 'idle',
  started: false,
  closeAsked: false,
  doubted: false,
  asked: undefined,
  source: undefined,
  destination: undefined,
  qos: undefined,
  status: null,
  lastIndex: null,
  pushes: 0,
  late: [],
};

/** A slot that no stream holds any more; one that never held any comes first. */
function freeSlot(context: Conversation): Slot | null {
  const empty = slots.find((slot) => context.slots[slot] === null);
  const awaits = (slot: Slot) =>
    context.pending.some(({ place, stray }) => place?.slot === slot && !stray);
  return empty ?? slots.find((slot) => isOver(context, slot) && !awaits(slot)) ?? null;
}

/** Both ends are closed, or never opened. */
export function isOver(context: Conversation, slot: Slot): boolean {
  return ends.every((end) => {
    const { stage } = streamEnd(context, { slot, end });
    return stage === 'idle' || stage === 'closed';
  });
}

/** The slot that holds a stream. */
export function slotOf(context: Conversation, id: string | null): Slot | null {
  if (id === null) return null;
  return slots.find((slot) => context.slots[slot]?.id === id) ?? null;
}

function placeOfCall(context: Conversation, event: Etsi004Event): Whereabouts | null {
  const call = callOf(event);
  if (call === null) return null;
  const id = idOf(context, event);
  if (call === 'openConnect') return placeOfOpening(context, event, id);
  const slot = slotOf(context, id) ?? (call === 'keyMaterial' ? onlyStream(context, event) : null);
  if (slot === null) return null;
  return { slot, end: endOf(event) ?? likelyEnd(context, slot, call) };
}

/** Without an id it is the source's; with the id of a stream it is that stream's. */
function placeOfOpening(
  context: Conversation,
  event: Etsi004Event,
  id: string | null,
): Whereabouts | null {
  const slot = slotOf(context, id) ?? freeSlot(context);
  return slot === null ? null : { slot, end: endOf(event) ?? (id === null ? 'a' : 'b') };
}

/** Where an event does not say its end: the first one at which the call makes sense. */
function likelyEnd(context: Conversation, slot: Slot, call: Call): End {
  const at = (end: End) => streamEnd(context, { slot, end });
  const opened = ends.filter((end) => at(end).stage === 'open');
  const first = opened[0] ?? ends.find((end) => at(end).stage === 'closed') ?? 'a';
  if (call === 'getKey') return opened.find((end) => !at(end).started) ?? first;
  if (call !== 'keyMaterial') return first;
  const served = opened.filter((end) => at(end).started);
  return served.toSorted((left, right) => at(left).pushes - at(right).pushes)[0] ?? first;
}

/** The one stream that keys are pushed for, where a push need not name it. */
function onlyStream(context: Conversation, event: Etsi004Event): Slot | null {
  if (context.readings['pushWithoutStream'] !== 'onlyStream') return null;
  if (idOf(context, event) !== null) return null;
  const served = slots.filter((slot) =>
    ends.some((end) => streamEnd(context, { slot, end }).started),
  );
  return served.length === 1 ? (served[0] ?? null) : null;
}

function endOf(event: Etsi004Event): End | undefined {
  return ends.find((end) => end === event.end);
}

/** The row of the message that an event says; `null` for a flaw, and for what answers anything. */
function rowOf(event: Etsi004Event) {
  const name = event.type.slice(event.type.indexOf('.') + 1);
  if (!isMessage(name)) return null;
  const row = messages[name];
  return row.call === null ? null : row;
}

/** Whether an event's name behind its side is that of a message; else it is a flaw. */
export function isMessage(name: string): name is MessageName {
  return Object.hasOwn(messages, name);
}

/** A member of a JSON object; `undefined` where there is none. */
export function member(content: unknown, name: string): unknown {
  if (typeof content !== 'object' || content === null) return undefined;
  return Object.getOwnPropertyDescriptor(content, name)?.value;
}

/** The status in a content; `null` where there is none. */
export function statusOf(content: unknown): number | null {
  const status = member(content, 'status');
  return typeof status === 'number' || typeof status === 'bigint' ? Number(status) : null;
}
