import type { FlawKind, Readings } from '#models/language/index.ts';
import { all, at, field, numberAt, textAt, type Fields } from './fields.ts';
import type { SaidBy } from './messages.ts';
import type { World } from './world.ts';

export type Side = 'server' | 'client';

/**
 * What is wrong with a message, more closely than the flaw tells. `framing`: where it ends is not
 * known; `encoding`: its items cannot be read; `depth`: they are too deep for us; `http`: it is no KMIP request of HTTP; `message`: it
 * is none; `version`: of a version that nobody has; `header`: its header contradicts itself;
 * `item`: an item of its batch is wrong, and named by `item`.
 */
export const faults = [
  'framing',
  'encoding',
  'depth',
  'http',
  'message',
  'version',
  'header',
  'item',
] as const;
export type Fault = (typeof faults)[number];

/** What every event carries, as far as its receiver could read it; nothing of it is trusted. */
export interface Said {
  /** The message as `Fields`. */
  readonly content?: unknown;
  /** Of a flaw: what is wrong (`Fault`). */
  readonly fault?: unknown;
  /** Of the fault `item`: which one, from 0. */
  readonly item?: unknown;
  /** Of a flaw: the result reasons that tell of it. */
  readonly reasons?: unknown;
  /** Bytes that the message has in binary TTLV, whatever it was written in. */
  readonly size?: unknown;
  /** True of an operation, or of its response, without a message around it. */
  readonly bare?: unknown;
  /** True for what shows that its side ends the connection behind it. */
  readonly leaves?: unknown;
}

/** `<side>.<message>`, `<side>.<flaw>` or `<side>.closes`. */
export type KmipEvent = Said & {
  readonly type:
    | `server.${SaidBy<'server'> | FlawKind | 'closes'}`
    | `client.${SaidBy<'client'> | FlawKind | 'closes'}`;
};

/** A request that awaits its response. */
export interface Request {
  readonly content: unknown;
  /** What is wrong with it; `null`: nothing. */
  readonly fault: Fault | null;
  readonly item: number | null;
  /** The result reasons that tell of the fault (empty: any). */
  readonly reasons: readonly string[];
  /** It is an operation without a message around it. */
  readonly bare: boolean;
}

/** What both sides remember. */
export interface Conversation {
  readonly readings: Readings;
  /** Requests that await their response, oldest first. */
  readonly pending: readonly Request[];
  /** The managed objects that the session knows of, and what is known of them. */
  readonly world: World;
  /** The objects of the machine's slots, by identifier. */
  readonly slots: readonly (string | null)[];
  /** The versions that the server has named; `null`: it was not asked. */
  readonly versions: readonly string[] | null;
  /** Operations that were served. */
  readonly served: readonly string[];
  /** A message was refused as a whole: the server may end the connection. */
  readonly isBroken: boolean;
  /** It said that its connection ends; over another one the session goes on. */
  readonly hasLeft: boolean;
  /** The server may have lost its place in the stream: it may find more messages to refuse. */
  readonly isLost: boolean;
}

export interface Scene {
  readonly context: Conversation;
  readonly event: KmipEvent;
}

/** The side that an event is about. */
export function speakerOf(event: KmipEvent): Side {
  return event.type.startsWith('client.') ? 'client' : 'server';
}

/** An event's name behind its side: a message, a flaw or `closes`. */
export function nameOf(event: KmipEvent): string {
  return event.type.slice(event.type.indexOf('.') + 1);
}

/** The items of a message's batch. */
export function itemsOf(content: unknown): readonly unknown[] {
  return all(content, 'BatchItem');
}

/** What is to be done about errors in a batch. */
export type Continuation = 'Stop' | 'Continue' | 'Undo';

/** What a request says of errors in its batch; Stop without it. */
export function continuationOf(content: unknown): Continuation {
  const said = textAt(field(content, 'RequestHeader'), 'BatchErrorContinuationOption');
  return said === 'Continue' || said === 'Undo' ? said : 'Stop';
}

/** Whether the items of a batch are done in their order: usual since 2.0. */
export function isOrdered(content: unknown): boolean {
  const said = at(content, 'RequestHeader', 'BatchOrderOption');
  return typeof said === 'boolean' ? said : majorOf(content, 'RequestHeader') >= 2;
}

/** The version of a message, as text: `2.1`. */
export function versionOf(content: unknown, header: 'RequestHeader' | 'ResponseHeader'): string {
  const version = at(content, header, 'ProtocolVersion');
  const minor = numberAt(version, 'ProtocolVersionMinor');
  return `${numberAt(version, 'ProtocolVersionMajor') ?? '?'}.${minor ?? '?'}`;
}

function majorOf(content: unknown, header: 'RequestHeader' | 'ResponseHeader'): number {
  return numberAt(at(content, header, 'ProtocolVersion'), 'ProtocolVersionMajor') ?? 0;
}

/** Whether an item has an extension that its receiver must know. */
export function isCritical(item: unknown): boolean {
  return all(item, 'MessageExtension').some((one) => field(one, 'CriticalityIndicator') === true);
}

/** The payload of a request's item. */
export function payloadOf(item: unknown): Fields {
  return { ...Object(field(item, 'RequestPayload')) };
}

/** The fault of a flawed event. */
export function faultOf(event: KmipEvent): Fault | null {
  return faults.find((fault) => fault === event.fault) ?? null;
}

/** The result reasons that an event names as telling of its flaw. */
export function reasonsOf({ reasons }: KmipEvent): readonly string[] {
  return Array.isArray(reasons) ? reasons.map(String) : [];
}
