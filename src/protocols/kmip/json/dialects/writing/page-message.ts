import { tags } from '../../../registry/tags.ts';
import type { Item, Structure } from '../../../tree.ts';

/**
 * The tree of the page's examples: a `Header`, and one batch item that holds the fields of the
 * first in `Items`, and after it the other batch items.
 */
export function pageMessage(item: Item): Item {
  if (item.type !== 'Structure') return renamed(item);
  const isMessage = item.tag === tags.RequestMessage || item.tag === tags.ResponseMessage;
  const value = isMessage ? nested(item) : item.value;
  return renamed({ ...item, value: value.map(pageMessage) });
}

function nested({ value }: Structure): readonly Item[] {
  const items = value.filter(({ tag }) => tag === tags.BatchItem);
  const [first, ...others] = items;
  if (first === undefined) return value;
  const fields: Item = { ...first, tag: 0, unknownName: 'Items' };
  const around = value.filter(({ tag }) => tag !== tags.BatchItem);
  return [...around, { tag: tags.BatchItem, type: 'Structure', value: [fields, ...others] }];
}

function renamed(item: Item): Item {
  switch (item.tag) {
    case tags.RequestHeader:
    case tags.ResponseHeader:
      return { ...item, tag: 0, unknownName: 'Header' };
    case tags.TimeStamp:
      return timestamp(item);
    case tags.Qlength:
      return { ...item, tag: 0, unknownName: 'QLength' };
    default:
      return item;
  }
}

function timestamp(item: Item): Item {
  if (item.type !== 'DateTime') return item;
  return { ...item, type: 'LongInteger', tag: 0, unknownName: 'Timestamp' };
}
