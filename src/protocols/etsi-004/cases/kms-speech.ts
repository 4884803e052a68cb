import {
  ends,
  member,
  streamEnd,
  type End,
  type MessageName,
  type Slot,
  type StreamEnd,
} from '#models/etsi-004/index.ts';
import { encodeRecord, RecordDecoder, type BundleRecord } from '#src/base/records.ts';
import type { Heard } from '#src/contract/case.ts';
import type { Etsi004Bend } from '../codec.ts';
import { push } from '../contents.ts';
import { recall } from '../context.ts';
import type { Etsi004Player } from './case.ts';

/** How often a key is pushed before it counts as refused for ever, and the pause between, ms. */
const mostPushes = 3;
const pauseMs = 20;

/** The JSON content that an honest device would give now. */
export function honest(
  device: Etsi004Player,
  message: MessageName,
): Readonly<Record<string, unknown>> {
  const text = textOf(device.compose(message));
  const content: unknown = JSON.parse(text.slice(text.indexOf('\r\n\r\n') + 4) || '{}');
  return { ...Object(content) };
}

/** The HTTP that lies in records. */
function textOf(records: Uint8Array): string {
  const pieces = new RecordDecoder().push(records);
  return Buffer.concat(pieces.flatMap((piece) => ('bytes' in piece ? piece.bytes : []))).toString();
}

/** Which key: the next one of the first stream at end a where nothing else is said. */
export interface Wanted {
  readonly slot?: Slot;
  readonly end?: End;
  readonly index?: number;
  /** The key of another index. */
  readonly keyOf?: number;
}

/** The content of a push. */
export function keyContent(
  device: Etsi004Player,
  wanted: Wanted = {},
): Readonly<Record<string, unknown>> {
  const { slot = 'one', end = 'a' } = wanted;
  const conversation = recall(device.context);
  const at = streamEnd(conversation, { slot, end });
  const id = conversation.slots[slot]?.id ?? '';
  const index = wanted.index ?? nextIndex(at);
  const content = push(id, index, at);
  const { keyOf } = wanted;
  if (keyOf === undefined) return { ...content };
  return { ...content, key_buffer: member(push(id, keyOf, at), 'key_buffer') };
}

function nextIndex({ lastIndex }: StreamEnd): number {
  return typeof lastIndex === 'number' ? (lastIndex + 1) % 2 ** 32 : 0;
}

/** How a key is pushed. */
export interface Pushed extends Wanted {
  readonly frame?: Etsi004Bend;
  /** Members that replace those of the content. */
  readonly content?: Readonly<Record<string, unknown>>;
}

/** Pushes a key; again, a few times, where it is refused. False where the KMS is gone. */
export async function insist(device: Etsi004Player, pushed: Pushed = {}): Promise<boolean> {
  const { end = 'a', frame, content } = pushed;
  const bend = {
    content: { ...keyContent(device, pushed), ...content },
    frame: { end, ...frame },
  };
  for (let count = 0; count < mostPushes; count += 1) {
    const heard = await device.say('keyMaterial', bend);
    if (heard?.kind === 'closed') return false;
    if (!isRefusal(heard)) return true;
    await device.pause(pauseMs);
  }
  return true;
}

/** Pushes these keys, one after the other, as long as the KMS is there. */
export async function insistOn(
  device: Etsi004Player,
  keys: readonly Pushed[],
  pauseMs = 0,
): Promise<void> {
  for (const key of keys) {
    if (!(await insist(device, key))) return;
    if (pauseMs > 0) await device.pause(pauseMs);
  }
}

function isRefusal(heard: Heard | null): boolean {
  return heard?.kind === 'frame' && heard.perceived.message === 'keyRefused';
}

/** The number of the next connection of ours at an end. */
export function nextConnection(device: Etsi004Player, end: End = 'a'): number {
  return recall(device.context).connections[end]['qkd-device'];
}

/** Calls of a KMS that is led to its close, and their answers. */
const usualAnswers = {
  openConnect: 'opened',
  getKey: 'getKeyAccepted',
  close: 'closeAccepted',
} as const;
/** Keys that are pushed at most until a KMS closes. */
const mostKeys = 300;

/** Pushes keys at both ends until the KMS closes the first stream at end a; whether it does. */
export async function untilClosing(device: Etsi004Player): Promise<boolean> {
  for (let count = 0; count < mostKeys; count += 1) {
    const { pending } = recall(device.context);
    const call = pending.find(({ by }) => by === 'kms');
    if (call?.call === 'close' && call.end === 'a') return true;
    const end = emptiest(device);
    if (call !== undefined && call.call !== null && call.call !== 'keyMaterial') {
      await device.say(usualAnswers[call.call]);
    } else if (end !== null) {
      await device.say('keyMaterial', { content: keyContent(device, { end }), frame: { end } });
      await device.hear(1);
    } else if ((await device.hear()).kind !== 'frame') return false;
  }
  return false;
}

/** The end of the first stream that is served and got fewer keys. */
function emptiest(device: Etsi004Player): End | null {
  const conversation = recall(device.context);
  const [first] = ends
    .map((end) => ({ end, at: streamEnd(conversation, { slot: 'one', end }) }))
    .filter(({ at }) => at.stage === 'open' && at.started)
    .toSorted((left, right) => left.at.pushes - right.at.pushes);
  return first?.end ?? null;
}

/** Hears on until the KMS owes nothing, leaves or falls silent for so long. */
export async function hearReceipts(device: Etsi004Player, pushes: number): Promise<void> {
  for (let count = 0; count < pushes;) {
    const heard = await device.hear();
    if (heard.kind !== 'frame') return;
    if (['keyAccepted', 'keyRefused'].includes(heard.perceived.message ?? '')) count += 1;
  }
}

/** Writes what was composed in pieces of so many bytes, each on its own. */
export async function writeInPieces(
  device: Etsi004Player,
  records: Uint8Array,
  pieceBytes: number,
): Promise<void> {
  for (const piece of new RecordDecoder().push(records)) {
    if (piece.kind === 'bad') throw new TypeError(piece.detail);
    for (const part of partsOf(piece, pieceBytes)) {
      device.write(encodeRecord(part));
      await device.pause(0);
    }
  }
}

function partsOf(record: BundleRecord, pieceBytes: number): readonly BundleRecord[] {
  if (record.kind !== 'data') return [record];
  const count = Math.ceil(record.bytes.length / pieceBytes);
  return Array.from({ length: count }, (_, at) => ({
    ...record,
    bytes: record.bytes.subarray(at * pieceBytes, (at + 1) * pieceBytes),
  }));
}
