import { itemsOf, keyOf, textAt, type Fields, type MessageName } from '#models/kmip/index.ts';

/** The message that the content of a request is: a batch, or that of its only operation. */
export function messageOf(content: Fields): MessageName {
  const items = itemsOf(content);
  if (items.length !== 1) return 'batch';
  return keyOf(textAt(items[0], 'Operation')) ?? 'otherRequest';
}
