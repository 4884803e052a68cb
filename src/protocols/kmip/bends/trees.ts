import type { Dice } from '#src/contract/fuzz.ts';
import { tags, type TagName } from '../registry/tags.ts';
import type { Item, Structure } from '../tree.ts';

/** What becomes of one item: items for its place. */
export type Change = (item: Item, dice: Dice) => readonly Item[];

/** Bends a message at one item of those that hold, chosen by dice; as it is, where there is none. */
export function changing(change: Change, holds: (item: Item) => boolean = () => true) {
  return ([choice = 0, ...dice]: Dice) =>
    (message: Structure): Structure => {
      const total = countOf(message, holds);
      return total === 0
        ? message
        : changedAt(message, { left: choice % total, holds, change, dice });
    };
}

/** Items below the root that hold. */
function countOf({ value }: Structure, holds: (item: Item) => boolean): number {
  let total = 0;
  for (const item of value) {
    if (holds(item)) total += 1;
    if (item.type === 'Structure') total += countOf(item, holds);
  }
  return total;
}

interface Search {
  /** Items that hold and stand before the one that is meant. */
  left: number;
  readonly holds: (item: Item) => boolean;
  readonly change: Change;
  readonly dice: Dice;
}

function changedAt(parent: Structure, search: Search): Structure {
  const value = parent.value.flatMap((item) => {
    if (search.holds(item)) {
      const isMeant = search.left === 0;
      search.left -= 1;
      if (isMeant) return search.change(item, search.dice);
    }
    return [item.type === 'Structure' && search.left >= 0 ? changedAt(item, search) : item];
  });
  return { ...parent, value };
}

/** Bends the header of a message. */
export function inHeader(change: (fields: readonly Item[]) => readonly Item[]) {
  return (message: Structure): Structure => ({
    ...message,
    value: message.value.map((item) =>
      isHeader(item) ? { ...item, value: change(item.value) } : item,
    ),
  });
}

function isHeader(item: Item): item is Structure {
  const { RequestHeader, ResponseHeader } = tags;
  return item.type === 'Structure' && (item.tag === RequestHeader || item.tag === ResponseHeader);
}

/** Bends the items of a batch; its count stays what it was, unless it is to be told anew. */
export function inBatch(
  change: (items: readonly Item[]) => readonly Item[],
  { counted = false } = {},
) {
  return (message: Structure): Structure => {
    const items = change(message.value.filter(isBatchItem));
    const others = message.value.filter((item) => !isBatchItem(item));
    const bent = { ...message, value: [...others, ...items] };
    return counted ? withCount(items.length)(bent) : bent;
  };
}

function isBatchItem({ tag }: Item): boolean {
  return tag === tags.BatchItem;
}

/** Says how many items a batch has. */
export function withCount(count: number) {
  return inHeader((fields) =>
    fields.map((field) =>
      field.tag === tags.BatchCount ? { tag: field.tag, type: 'Integer', value: count } : field,
    ),
  );
}

/** The order of what both headers may hold. */
const order: readonly TagName[] = [
  ...(['ProtocolVersion', 'MaximumResponseSize', 'ClientCorrelationValue'] as const),
  ...(['ServerCorrelationValue', 'AsynchronousIndicator', 'AttestationCapableIndicator'] as const),
  ...(['AttestationType', 'Authentication', 'BatchErrorContinuationOption'] as const),
  ...(['BatchOrderOption', 'TimeStamp', 'BatchCount'] as const),
];

/** Puts a field of the header where it belongs, instead of what stood there. */
export function withField(field: Item) {
  const place = (tag: number) => order.findIndex((name) => tags[name] === tag);
  return inHeader((fields) =>
    [...fields.filter(({ tag }) => tag !== field.tag), field].toSorted(
      (left, right) => place(left.tag) - place(right.tag),
    ),
  );
}

/** One of a list, by dice. */
export function pick<T>(list: readonly T[], dice = 0): T {
  const chosen = list[dice % list.length];
  if (chosen === undefined) throw new RangeError('nothing to pick from');
  return chosen;
}
