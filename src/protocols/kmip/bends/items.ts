import { operations, requirements } from '#models/kmip/index.ts';
import type { Requirement } from '#models/language/index.ts';
import type { Dice, FrameOp } from '#src/contract/fuzz.ts';
import type { KmipBend } from '../compose.ts';
import { enumerations } from '../registry/enumerations.ts';
import { tags } from '../registry/tags.ts';
import type { Item, Structure } from '../tree.ts';
import { changing, inBatch, pick, withCount, withField, type Change } from './trees.ts';

/** Bends trees by dice. */
export function ofTree(
  decides: Requirement,
  bend: (dice: Dice) => (message: Structure) => Item,
): FrameOp<KmipBend> {
  return { decides, bend: (dice) => ({ tree: bend(dice) }) };
}

const isStructure = ({ type }: Item) => type === 'Structure';
const isEnumeration = ({ type }: Item) => type === 'Enumeration';
const isText = ({ type }: Item) => type === 'TextString';
const isBytes = ({ type }: Item) => type === 'ByteString';
const isTagged =
  (...wanted: readonly number[]) =>
  ({ tag }: Item) =>
    wanted.includes(tag);

const { badItemRefused, unknownFieldRefused, typesRight, enumerationsKnown } = requirements;

/** Extensions, tags that are reserved, and such as nobody has. */
const strangeTags = [0x42_0000, 0x42_0200, 0x42_ffff, 0x54_0000, 0x54_ffff, 0x42_0003];

const otherType: Change = ({ tag }, [which]) => [
  pick<Item>(
    [
      { tag, type: 'Integer', value: 1 },
      { tag, type: 'TextString', value: 'text' },
      { tag, type: 'ByteString', value: Uint8Array.of(1, 2, 3) },
      { tag, type: 'Enumeration', value: 1 },
      { tag, type: 'Boolean', value: true },
      { tag, type: 'LongInteger', value: 1n },
      { tag, type: 'BigInteger', value: 2n ** 64n },
      { tag, type: 'DateTime', value: -1n },
      { tag, type: 'Interval', value: 2 ** 32 - 1 },
      { tag, type: 'Structure', value: [] },
    ],
    which,
  ),
];

const texts = [
  '',
  'é決😀',
  'x'.repeat(5000),
  '\0',
  '\u202e',
  '../..',
  '%s%n',
  ' ',
  'IDPlaceholder',
];

/** Another text, number or byte string of the same type. */
const otherValue: Change = (item, [which = 0]) => {
  switch (item.type) {
    case 'TextString':
      return [{ ...item, value: pick(texts, which) }];
    case 'ByteString':
      return [{ ...item, value: new Uint8Array(pick([0, 1, 7, 8, 9, 5000], which)) }];
    case 'Integer':
      return [{ ...item, value: pick([-(2 ** 31), -1, 0, 1, 7, 2 ** 31 - 1], which) }];
    case 'Interval':
      return [{ ...item, value: pick([0, 2 ** 31, 2 ** 32 - 1], which) }];
    case 'LongInteger':
    case 'DateTime':
    case 'DateTimeExtended':
      return [{ ...item, value: pick([-(2n ** 63n), -1n, 0n, 2n ** 63n - 1n], which) }];
    case 'BigInteger':
      return [{ ...item, value: pick([-(2n ** 512n), -1n, 0n, 2n ** 512n], which) }];
    case 'Boolean':
      return [{ ...item, value: !item.value }];
    case 'Structure':
      return [{ ...item, value: [] }];
    case 'Enumeration':
      return [{ tag: item.tag, type: item.type, value: 1 + (which % 12) }];
  }
};

/** A structure in so many others. */
function deep(depth: number): Item {
  let item: Item = { tag: tags.Attributes, type: 'Structure', value: [] };
  for (let level = 1; level < depth; level += 1) {
    item = { tag: tags.Attributes, type: 'Structure', value: [item] };
  }
  return item;
}

