import type { MessageName } from '#models/kmip/index.ts';
import type { Deed } from '#src/contract/side.ts';
import type { KmipBend } from './compose.ts';

/** Says a message: with its canonical content, or with such. */
export function say(
  message: MessageName,
  content?: object,
  frame?: KmipBend,
): Extract<Deed, { do: 'say' }> {
  const utterance = {
    message,
    ...(content === undefined ? {} : { content }),
    ...(frame === undefined ? {} : { frame }),
  };
  return { do: 'say', utterance };
}
