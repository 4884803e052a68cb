import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { trees } from '#src/protocols/kmip/arbitraries.ts';
import { defaultLimits, type Item, type Limits } from '#src/protocols/kmip/tree.ts';
import { readTtlv } from '#src/protocols/kmip/ttlv/read.ts';
import { rules } from '#src/protocols/kmip/ttlv/rules.ts';
import { ttlvBytes, writeTtlv } from '#src/protocols/kmip/ttlv/write.ts';
import { goldenMessages } from './golden-messages.ts';

/** The specification's own examples of every type (1.4, 9.1.2), and borders of theirs. */
const examples: readonly (readonly [Item, string])[] = [
  [{ tag: 0x42_0020, type: 'Integer', value: 8 }, '420020 02 00000004 00000008 00000000'],
  [{ tag: 0x42_0020, type: 'Integer', value: -1 }, '420020 02 00000004 ffffffff 00000000'],
  [
    { tag: 0x42_0020, type: 'LongInteger', value: 123456789000000000n },
    '420020 03 00000008 01b69b4ba5749200',
  ],
  [
    { tag: 0x42_0020, type: 'BigInteger', value: 1234567890000000000000000000n },
    '420020 04 00000010 0000000003fd35eb6bc2df4618080000',
  ],
  [{ tag: 0x42_0020, type: 'BigInteger', value: 0n }, '420020 04 00000008 0000000000000000'],
  [{ tag: 0x42_0020, type: 'BigInteger', value: -1n }, '420020 04 00000008 ffffffffffffffff'],
  [
    { tag: 0x42_0020, type: 'BigInteger', value: 2n ** 63n },
    '420020 04 00000010 00000000000000008000000000000000',
  ],
  [
    { tag: 0x42_0020, type: 'BigInteger', value: -(2n ** 63n) - 1n },
    '420020 04 00000010 ffffffffffffffff7fffffffffffffff',
  ],
  [{ tag: 0x42_0020, type: 'Enumeration', value: 255 }, '420020 05 00000004 000000ff 00000000'],
  [
    { tag: 0x42_0020, type: 'Enumeration', value: 0x8000_0001 },
    '420020 05 00000004 80000001 00000000',
  ],
  [{ tag: 0x42_0020, type: 'Boolean', value: true }, '420020 06 00000008 0000000000000001'],
  [
    { tag: 0x42_0020, type: 'TextString', value: 'Hello World' },
    '420020 07 0000000b 48656c6c6f20576f726c64 0000000000',
  ],
  [{ tag: 0x42_0020, type: 'TextString', value: 'ü€' }, '420020 07 00000005 c3bce282ac 000000'],
  [{ tag: 0x42_0020, type: 'TextString', value: '' }, '420020 07 00000000'],
  [
    { tag: 0x42_0020, type: 'ByteString', value: Uint8Array.of(1, 2, 3) },
    '420020 08 00000003 010203 0000000000',
  ],
  [{ tag: 0x42_0020, type: 'DateTime', value: 1205495800n }, '420020 09 00000008 0000000047da67f8'],
  [{ tag: 0x42_0020, type: 'DateTime', value: -1n }, '420020 09 00000008 ffffffffffffffff'],
  [{ tag: 0x42_0020, type: 'Interval', value: 864000 }, '420020 0a 00000004 000d2f00 00000000'],
  [
    { tag: 0x42_0020, type: 'Interval', value: 0xffff_ffff },
    '420020 0a 00000004 ffffffff 00000000',
  ],
  [
    { tag: 0x42_0020, type: 'DateTimeExtended', value: 1205495800_000001n },
    '420020 0b 00000008 000448645cefee01',
  ],
  [
    {
      tag: 0x42_0020,
      type: 'Structure',
      value: [
        { tag: 0x42_0004, type: 'Enumeration', value: 254 },
        { tag: 0x42_0005, type: 'Integer', value: 255 },
      ],
    },
    '420020 01 00000020 420004 05 00000004 000000fe 00000000 420005 02 00000004 000000ff 00000000',
  ],
];

