import type { MessageName } from '#models/etsi-004/index.ts';
import type { Deed } from '#src/contract/side.ts';
import type { Etsi004Bend } from './codec.ts';

/** Says a message, with such content; without any where it is `undefined`. */
export function say(
  message: MessageName,
  content?: object,
  frame?: Etsi004Bend,
): Extract<Deed, { do: 'say' }> {
  const utterance = { message, content, ...(frame === undefined ? {} : { frame }) };
  return { do: 'say', utterance };
}
