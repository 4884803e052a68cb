import { requirements } from '#models/kmip/index.ts';
import { jsonText } from '#src/wire/json-text.ts';
import type { Dice, FrameOp, Fuzzing } from '#src/contract/fuzz.ts';
import type { KmipBend } from './compose.ts';
import type { Item, Structure } from './tree.ts';

function op(decides: FrameOp['decides'], bend: (dice: Dice) => KmipBend): FrameOp<KmipBend> {
  return { decides, bend: (dice) => bend(dice) };
}

/** A tree with one item, chosen by dice, replaced by others. */
function withItem(message: Structure, choice: number, change: (item: Item) => readonly Item[]) {
  const total = countOf(message) - 1;
  let left = total <= 0 ? -1 : choice % total;
  const rebuilt = (parent: Structure): Structure => ({
    ...parent,
    value: parent.value.flatMap((item) => {
      const isChosen = left === 0;
      left -= 1;
      if (isChosen) return change(item);
      return [item.type === 'Structure' ? rebuilt(item) : item];
    }),
  });
  return rebuilt(message);
}

function countOf(item: Item): number {
  return item.type === 'Structure' ? item.value.reduce((sum, child) => sum + countOf(child), 1) : 1;
}

const bending =
  (change: (item: Item, dice: Dice) => readonly Item[]) =>
  (dice: Dice): KmipBend => ({
    tree: (message) => withItem(message, dice[0] ?? 0, (item) => change(item, dice.slice(1))),
  });

const frames = {
  missing: op(
    requirements.badItemRefused,
    bending(() => []),
  ),
  twice: op(
    requirements.badItemRefused,
    bending((item) => [item, item]),
  ),
  unknownTag: op(
    requirements.unknownFieldRefused,
    bending((item, [tag = 0]) => [{ ...item, tag: 0x42_0200 + (tag % 0x100) }]),
  ),
  extension: op(
    requirements.unknownFieldRefused,
    bending((item, [tag = 0]) => [
      item,
      { tag: 0x54_0000 + (tag % 0x10000), type: 'Integer', value: 1 },
    ]),
  ),
  otherType: op(
    requirements.typesRight,
    bending((item, [which = 0]) => [otherType(item, which)]),
  ),
  swapped: op(requirements.headerOrder, ([choice = 0]) => ({
    tree: (message) => swapped(message, choice),
  })),
} as const satisfies Readonly<Record<string, FrameOp<KmipBend>>>;

function otherType({ tag }: Item, which: number): Item {
  const others: readonly Item[] = [
    { tag, type: 'Integer', value: 1 },
    { tag, type: 'TextString', value: 'text' },
    { tag, type: 'ByteString', value: Uint8Array.of(1, 2, 3) },
    { tag, type: 'Enumeration', value: 1 },
    { tag, type: 'Boolean', value: true },
    { tag, type: 'LongInteger', value: 1n },
    { tag, type: 'Structure', value: [] },
  ];
  return others[which % others.length] ?? { tag, type: 'Integer', value: 1 };
}

/** The fields of one structure in reverse. */
function swapped(message: Structure, choice: number): Structure {
  return withItem(message, choice, (item) => [
    item.type === 'Structure' ? { ...item, value: item.value.toReversed() } : item,
  ]);
}

/** What a campaign bends in KMIP besides bytes, contents and order. */
export const fuzzing: Fuzzing<KmipBend> = {
  frames,
  contents: () => [],
  rawContent: (bytes) => ({ raw: bytes }),
  contentText: (content) => (content === undefined ? '' : jsonText(content)),
};
