import { member, streamEnd, type Pending, type Whereabouts } from '#models/etsi-004/index.ts';
import type { Perceived } from '#src/contract/frame.ts';
import type { SideScene } from '#src/contract/side.ts';
import { placed, type Placed } from '../contents.ts';
import { recall } from '../context.ts';

/** A key that was pushed, while its answer is awaited. */
export interface Pushed {
  /** Of which stream, at which end. */
  readonly stream: string;
  readonly index: number;
  /** How often it was pushed. */
  readonly tries: number;
}

/** What the two QKD devices of a link keep for one session. */
export interface DeviceMemory {
  /** When the next key is due, by stream and end. */
  readonly dueMs: Map<string, number>;
  /** When a stream was opened at an end, for its ttl. */
  readonly openedMs: Map<string, number>;
  /** Since when a call waits for the peer, by its connection and exchange. */
  readonly sinceMs: Map<string, number>;
  /** Indices that the KMS asked to begin with, by stream and end. */
  readonly starts: Map<string, number>;
  /** The last index that was pushed, by stream and end: an id that comes again goes on behind it. */
  readonly last: Map<string, number>;
  /** Pushes by their connection and end. */
  readonly pushes: Map<string, Pushed>;
  /** Refused keys that are to be pushed again, by stream and end. */
  readonly again: Map<string, Pushed>;
  /** Keys that are lost at both ends, by stream id and index. */
  readonly lost: Set<string>;
  /** What devices that are wrong have to remember. */
  readonly marks: Map<string, number>;
  heard: Perceived | null;
}

export type Scene = SideScene<DeviceMemory>;

/** Memory before the first call. */
export function newDeviceMemory(): DeviceMemory {
  return {
    dueMs: new Map(),
    openedMs: new Map(),
    sinceMs: new Map(),
    starts: new Map(),
    last: new Map(),
    pushes: new Map(),
    again: new Map(),
    lost: new Set(),
    marks: new Map(),
    heard: null,
  };
}

/** The calls of the KMS that await their answer, the oldest first. */
export function callsIn(context: unknown): readonly Pending[] {
  return recall(context).pending.filter(({ by }) => by === 'kms');
}

/** A stream at one end, as a key of the maps. */
export function nameOf({ stream, place }: Pick<Placed, 'stream' | 'place'>): string {
  return `${stream.id} ${place.end}`;
}

/** The same for the place of a call. */
export function nameAt(context: unknown, { slot, end }: Whereabouts): string {
  return `${recall(context).slots[slot]?.id ?? ''} ${end}`;
}

/** Whether a stream's time has passed, where streams have one. */
export function isExpired({ context, memory, nowMs }: Scene, place: Whereabouts): boolean {
  const conversation = recall(context);
  if (conversation.readings['afterTtl'] !== 'expires') return false;
  const ttl = Number(member(streamEnd(conversation, place).qos, 'ttl') ?? 0);
  const openedMs = memory.openedMs.get(nameAt(context, place));
  return ttl > 0 && openedMs !== undefined && nowMs >= openedMs + 1000 * ttl;
}

/** Most times that one key is pushed. */
const mostTries = 3;

/** Remembers what became of a push: the KMS's answer to it is heard once. */
export function note({ context, heard, memory }: Scene): void {
  if (heard === null || heard === memory.heard) return;
  memory.heard = heard;
  const { message, payload } = heard;
  const key = `${String(payload['end'])} ${String(payload['connection'])}`;
  const pushed = memory.pushes.get(key);
  if (pushed === undefined || payload['by'] !== 'qkd-device') return;
  memory.pushes.delete(key);
  if (message === 'keyAccepted') return;
  const { pushRetry } = recall(context).readings;
  if (pushRetry === 'dropped' || pushed.tries >= mostTries) {
    memory.lost.add(`${pushed.stream.split(' ')[0]} ${pushed.index}`);
    return;
  }
  memory.again.set(pushed.stream, { ...pushed, tries: pushed.tries + 1 });
}

/** Notes when streams were opened, once each. */
export function noteOpenings({ context, memory, nowMs }: Scene): void {
  for (const one of placed(recall(context))) {
    const isOpen = one.at.stage === 'open';
    if (!isOpen) memory.openedMs.delete(nameOf(one));
    else if (!memory.openedMs.has(nameOf(one))) memory.openedMs.set(nameOf(one), nowMs);
  }
}
