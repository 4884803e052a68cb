import {
  ends,
  member,
  messages,
  slots,
  streamEnd,
  type Conversation,
  type MessageName,
  type Stream,
  type StreamEnd,
  type Whereabouts,
} from '#models/etsi-004/index.ts';
import type { Making } from '#src/contract/protocol.ts';
import { conversationAt } from './context.ts';
import { keyOf } from './keys.ts';
import { agreed, asked, chunkSize } from './qos.ts';
import { endpoints, numberOf, qosOf } from './settings.ts';

type Contents = (conversation: Conversation, making: Making) => readonly unknown[];

/**
 * Valid contents where they depend on the session, the canonical one first; then one for each
 * branch that a guard of the model can take. All other messages have the document's example.
 */
const made: Partial<Readonly<Record<MessageName, Contents>>> = {
  openConnect: (conversation, { settings }) => {
    const waiting = placed(conversation).filter(
      ({ place, at }) => place.end === 'b' && at.stage === 'idle',
    );
    return [null, ...waiting.flatMap(({ stream }) => stream.id ?? [])].map((id) => ({
      ...endpoints(settings, id === null ? 'a' : 'b'),
      key_stream_id: id,
      qos: { ...asked, ...qosOf(settings) },
    }));
  },
  opened: (conversation, making) => {
    const call = conversation.pending.find((pending) => pending.call === 'openConnect');
    const place = call?.place ?? null;
    const given = member(call?.content, 'key_stream_id');
    const id = typeof given === 'string' && given !== '' ? given : making.random.uuid();
    const qos = agreed(member(call?.content, 'qos'), conversation.readings);
    const statuses = openStatus(conversation, place) === 1 ? [1, 0] : [0, 1];
    return statuses.map((status) => ({ key_stream_id: id, qos, status }));
  },
  counterProposed: (conversation) => {
    const call = conversation.pending.find((pending) => pending.call === 'openConnect');
    const qos = agreed(member(call?.content, 'qos'), conversation.readings);
    return [{ key_stream_id: null, qos: { ...qos, max_bps: 64, min_bps: 64 }, status: 7 }];
  },
  getKey: (conversation) =>
    orExample('getKey', [
      ...open(conversation, ({ started }) => !started),
      ...open(conversation, ({ started }) => started),
    ]).map((id) => ({ key_stream_id: id, index: 0, metadata: { size: 0, buffer: '' } })),
  close: (conversation) =>
    orExample('close', [...open(conversation, () => true), ...conversation.untracked]).map(
      (id) => ({ key_stream_id: id }),
    ),
  closeRefused: () => [{ status: 6 }, { status: 3 }],
  keyMaterial: (conversation, making) => {
    const served = placed(conversation)
      .filter(({ at }) => at.stage === 'open' && at.started)
      .toSorted((left, right) => left.at.pushes - right.at.pushes);
    if (served.length === 0) return [messages.keyMaterial.example];
    return served.map(({ stream, at }) => push(stream.id ?? '', nextIndex(at, making), at));
  },
};

/** Valid contents of a message at this point of the session, the canonical one first. */
export function contents(message: MessageName, making: Making): readonly unknown[] {
  const { example } = messages[message];
  return (
    made[message]?.(conversationAt(making.position), making) ?? [
      messages[message].content === null || message === 'closeAccepted' ? undefined : example,
    ]
  );
}

/** Of a key of a stream that does not say; and of one that says too much to be made. */
const usualBytes = asked.key_chunk_size;
const mostBytes = 64 * 1024;

/** The content of key-material with one key. */
export function push(streamId: string, index: number, at: StreamEnd): object {
  const key = keyOf({ streamId, index }, Math.min(chunkSize(at.qos) ?? usualBytes, mostBytes));
  const buffer = { key_stream_id: streamId };
  return {
    status: 0,
    index,
    key_buffer: Buffer.from(key).toString('base64'),
    metadata: { size: JSON.stringify(buffer).length, buffer },
  };
}

/** The index of the next key at one end of a stream. */
export function nextIndex(
  { lastIndex }: StreamEnd,
  { settings }: Pick<Making, 'settings'>,
): number {
  if (typeof lastIndex !== 'number') return numberOf(settings, 'startIndex', 0);
  return (lastIndex + 1) % 2 ** 32;
}

/** The status of the answer to open-connect: whether the peer is there. */
export function openStatus(conversation: Conversation, place: Whereabouts | null): 0 | 1 {
  if (place === null) return 1;
  const other = streamEnd(conversation, { ...place, end: place.end === 'a' ? 'b' : 'a' });
  if (other.stage === 'open' || other.stage === 'doubtful') return 0;
  return place.end === 'a' && conversation.readings['openWhilePeerAbsent'] === 'zero' ? 0 : 1;
}

/** One end of a stream, and where it is. */
export interface Placed {
  readonly place: Whereabouts;
  readonly stream: Stream;
  readonly at: StreamEnd;
}

/** Both ends of all streams. */
export function placed(conversation: Conversation): readonly Placed[] {
  return slots.flatMap((slot) => {
    const stream = conversation.slots[slot];
    if (stream === null) return [];
    return ends.map((end) => ({ place: { slot, end }, stream, at: stream.ends[end] }));
  });
}

/** The ids of streams that are open at an end, the most urgent first. */
function open(conversation: Conversation, wanted: (at: StreamEnd) => boolean): readonly string[] {
  const ids = placed(conversation)
    .filter(({ at }) => at.stage === 'open' && wanted(at))
    .flatMap(({ stream }) => stream.id ?? []);
  return [...new Set(ids)];
}

function orExample(message: 'getKey' | 'close', ids: readonly string[]): readonly string[] {
  const { key_stream_id: example } = messages[message].example;
  return ids.length > 0 ? [...new Set(ids)] : [example];
}