/** What breaks one rule, and what is read all the same. */
const broken: readonly (readonly [keyof typeof rules, string, unknown])[] = [
  ['foreignTag', '200042 02 00000004 00000008 00000000', 8],
  ['unknownType', '420020 01 00000010 420004 0c 00000004 00000008 00000000', []],
  ['unknownType', '420020 01 00000010 420004 00 00000008 0000000000000000', []],
  ['wrongLength', '420020 02 00000008 0000000000000008', null],
  ['wrongLength', '420020 05 00000002 0001 000000000000', null],
  ['wrongLength', '420020 06 00000004 00000001 00000000', null],
  ['wrongLength', '420020 09 00000000', null],
  ['wrongLength', '420020 04 00000000', null],
  ['unalignedLength', '420020 04 00000004 00000008 00000000', 8n],
  ['childOverrun', '420020 01 00000010 420004 08 00000009 0000000000000000', []],
  [
    'childOverrun',
    '420020 01 00000010 420004 01 00000010 420005 08 00000000',
    [[new Uint8Array(0)]],
  ],
  ['truncated', '420020 02 000000', null],
  ['truncated', '420020 08 00000004 000102', null],
  ['truncated', '420020 01 00000020 420004 02 00000004 00000008 00000000', [8]],
  ['missingPadding', '420020 08 00000004 00010203', Uint8Array.of(0, 1, 2, 3)],
  ['trailingBytes', '420020 02 00000004 00000008 00000000 00', 8],
  ['booleanValue', '420020 06 00000008 0000000000000002', true],
  ['booleanValue', '420020 06 00000008 0100000000000000', true],
  ['notUtf8', '420020 07 00000002 c328 000000000000', '\ufffd('],
  ['nulTerminated', '420020 07 00000002 4100 000000000000', 'A\0'],
  ['overlongBigInteger', '420020 04 00000010 00000000000000000000000000000001', 1n],
  ['nonZeroPadding', '420020 02 00000004 00000008 00000001', 8],
  ['nonZeroPadding', '420020 08 00000007 01020304050607 ff', Uint8Array.of(1, 2, 3, 4, 5, 6, 7)],
];

