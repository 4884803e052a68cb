import { requirements, slots, type Conversation } from '#models/etsi-004/index.ts';
import { recall } from '../context.ts';
import type { Etsi004Player } from './case.ts';

/** The id of a stream that nobody has. */
export const unknownId = '00000000-0000-4000-8000-00000000dead';

/** The id of the stream that the session has opened first. */
export function streamId(player: Etsi004Player): string {
  const conversation: Conversation = recall(player.context);
  const [id] = slots.flatMap((slot) => conversation.slots[slot]?.id ?? []);
  if (id === undefined)
    throw new TypeError(`no stream is open: ${requirements.getKeyAfterOpen.id}`);
  return id;
}
