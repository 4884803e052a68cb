import { messages, requirements, type End } from '#models/etsi-004/index.ts';
import { encodeRecord, RecordDecoder } from '#src/base/records.ts';
import type { Expectation, JudgedFrame } from '#src/contract/case.ts';
import { placed, type Placed } from '../contents.ts';
import { recall } from '../context.ts';
import { metadataRoom } from '../framing/contents.ts';
import type { Etsi004Player } from './case.ts';
import { streamId } from './streams.ts';

/** Which key is asked for, and how. */
interface Wish {
  readonly index: number;
  /** Room for metadata, bytes. */
  readonly room?: number;
  readonly connection?: number;
}

/** Asks for one key of the stream that is open, and hears the answer. */
export function getKeyAt(kms: Etsi004Player, end: End, wish: Wish): Promise<unknown> {
  const { index, room = metadataRoom, connection } = wish;
  const metadata = { size: room, buffer: '' };
  const content = { ...messages.getKey.example, key_stream_id: streamId(kms), index, metadata };
  const frame = connection === undefined ? { end } : { end, connection };
  return kms.say('getKey', { content, frame });
}

/** Asks for so many keys, at the ends that are open by turns; how many were asked for. */
export async function pullKeys(kms: Etsi004Player, keys: number): Promise<number> {
  const isAsked = ({ at }: Placed) => at.stage === 'open' && at.started;
  for (let count = 0; count < keys; count += 1) {
    const open = placed(recall(kms.context)).filter(isAsked);
    const next = open.toSorted((left, right) => left.at.pushes - right.at.pushes)[0];
    if (next === undefined) return count;
    const { stream, place, at } = next;
    const metadata = { size: metadataRoom, buffer: '' };
    const index = Number(at.lastIndex ?? -1) + 1;
    const content = { key_stream_id: stream.id, index, metadata };
    await kms.say('getKey', { content, frame: { end: place.end } });
  }
  return keys;
}

/** Sends what was composed in pieces of so many bytes on its connection, and hears the answer. */
export async function inPieces(
  kms: Etsi004Player,
  composed: Uint8Array,
  size: number,
): Promise<void> {
  for (const record of new RecordDecoder().push(composed)) {
    if (record.kind === 'bad') throw new TypeError(record.detail);
    for (let at = 0; at === 0 || at < record.bytes.length; at += size) {
      kms.write(encodeRecord({ ...record, bytes: record.bytes.subarray(at, at + size) }));
      await kms.pause(1);
    }
  }
  await kms.hear();
}

/** At least so many keys must have come at each of these ends. */
export function manyKeys(keys: number, ends: readonly End[]): Expectation {
  const requirement = requirements.pulledIndex;
  const text = `${keys} keys at ${ends.map((end) => `end ${end}`).join(' and ')}`;
  return {
    text,
    check(frames) {
      const poor = ends.find((end) => keysAt(frames, end) < keys);
      if (poor === undefined) return null;
      const actual = `${keysAt(frames, poor)} keys at end ${poor}`;
      return {
        kind: 'answer',
        requirement,
        expected: [{ outcome: text, why: requirement.text }],
        actual,
        explanation: `${requirement.text} [${requirement.id}] There were ${actual}.`,
        at: frames.at(-1)?.at ?? 0,
      };
    },
  };
}

function keysAt(frames: readonly JudgedFrame[], end: End): number {
  return frames.filter(
    ({ by, perceived }) =>
      by === 'peer' && perceived.message === 'getKeyAccepted' && perceived.payload['end'] === end,
  ).length;
}