/** Bends of items wherever they stand: pure, total, same dice same tree. */
export const itemBends = {
  missing: ofTree(
    badItemRefused,
    changing(() => []),
  ),
  twice: ofTree(
    badItemRefused,
    changing((item) => [item, item]),
  ),
  unknownTag: ofTree(
    unknownFieldRefused,
    changing((item, [tag]) => [{ ...item, tag: pick(strangeTags, tag) }]),
  ),
  extension: ofTree(
    unknownFieldRefused,
    changing((item, [tag = 0]) => [
      item,
      { tag: 0x54_0000 + (tag % 0x10000), type: 'Integer', value: 1 },
    ]),
  ),
  stranger: ofTree(
    unknownFieldRefused,
    changing((item, [which = 0, value]) => [
      item,
      { tag: pick(Object.values(tags), which), type: 'TextString', value: pick(texts, value) },
    ]),
  ),
  otherType: ofTree(typesRight, changing(otherType)),
  otherValue: ofTree(requirements.payloadFits, changing(otherValue)),
  otherText: ofTree(requirements.payloadFits, changing(otherValue, isText)),
  otherBytes: ofTree(requirements.payloadFits, changing(otherValue, isBytes)),
  otherName: ofTree(enumerationsKnown, changing(otherValue, isEnumeration)),
  unknownName: ofTree(
    enumerationsKnown,
    changing(
      ({ tag }, [which]) => [
        { tag, type: 'Enumeration', value: pick([0, 0x7fff_ffff, 0xff, 0x8000_0001], which) },
      ],
      isEnumeration,
    ),
  ),
  emptied: ofTree(
    badItemRefused,
    changing((item) => (item.type === 'Structure' ? [{ ...item, value: [] }] : []), isStructure),
  ),
  swapped: ofTree(
    requirements.headerOrder,
    changing((item, [at = 0]) => {
      if (item.type !== 'Structure' || item.value.length < 2) return [item];
      const first = at % (item.value.length - 1);
      const [one, two] = [item.value[first], item.value[first + 1]];
      const both = one === undefined || two === undefined ? [] : [two, one];
      return [{ ...item, value: item.value.toSpliced(first, 2, ...both) }];
    }, isStructure),
  ),
  identifier: ofTree(
    requirements.absentRefused,
    changing(
      ({ tag }, [which = 0, number = 0]) => [
        pick<Item>(
          [
            { tag, type: 'Enumeration', value: enumerations.UniqueIdentifier.IDPlaceholder },
            { tag, type: 'Enumeration', value: 1 + (number % 24) },
            { tag, type: 'Integer', value: pick([-1, 0, 1, 2 ** 31 - 1], number) },
            { tag, type: 'TextString', value: pick(texts, number) },
          ],
          which,
        ),
      ],
      isTagged(tags.UniqueIdentifier),
    ),
  ),
  operation: ofTree(
    requirements.payloadFits,
    changing(({ tag }, [which = 0]) => {
      const names = Object.values(operations).map(({ operation }) => operation);
      const codes = Object.entries(enumerations.Operation)
        .filter(([name]) => names.some((one) => one === name))
        .map(([, code]) => code);
      return [{ tag, type: 'Enumeration', value: pick([...codes, 0, 0x3c, 0x8000_0001], which) }];
    }, isTagged(tags.Operation)),
  ),
  depth: ofTree(requirements.depthLimited, ([which, ...rest]) =>
    changing(
      (item) => [item, deep(pick([10, 60, 61, 62, 63, 64, 65, 2000], which))],
      isStructure,
    )(rest),
  ),
  batchCount: ofTree(requirements.batchCountChecked, ([which]) =>
    withCount(pick([0, -1, 1, 2, 3, 100, 2 ** 31 - 1, -(2 ** 31)], which)),
  ),
  batchItems: ofTree(requirements.everyItemAnswered, ([which = 0]) =>
    inBatch(
      (items) =>
        pick([items.toReversed(), [...items, ...items], items.slice(1), items.slice(0, -1)], which),
      { counted: which % 8 < 4 },
    ),
  ),
  itemIds: ofTree(requirements.itemIdEchoed, ([which = 0, ids = 0]) => {
    const lengths = [0, 1, 8, 5000];
    const value = new Uint8Array(pick(lengths, ids));
    const id: Item = { tag: tags.UniqueBatchItemID, type: 'ByteString', value };
    const bend = (item: Item): Item => {
      if (item.type !== 'Structure') return item;
      const others = item.value.filter(({ tag }) => tag !== id.tag);
      return { ...item, value: which % 3 === 0 ? others : others.toSpliced(1, 0, id) };
    };
    return inBatch((items) =>
      items.map((item, index) => (which % 2 === 0 || index === 0 ? bend(item) : item)),
    );
  }),
  messageExtension: ofTree(requirements.criticalExtensionRefused, ([which = 0]) =>
    changing(
      (item) =>
        item.type === 'Structure'
          ? [{ ...item, value: [...item.value, messageExtension(which % 2 === 0)] }]
          : [item],
      isTagged(tags.BatchItem),
    )([which]),
  ),
  root: ofTree(requirements.requestIsMessage, ([which]) => (message) => {
    const { RequestMessage, ResponseMessage, BatchItem } = tags;
    const others = [RequestMessage, ResponseMessage, BatchItem, 0x42_ffff, 0x54_0001];
    return {
      ...message,
      tag: pick(
        others.filter((tag) => tag !== message.tag),
        which,
      ),
    };
  }),
  version: ofTree(requirements.versionRefused, ([which = 0]) => {
    const pairs = [
      [1, 0],
      [1, 3],
      [1, 4],
      [2, 0],
      [2, 2],
      [3, 0],
      [0, 0],
      [-1, -1],
      [99, 1],
    ];
    const [major = 0, minor = 0] = pick(pairs, which);
    return withField({
      tag: tags.ProtocolVersion,
      type: 'Structure',
      value: [
        { tag: tags.ProtocolVersionMajor, type: 'Integer', value: major },
        { tag: tags.ProtocolVersionMinor, type: 'Integer', value: minor },
      ],
    });
  }),
  headerField: ofTree(requirements.headerFields, ([which = 0, value = 0]) =>
    withField(pick(headerFields(value), which)),
  ),
} as const satisfies Readonly<Record<string, FrameOp<KmipBend>>>;

