import { idOf, member, slotOf } from '#models/etsi-004/index.ts';
import type { Perceived } from '#src/contract/frame.ts';
import { dateIn } from '#src/wire/http/date.ts';
import { eventOf, recall } from './context.ts';
import type { ServiceFrame } from './framing/reader.ts';
import type { HttpFrame } from './http-frames.ts';

/** What our side must be careful with on a real device. */
export const care = {
  destructive: { close: 'it ends a key stream that this session did not open' },
  destroys: (perceived: Perceived, context: unknown) =>
    perceived.message === 'close' && !isOurs(perceived, context) ? ['close'] : [],
  keysOf,
  declares({ message, payload }: Perceived): Readonly<Record<string, string>> {
    const qos = member(payload['content'], 'qos');
    return message === 'opened' ? { 'its quality of service': JSON.stringify(qos) } : {};
  },
  momentOf: (frame: HttpFrame | ServiceFrame) =>
    'service' in frame ? null : dateIn(frame.message.headers),
};

/** Each key that is delivered: pushed, or pulled. */
function keysOf({ message, payload }: Perceived): number {
  if (message !== 'keyMaterial' && message !== 'getKeyAccepted') return 0;
  const key = member(payload['content'], 'key_buffer');
  return typeof key === 'string' && key !== '' ? 1 : 0;
}

function isOurs({ payload }: Perceived, context: unknown): boolean {
  const conversation = recall(context);
  const id = idOf(conversation, eventOf('kms.close', payload));
  if (id === null) return true;
  return slotOf(conversation, id) !== null || conversation.untracked.includes(id);
}
