import {
  slots,
  streamEnd,
  type Conversation,
  type End,
  type Slot,
} from '#models/etsi-004/index.ts';
import { writePlace } from '#src/base/place.ts';
import type { Settings } from '#src/contract/settings.ts';
import { placeOfUrl } from './settings.ts';

/**
 * Where the KMS of a stream's end is pushed to, `host:port`, by the URIs that it has named; `null`
 * where it is configured, or nobody can be reached there. The source of a request is whoever makes
 * it; where both ends name the same source, that of end b is the destination. What concerns no
 * stream goes where those of the end go.
 */
export function routeOf(
  conversation: Conversation,
  about: { readonly slot: Slot | null; readonly end: End },
  { options }: Settings,
): string | null {
  if (options['kmsUrl'] !== undefined) return null;
  const { end } = about;
  const slot = about.slot ?? slots.find((one) => sourceAt(conversation, one, end) !== undefined);
  if (slot === undefined) return null;
  const here = streamEnd(conversation, { slot, end });
  const there = streamEnd(conversation, { slot, end: end === 'a' ? 'b' : 'a' });
  const isShared = end === 'b' && here.source === there.source;
  const place = placeOfUrl(isShared ? here.destination : here.source);
  return place === null ? null : writePlace(place);
}

function sourceAt(conversation: Conversation, slot: Slot, end: End): unknown {
  return streamEnd(conversation, { slot, end }).source;
}