function messageExtension(isCritical: boolean): Item {
  return {
    tag: tags.MessageExtension,
    type: 'Structure',
    value: [
      { tag: tags.VendorIdentification, type: 'TextString', value: 'qkdspec' },
      { tag: tags.CriticalityIndicator, type: 'Boolean', value: isCritical },
      { tag: tags.VendorExtension, type: 'Structure', value: [] },
    ],
  };
}

/** What a header may hold, good or hardly so. */
function headerFields(value: number): readonly Item[] {
  return [
    {
      tag: tags.MaximumResponseSize,
      type: 'Integer',
      value: pick([-1, 0, 1, 8, 128, 256, 512, 4096, 2 ** 31 - 1], value),
    },
    { tag: tags.ClientCorrelationValue, type: 'TextString', value: pick(texts, value) },
    { tag: tags.ServerCorrelationValue, type: 'TextString', value: pick(texts, value) },
    {
      tag: tags.AsynchronousIndicator,
      type: 'Enumeration',
      value: pick([1, 2, 3, 0, 9], value),
    },
    {
      tag: tags.BatchErrorContinuationOption,
      type: 'Enumeration',
      value: pick([1, 2, 3, 0, 4, 0x8000_0001], value),
    },
    { tag: tags.BatchOrderOption, type: 'Boolean', value: value % 2 === 0 },
    {
      tag: tags.TimeStamp,
      type: 'DateTime',
      value: pick([0n, -1n, 1_605_916_800n, 2n ** 62n], value),
    },
  ];
}
