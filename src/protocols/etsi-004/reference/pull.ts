import { member, type MessageName, type Pending } from '#models/etsi-004/index.ts';
import type { SideScene } from '#src/contract/side.ts';
import { recall } from '../context.ts';
import { keyFor, keyMetadata } from '../framing/contents.ts';
import { numberOf } from '../settings.ts';

/** Keys of a stream that a device of ours has, from its first index on. */
const keysThere = 2 ** 20;

/** What a QKD device answers to get-key where keys are pulled: the key, or why there is none. */
export function pulledKey(
  { context, settings }: Pick<SideScene, 'context' | 'settings'>,
  call: Pending,
): { readonly message: MessageName; readonly content: object } {
  const room = Number(member(member(call.content, 'metadata'), 'size') ?? 0);
  const isWanted = room > 0 || settings.readings['metadataWanted'] === 'tooSmall';
  if (isWanted && room < keyMetadata.length) {
    const needed = { size: keyMetadata.length, buffer: '' };
    return { message: 'getKeyRefused', content: { status: 8, metadata: needed } };
  }
  const index = Number(member(call.content, 'index') ?? 0);
  const ahead = (index - numberOf(settings, 'startIndex', 0) + 2 ** 32) % 2 ** 32;
  if (ahead >= keysThere) return { message: 'getKeyRefused', content: { status: 2 } };
  return { message: 'getKeyAccepted', content: keyFor(recall(context), call) };
}
