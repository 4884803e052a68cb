import {
  member,
  streamEnd,
  type Conversation,
  type MessageName,
  type Pending,
  type Whereabouts,
} from '#models/etsi-004/index.ts';
import type { Making } from '#src/contract/protocol.ts';
import { contents, nextIndex, placed } from '../contents.ts';
import { conversationAt } from '../context.ts';
import { keyOf } from '../keys.ts';
import { asked, chunkSize } from '../qos.ts';
import { numberOf } from '../settings.ts';

/** Room for metadata that our KMS offers, bytes. */
export const metadataRoom = 1024;

/** What a device of ours tells of every key. */
export const keyMetadata = '{"age": 0, "hops": 0}';

/** Valid contents where keys are pulled: as in the push mode, but for the key and its index. */
export function pulledContents(message: MessageName, making: Making): readonly unknown[] {
  const conversation = conversationAt(making.position);
  const usual = contents(message, making);
  switch (message) {
    case 'openConnect':
      return usual.map((content) => ({ ...Object(content), ...endpointsOf(content, making) }));
    case 'getKey':
      return usual.map((content) => {
        const id = member(content, 'key_stream_id');
        return wholeGetKey({ key_stream_id: id }, nextPulled(conversation, id, making));
      });
    case 'getKeyAccepted':
      return [keyFor(conversation, pulledCall(conversation))];
    case 'closeAccepted':
      return [{ status: 0 }];
    default:
      return usual;
  }
}

/**
 * Other applications for each stream: there are servers that give one stream to all who name the
 * same two ends, and never forget it.
 */
function endpointsOf(content: unknown, { settings, random }: Making): object {
  if (settings.options['kmsUrl'] !== undefined) return {};
  const application = random.uuid().slice(0, 8);
  return {
    source: `${String(member(content, 'source'))}/${application}`,
    destination: `${String(member(content, 'destination'))}/${application}`,
  };
}

/** A get-key with the index and the room for metadata that it does not say itself. */
export function wholeGetKey(content: object, index: number): object {
  return { index, metadata: { size: metadataRoom, buffer: '' }, ...content };
}

/** The index of the next key at one end of a stream. */
export function nextPulledAt(making: Making, place: Whereabouts): number {
  return nextIndex(streamEnd(conversationAt(making.position), place), making);
}

/** The index behind that of the last key at whichever end is furthest behind. */
function nextPulled(conversation: Conversation, id: unknown, making: Making): number {
  const ends = placed(conversation).filter(({ stream, at }) => stream.id === id && at.started);
  const [last] = ends.toSorted((left, right) => left.at.pushes - right.at.pushes);
  return last === undefined
    ? numberOf(making.settings, 'startIndex', 0)
    : nextIndex(last.at, making);
}

/** The oldest get-key that awaits its answer. */
function pulledCall(conversation: Conversation): Pending | null {
  return conversation.pending.find(({ call }) => call === 'getKey') ?? null;
}

/** The answer to a get-key: the key that it asks for. */
export function keyFor(conversation: Conversation, call: Pending | null): object {
  const place = call?.place ?? null;
  const index = Number(member(call?.content, 'index') ?? 0);
  const id = member(call?.content, 'key_stream_id');
  const at = place === null ? null : streamEnd(conversation, place);
  const bytes = chunkSize(at?.qos) ?? asked.key_chunk_size;
  const key = keyOf({ streamId: typeof id === 'string' ? id : '', index }, bytes);
  return {
    status: 0,
    index,
    key_buffer: Buffer.from(key).toString('base64'),
    metadata: metadataFor(call),
  };
}

/** Room 0 says that none are wanted. */
function metadataFor(call: Pending | null): object {
  const room = Number(member(member(call?.content, 'metadata'), 'size') ?? 0);
  return room === 0 ? { size: 0, buffer: '' } : { size: keyMetadata.length, buffer: keyMetadata };
}