describe('binary TTLV', () => {
  it.each(examples)('writes and reads %o', (item, hex) => {
    expect(Buffer.from(writeTtlv(item)).toString('hex')).toBe(hex.replaceAll(' ', ''));
    expect(readTtlv(bytesOf(hex))).toEqual({ item, problems: [] });
    expect(ttlvBytes(item)).toBe(bytesOf(hex).length);
  });

  it.each(broken)('tells of %s: %s', (kind, hex, left) => {
    const { item, problems } = readTtlv(bytesOf(hex));
    expect(problems.map((problem) => problem.kind)).toEqual([kind]);
    expect(item === null ? null : plain(item)).toEqual(left);
    expect(problems[0]?.tolerable ?? false).toBe(
      kind.startsWith('non') || /^(nul|over)/.test(kind),
    );
  });

  it('has an example of every rule', () => {
    const shown = new Set<string>(broken.map(([kind]) => kind));
    const elsewhere = [
      ...['tooDeep', 'tooLong', 'tooManyItems', 'furtherProblems', 'unbelievableHeader'],
    ];
    const missing = Object.keys(rules).filter((rule) => !shown.has(rule));
    expect(missing.toSorted()).toEqual(elsewhere.toSorted());
  });

  it.each([1, 4, 7])(
    'reads a structure whose length counts %d bytes of padding too few',
    (less) => {
      const within = '420004 08 00000001 ff 00000000000000';
      const hex = `420020 01 ${(32 - less).toString(16).padStart(8, '0')} ${within} ${within}`;
      const { item, problems } = readTtlv(bytesOf(hex));
      expect(problems.map(({ kind }) => kind)).toEqual(['unalignedLength']);
      expect(item === null ? null : plain(item)).toEqual([Uint8Array.of(255), Uint8Array.of(255)]);
    },
  );

  it('goes on after a structure whose length is some bytes too many', () => {
    const integer = '420004 02 00000004 00000008 00000000';
    const hex = `420020 01 00000028 420021 01 00000011 ${integer} ${integer}`;
    const { item, problems } = readTtlv(bytesOf(hex));
    expect(problems.map(({ kind }) => kind)).toEqual(['unalignedLength']);
    expect(item === null ? null : plain(item)).toEqual([[8], 8]);
  });

  it('says where a problem is, by names', () => {
    const { item } = readTtlv(Buffer.from(goldenMessages[3]?.ttlv ?? '', 'hex'));
    const bytes = Buffer.from(writeTtlv(item ?? { tag: 0, type: 'Boolean', value: true }));
    const operation = Buffer.from('42005c05000000040000000a', 'hex');
    bytes[bytes.indexOf(operation) + 15] = 1;
    const { problems } = readTtlv(bytes);
    expect(problems).toMatchObject([
      {
        kind: 'nonZeroPadding',
        at: bytes.indexOf(operation) + 15,
        path: 'ResponseMessage/BatchItem/ResponsePayload/Operation[3]',
      },
    ]);
  });

  it('reads structures as deep as the limit, and no deeper', () => {
    const limits: Limits = { ...defaultLimits, depth: 5 };
    expect(readTtlv(writeTtlv(nested(5)), limits).problems).toEqual([]);
    const { item, problems } = readTtlv(writeTtlv(nested(6)), limits);
    expect(problems.map(({ kind }) => kind)).toEqual(['tooDeep']);
    expect(item === null ? null : plain(item)).toEqual([[[[[]]]]]);
  });

  it('reads hundred thousand structures within each other without throwing', () => {
    const header = Buffer.from('4200010100000000', 'hex');
    const bytes = Buffer.concat(Array.from({ length: 100_000 }, () => header));
    for (let at = 0; at < bytes.length; at += 8) bytes.writeUInt32BE(bytes.length - at - 8, at + 4);
    const limits = { depth: Infinity, bytes: Infinity };
    expect(readTtlv(bytes, limits).problems.map(({ kind }) => kind)).toEqual(['tooDeep']);
  });

  it('leaves out an item longer than the limit', () => {
    const hex = '420020 01 00000028 420004 08 00000009 0102030405060708 0900000000000000';
    const bytes = bytesOf(`${hex} 420005 02 00000004 00000008 00000000`);
    const { item, problems } = readTtlv(bytes, { depth: 64, bytes: 8 });
    expect(problems.map(({ kind }) => kind)).toEqual(['tooLong', 'tooLong']);
    expect(item === null ? null : plain(item)).toEqual([8]);
  });

  it('reads no more than 500,000 items of a message', () => {
    const bytes = Buffer.alloc(8 * 600_001, '5400010100000000', 'hex');
    bytes.writeUInt32BE(8 * 600_000, 4);
    const { item, problems } = readTtlv(bytes);
    expect(problems.map(({ kind }) => kind)).toEqual(['tooManyItems']);
    expect(item?.type === 'Structure' ? item.value.length : 0).toBe(499_999);
  });

  it('tells of a hundred problems, and of one more that there are', () => {
    const unknown = bytesOf('420004 0f 00000000');
    const header = bytesOf('420020 01 00000fa0');
    const bytes = Buffer.concat([header, ...Array.from({ length: 500 }, () => unknown)]);
    const { problems } = readTtlv(bytes);
    expect(problems).toHaveLength(101);
    expect(problems.at(-1)?.kind).toBe('furtherProblems');
  });

  it.each<Item>([
    { tag: 0x42_0020, type: 'Integer', value: 2 ** 31 },
    { tag: 0x42_0020, type: 'Integer', value: 0.5 },
    { tag: 0x42_0020, type: 'Enumeration', value: -1 },
    { tag: 0x42_0020, type: 'Interval', value: 2 ** 32 },
    { tag: 0x42_0020, type: 'LongInteger', value: 2n ** 63n },
    { tag: 0x142_0020, type: 'Boolean', value: true },
  ])('refuses to write what has no place: %o', (item) => {
    expect(() => writeTtlv(item)).toThrow(/range/);
  });

  it('gives any tree back', () => {
    fc.assert(
      fc.property(trees, (tree) => {
        expect(readTtlv(writeTtlv(tree))).toEqual({ item: tree, problems: [] });
      }),
      { numRuns: 500 },
    );
  });

  it('never throws, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(readTtlv(bytes).problems.length).toBeGreaterThan(0);
      }),
      { numRuns: 1000 },
    );
  });

  it('never throws on a message with some bytes changed; what breaks no rule is rewritten', () => {
    const messages = goldenMessages.map(({ ttlv }) => Buffer.from(ttlv, 'hex'));
    const changes = fc.array(fc.tuple(fc.nat(2000), fc.nat(255)), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(fc.constantFrom(...messages), changes, fc.nat(2000), (message, edits, cut) => {
        const bytes = Buffer.from(message);
        for (const [at, byte] of edits) bytes[at % bytes.length] = byte;
        const changed = bytes.subarray(0, Math.max(1, cut));
        const { item, problems } = readTtlv(changed);
        if (item === null) expect(problems).not.toEqual([]);
        else if (problems.length === 0) expect(hexOf(writeTtlv(item))).toBe(hexOf(changed));
        else expect(readTtlv(writeTtlv(item)).item).toEqual(item);
      }),
      { numRuns: 1000 },
    );
  });
});

function bytesOf(hex: string): Uint8Array {
  return new Uint8Array(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

function nested(depth: number): Item {
  return { tag: 0x42_0001, type: 'Structure', value: depth === 1 ? [] : [nested(depth - 1)] };
}

/** The values of a tree alone. */
function plain(item: Item): unknown {
  return item.type === 'Structure' ? item.value.map(plain) : item.value;
}
