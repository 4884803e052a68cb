import { member, param } from '#models/central-kms/index.ts';
import type { Perceived } from '#src/contract/frame.ts';
import { dateIn } from '#src/wire/http/date.ts';
import type { SocketFrame } from './frames.ts';

/** An id drawn by chance: nobody else has it. */
const byChance = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/i;

/** What our side must be careful with on a real central KMS. */
export const care = {
  destructive: { register: 'under an id that another sidecar may have, it puts that one out' },
  destroys: ({ message, payload }: Perceived) =>
    message === 'register' && !byChance.test(String(param(payload['content'], 'id')))
      ? ['register']
      : [],
  /** A registration gives a pair of keys and one more. */
  keysOf: ({ message, payload }: Perceived) =>
    message === 'registered' && member(payload['content'], 'result') !== undefined ? 2 : 0,
  declares({ message, payload }: Perceived): Readonly<Record<string, string>> {
    const protocol = member(payload['content'], 'protocol');
    return message === 'upgraded' ? { 'its subprotocol': String(protocol ?? 'none') } : {};
  },
  momentOf: (frame: SocketFrame) =>
    frame.carrier === 'http' ? dateIn(frame.message.headers) : null,
};
