import fc from 'fast-check';
import { tags } from './registry/tags.ts';
import type { Item, Structure, Tag } from './tree.ts';

const int32 = { min: -(2 ** 31), max: 2 ** 31 - 1 } as const;
const uint32 = { min: 0, max: 2 ** 32 - 1 } as const;
const int64 = { min: -(2n ** 63n), max: 2n ** 63n - 1n } as const;

/** Tags of the standard, and of its extensions. */
const anyTag: fc.Arbitrary<Tag> = fc.oneof(
  fc.constantFrom<Tag[]>(...Object.values(tags)),
  fc.integer({ min: 0x54_0000, max: 0x54_ffff }),
);

/** Numbers of 64 bits, often those of which other widths, doubles and hexadecimals go wrong. */
const longs = fc.oneof(
  fc.bigInt(int64),
  fc.constantFrom(int64.min, int64.max, 0n, -1n, 2n ** 31n, 2n ** 53n, -(2n ** 53n) - 1n),
);

/** Numbers of any size, often at the borders of 64 bits, where the padding of signs turns. */
const bigs = fc.oneof(
  fc.bigInt({ min: -(2n ** 300n), max: 2n ** 300n }),
  fc
    .tuple(fc.bigInt({ min: 0n, max: 5n }), fc.constantFrom(-1n, 0n, 1n), fc.constantFrom(1n, -1n))
    .map(([words, step, sign]) => sign * (2n ** (64n * words + 63n) + step)),
  fc.constantFrom(0n, -1n, 1n, 127n, 128n, -128n, -129n),
);

/** Whole texts of Unicode, without lone surrogates, which UTF-8 has not, and not ended by NUL. */
const unicode = fc
  .string({ unit: 'binary', maxLength: 40 })
  .map((text) => (text.endsWith('\0') ? `${text}.` : text));

/** What of Unicode an XML document can say: most control characters it cannot. */
const xmlCharacters = unicode.map((text) =>
  // oxlint-disable-next-line no-control-regex
  text.replace(/[\0-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '.'),
);

/** Objects like those that readers make. */
const plain = { noNullPrototype: true } as const;

/** Any tree of at most five levels; leaves at the edges of their types more often than by chance. */
export const trees: fc.Arbitrary<Structure> = treesWith(unicode);

/** Trees that XML can say: their texts hold no control character but tab and line ends. */
export const xmlTrees: fc.Arbitrary<Structure> = treesWith(xmlCharacters);

function treesWith(texts: fc.Arbitrary<string>): fc.Arbitrary<Structure> {
  const leaf = leavesWith(texts);
  const { tree } = fc.letrec<{ tree: Structure; item: Item }>((tie) => ({
    tree: fc.record(
      {
        tag: anyTag,
        type: fc.constant<'Structure'>('Structure'),
        value: fc.array(tie('item'), { maxLength: 5, depthIdentifier: 'tree' }),
      },
      plain,
    ),
    item: fc.oneof({ maxDepth: 4, depthIdentifier: 'tree' }, leaf, tie('tree')),
  }));
  return tree;
}

function leavesWith(texts: fc.Arbitrary<string>): fc.Arbitrary<Item> {
  return fc.oneof(
    leaf('Integer', fc.oneof(fc.integer(int32), fc.constantFrom(int32.min, int32.max, 0, -1))),
    leaf('LongInteger', longs),
    leaf('BigInteger', bigs),
    leaf('Enumeration', fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer(uint32))),
    leaf('Boolean', fc.boolean()),
    leaf('TextString', texts),
    leaf('ByteString', fc.uint8Array({ maxLength: 40 })),
    leaf('DateTime', fc.oneof(fc.bigInt({ min: -(2n ** 36n), max: 2n ** 36n }), longs)),
    leaf('Interval', fc.oneof(fc.integer(uint32), fc.constantFrom(0, uint32.max, 2 ** 31))),
    leaf('DateTimeExtended', fc.oneof(fc.bigInt({ min: -(2n ** 56n), max: 2n ** 56n }), longs)),
  );
}

function leaf<Type extends string, Value>(
  type: Type,
  value: fc.Arbitrary<Value>,
): fc.Arbitrary<{ tag: Tag; type: Type; value: Value }> {
  return fc.record({ tag: anyTag, type: fc.constant(type), value }, plain);
}
