import { requirements, slots, type Conversation } from '#models/etsi-004/index.ts';
import { recall } from '../context.ts';
import type { Etsi004Player } from './case.ts';

/** The id of a stream that nobody has. */
export const unknownId = '00000000-0000-4000-8000-00000000dead';

/** An id that a source end gives: other cases must not take it for an unknown one. */
export const givenId = '3f0c7a52-9d1e-4b86-a6c4-5e2f81d0b937';

/** The id of the stream that the session has opened first, or second. */
export function streamId(player: Etsi004Player, which = 0): string {
  const conversation: Conversation = recall(player.context);
  const ids = slots.flatMap((slot) => conversation.slots[slot]?.id ?? []);
  const id = ids[which];
  if (id === undefined)
    throw new TypeError(`no stream is open: ${requirements.getKeyAfterOpen.id}`);
  return id;
}

/** The ends of the link that are in sight. */
export function endsOf(player: Etsi004Player): readonly ('a' | 'b')[] {
  return recall(player.context).ends === 1 ? ['a'] : ['a', 'b'];
}

/** Goes on until keys are pushed at every end in sight. */
export function serve(kms: Etsi004Player): Promise<void> {
  return kms.walk(endsOf(kms).length === 1 ? 'oneA.pushing' : 'oneB.pushing');
}

/**
 * The canonical content of open-connect, changed. With the id of a stream it is that of the
 * destination end: the source of a request is whoever makes it, and keys may be pushed there.
 */
export function opening(kms: Etsi004Player, change: object = {}): object {
  const content = Object(kms.content('openConnect'));
  const { source: destination, destination: source } = content;
  const { slots: kept } = recall(kms.context);
  const ids = slots.flatMap((slot) => kept[slot]?.id ?? []);
  const isThere = ids.some((id) => id === Reflect.get(change, 'key_stream_id'));
  return {
    ...content,
    key_stream_id: null,
    ...(isThere ? { source, destination } : {}),
    ...change,
  };
}

/** The same, with members of qos changed. */
export function openingWith(kms: Etsi004Player, qos: object, change: object = {}): object {
  const content = opening(kms, change);
  return { ...content, qos: { ...Object(Reflect.get(content, 'qos')), ...qos } };
}

/** Opens a stream of such a quality at every end in sight, and asks for its keys. */
export async function serveWith(kms: Etsi004Player, qos: object): Promise<void> {
  await kms.say('openConnect', { content: openingWith(kms, qos) });
  const key_stream_id = streamId(kms);
  const [, other] = endsOf(kms);
  if (other !== undefined) {
    const content = openingWith(kms, qos, { key_stream_id });
    await kms.say('openConnect', { content, frame: { end: other } });
  }
  for (const end of endsOf(kms)) {
    await kms.say('getKey', { content: { key_stream_id }, frame: { end } });
  }
}
