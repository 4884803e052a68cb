import {
  ends,
  idOf,
  member,
  slotOf,
  slots,
  streamEnd,
  type Conversation,
  type End,
} from '#models/etsi-004/index.ts';
import type { Perceived, Utterance } from '#src/contract/frame.ts';
import type { Position } from '#src/contract/position.ts';
import type { Etsi004Bend } from './codec.ts';
import { conversationAt, eventOf } from './context.ts';

/**
 * Which of several sessions a call belongs to, by how it looks in each: that which has its stream;
 * for a stream that none has, the first with a place for it. `null`: none, a new one is needed.
 */
export function sessionOf(
  looked: readonly { readonly position: Position; readonly perceived: Perceived }[],
): number | null {
  const known = looked.findIndex(({ position, perceived }) => {
    const conversation = conversationAt(position);
    const about = eventOf(`kms.${perceived.message ?? 'malformed'}`, perceived.payload);
    const id = idOf(conversation, about);
    return id !== null && isKnown(conversation, id);
  });
  if (known >= 0) return known;
  const isOpening = looked.some(({ perceived }) => perceived.message === 'openConnect');
  const able = looked.findIndex(({ perceived }) => perceived.payload['slot'] !== null);
  if (able >= 0) return able;
  return isOpening || looked.length === 0 ? null : 0;
}

function isKnown(conversation: Conversation, id: string): boolean {
  return slotOf(conversation, id) !== null || conversation.untracked.includes(id);
}

/**
 * A close for every stream that may still be open at an end, each on a connection of its own: none
 * of them awaits what comes of the others. Streams count that a wrong answer has named.
 */
export function leaves(
  position: Position,
  heard: readonly Perceived[],
): readonly Utterance<Etsi004Bend>[] {
  const conversation = conversationAt(position);
  const { connections } = conversation;
  const next = { a: connections.a.kms, b: connections.b.kms };
  const closing = (key_stream_id: string, end: End): Utterance<Etsi004Bend> => {
    const connection = next[end];
    next[end] += 1;
    return { message: 'close', content: { key_stream_id }, frame: { end, connection } };
  };
  const tracked = slots.flatMap((slot) =>
    ends.flatMap((end) => {
      const id = conversation.slots[slot]?.id ?? null;
      const { stage } = streamEnd(conversation, { slot, end });
      const isOpen = stage === 'open' || stage === 'doubtful' || stage === 'opening';
      return id !== null && isOpen ? [closing(id, end)] : [];
    }),
  );
  const others = heard
    .flatMap((perceived) => named(perceived))
    .filter(({ id }) => slotOf(conversation, id.toLowerCase()) === null);
  const distinct = new Map(others.map((one) => [`${one.id} ${one.end}`, one]));
  return [...tracked, ...[...distinct.values()].map(({ id, end }) => closing(id, end))];
}

/** The stream that an answer has named, and the end where it did. */
function named({ payload }: Perceived): readonly { readonly id: string; readonly end: End }[] {
  const id = member(payload['content'], 'key_stream_id');
  return typeof id === 'string' && id !== ''
    ? [{ id, end: payload['end'] === 'b' ? 'b' : 'a' }]
    : [];
}
