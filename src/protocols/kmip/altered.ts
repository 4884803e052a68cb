import { isFields, itemsOf, type Fields } from '#models/kmip/index.ts';

/** The header of a message changed. */
export function inHeader(change: (header: Fields) => Fields) {
  return (message: Fields): Fields => {
    const name = 'RequestHeader' in message ? 'RequestHeader' : 'ResponseHeader';
    const header = message[name];
    return { ...message, [name]: change(isFields(header) ? header : {}) };
  };
}

/** The items of a batch changed, and counted again. */
export function inItems(change: (items: readonly Fields[]) => readonly Fields[]) {
  return (message: Fields): Fields => {
    const items = change(itemsOf(message).filter(isFields));
    const counted = inHeader((header) => ({ ...header, BatchCount: items.length }))(message);
    return { ...counted, BatchItem: items };
  };
}

/** Each item that holds changed. */
export function eachItem(holds: (item: Fields) => boolean, change: (item: Fields) => Fields) {
  return inItems((items) => items.map((item) => (holds(item) ? change(item) : item)));
}

/** Without one field. */
export function without(fields: Fields, name: string): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([key]) => key !== name));
}
