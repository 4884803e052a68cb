import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { xmlTrees } from '#src/protocols/kmip/arbitraries.ts';
import { tags } from '#src/protocols/kmip/registry/tags.ts';
import { defaultLimits, type Item, type Version } from '#src/protocols/kmip/tree.ts';
import { readXml, readXmlItems } from '#src/protocols/kmip/xml/read-xml.ts';
import { rules } from '#src/protocols/kmip/xml/rules.ts';
import { writeXml } from '#src/protocols/kmip/xml/write-xml.ts';
import { goldenMessages } from './golden-messages.ts';

const versions: readonly Version[] = ['1.4', '2.0', '2.1'];

/** Elements as they are written, and other spellings of the same. */
const examples: readonly (readonly [Item, ...(readonly string[])])[] = [
  [
    { tag: tags.BatchCount, type: 'Integer', value: -2 },
    '<BatchCount type="Integer" value="-2"/>',
    '<BatchCount type="Integer" value="0xFFFFFFFE"/>',
    '<TTLV tag="0x42000d" name="BatchCount" type="Integer" value="-2"></TTLV>',
    '\ufeff<?xml version="1.0" encoding="UTF-8"?>\n<!-- one --><BatchCount xmlns="urn:x" value="-2" type="Integer"/>\n',
  ],
  [
    { tag: tags.CryptographicUsageMask, type: 'Integer', value: 0x4000_000c },
    '<CryptographicUsageMask type="Integer" value="Encrypt Decrypt 0x40000000"/>',
    '<CryptographicUsageMask type="Integer" value=" Decrypt   0x40000004 "/>',
    '<CryptographicUsageMask type="Integer" value="1073741836"/>',
  ],
  [
    { tag: tags.CryptographicUsageMask, type: 'Integer', value: 0 },
    '<CryptographicUsageMask type="Integer" value="0"/>',
  ],
  [
    { tag: tags.UsageLimitsTotal, type: 'LongInteger', value: -(2n ** 63n) },
    '<UsageLimitsTotal type="LongInteger" value="-9223372036854775808"/>',
    '<UsageLimitsTotal type="LongInteger" value="0x8000000000000000"/>',
  ],
  [
    { tag: tags.Modulus, type: 'BigInteger', value: 2n ** 63n },
    '<Modulus type="BigInteger" value="00000000000000008000000000000000"/>',
  ],
  [
    { tag: tags.Operation, type: 'Enumeration', value: 8 },
    '<Operation type="Enumeration" value="Locate"/>',
    '<Operation type="Enumeration" value="0x00000008"/>',
    '<Operation type="Enumeration" value="8"/>',
  ],
  [
    { tag: tags.OpaqueDataType, type: 'Enumeration', value: 0x8000_0001 },
    '<OpaqueDataType type="Enumeration" value="0x80000001"/>',
  ],
  [
    { tag: tags.AttributeReference, type: 'Enumeration', value: tags.State },
    '<AttributeReference type="Enumeration" value="State"/>',
  ],
  [
    { tag: tags.BatchOrderOption, type: 'Boolean', value: true },
    '<BatchOrderOption type="Boolean" value="true"/>',
    '<BatchOrderOption type="Boolean" value="1"/>',
  ],
  [
    { tag: tags.Comment, type: 'TextString', value: ' "ü" <€> & \t\r\n\u{1f511}' },
    '<Comment type="TextString" value=" &quot;ü&quot; &lt;€&gt; &amp; &#9;&#13;&#10;\u{1f511}"/>',
    "<Comment type='TextString' value=' \"&#xfc;\" &#60;€> &amp; &#9;&#13;&#10;&#x1f511;'/>",
  ],
  [
    { tag: tags.Data, type: 'ByteString', value: Uint8Array.of(0xab, 0x01) },
    '<Data type="ByteString" value="ab01"/>',
    '<Data type="ByteString" value="AB01"/>',
  ],
  [
    { tag: tags.TimeStamp, type: 'DateTime', value: -1n },
    '<TimeStamp type="DateTime" value="1969-12-31T23:59:59+00:00"/>',
    '<TimeStamp type="DateTime" value="1970-01-01T09:59:59+10:00"/>',
    '<TimeStamp type="DateTime" value="1969-12-31T23:59:59Z"/>',
    '<TimeStamp type="DateTime" value="0xffffffffffffffff"/>',
  ],
  [
    { tag: tags.TimeStamp, type: 'DateTime', value: 2n ** 63n - 1n },
    '<TimeStamp type="DateTime" value="0x7fffffffffffffff"/>',
  ],
  [
    { tag: tags.LeaseTime, type: 'Interval', value: 4294967295 },
    '<LeaseTime type="Interval" value="4294967295"/>',
    '<LeaseTime type="Interval" value="0xffffffff"/>',
  ],
  [
    { tag: tags.TimeStamp, type: 'DateTimeExtended', value: 1n },
    '<TimeStamp type="DateTimeExtended" value="0x0000000000000001"/>',
    '<TimeStamp type="DateTimeExtended" value="1970-01-01T00:00:00.000001Z"/>',
  ],
  [
    { tag: 0x54_0001, type: 'Structure', value: [] },
    '<TTLV tag="0x540001"/>',
    '<TTLV tag="0x540001" name="Mine" type="Structure"> </TTLV>',
  ],
];

/** What breaks one rule, and what is read all the same. */
const broken: readonly (readonly [keyof typeof rules, string, unknown])[] = [
  ['notXml', '', null],
  ['notXml', '<RequestMessage><RequestHeader/>', [[]]],
  ['notXml', '<RequestMessage><Comment type="TextString" value="&bomb;"/></RequestMessage>', []],
  ['notXml', '<RequestMessage><Data a="1" a="2"/></RequestMessage>', []],
  ['notXml', '<RequestMessage></RequestMessage><RequestMessage/>', []],
  ['notXml', '<Comment type="TextString" value="\ud800"/>', null],
  ['notXml', '<?\ud800', null],
  ['documentType', '<!DOCTYPE a [<!ENTITY bomb "boom">]><RequestMessage/>', []],
  ['strayText', '<RequestMessage>text</RequestMessage>', []],
  ['strayText', '<RequestMessage><![CDATA[x]]></RequestMessage>', []],
  ['unknownAttribute', '<RequestMessage nonce="1"/>', []],
  ['unknownAttribute', '<RequestMessage tag="0x420078"/>', []],
  ['unknownTag', '<Requestmessage/>', []],
  ['unknownTag', '<toString type="Boolean" value="true"/>', true],
  ['badTag', '<TTLV type="Boolean" value="true"/>', true],
  ['badTag', '<TTLV tag="420001"/>', []],
  ['badType', '<RequestMessage><BatchCount type="integer" value="1"/></RequestMessage>', []],
  ['missingValue', '<RequestMessage><BatchCount type="Integer"/></RequestMessage>', []],
  ['structureValue', '<RequestMessage value="1"/>', []],
  ['leafWithElements', '<Fresh type="Boolean" value="true"><D><D/></D></Fresh>', true],
  ['badNumber', '<RequestMessage><BatchCount type="Integer" value="1.0"/></RequestMessage>', []],
  ['badNumber', '<RequestMessage><BatchCount type="Integer" value=""/></RequestMessage>', []],
  ['badNumber', '<RequestMessage><Operation type="Enumeration" value="8x"/></RequestMessage>', []],
  [
    'outOfRange',
    '<RequestMessage><BatchCount type="Integer" value="2147483648"/></RequestMessage>',
    [],
  ],
  ['outOfRange', '<RequestMessage><LeaseTime type="Interval" value="-1"/></RequestMessage>', []],
  ['outOfRange', '<RequestMessage><D type="Integer" value="0x000000001"/></RequestMessage>', []],
  [
    'outOfRange',
    '<RequestMessage><D type="DateTime" value="999999999999-01-01T00:00:00Z"/></RequestMessage>',
    [],
  ],
  ['hexWidth', '<BatchCount type="Integer" value="0x1"/>', 1],
  ['hexWidth', '<D type="BigInteger" value="ff"/>', -1n],
  ['badHex', '<RequestMessage><Data type="ByteString" value="abc"/></RequestMessage>', []],
  ['badHex', '<D type="BigInteger" value="0x0000000000000001"/>', 1n],
  ['badHex', '<RequestMessage><D type="BigInteger" value=""/></RequestMessage>', []],
  ['badBoolean', '<RequestMessage><Fresh type="Boolean" value="True"/></RequestMessage>', []],
  [
    'badDate',
    '<RequestMessage><D type="DateTime" value="2020-02-30T00:00:00Z"/></RequestMessage>',
    [],
  ],
  ['badDate', '<RequestMessage><D type="DateTime" value="$NOW"/></RequestMessage>', []],
  ['dateWithoutZone', '<D type="DateTime" value="1970-01-01T00:00:01"/>', 1n],
  ['dateFraction', '<D type="DateTime" value="1970-01-01T00:00:01.9Z"/>', 1n],
  ['unknownEnumeration', '<Operation type="Enumeration" value="locate"/>', 0],
  [
    'unknownMaskBit',
    '<RequestMessage><CryptographicUsageMask type="Integer" value="Encrypt decrypt"/></RequestMessage>',
    [],
  ],
  ['maskSeparator', '<CryptographicUsageMask type="Integer" value="Encrypt|Decrypt"/>', 12],
];

const tolerated = ['hexWidth', 'dateWithoutZone', 'dateFraction', 'maskSeparator', 'strayText'];

describe("KMIP's XML", () => {
  it.each(examples.map(([item, ...spellings]) => ({ item, spellings, xml: spellings[0] })))(
    'writes and reads $xml',
    ({ item, spellings, xml }) => {
      expect(writeXml(item, '2.1')).toBe(`${xml}\n`);
      for (const text of spellings) {
        expect(readXml(text, '2.1')).toEqual({ item, problems: [] });
      }
    },
  );

  it.each(broken)('tells of %s: %s', (kind, xml, left) => {
    const { item, problems } = readXml(xml, '2.1');
    expect(problems.map((problem) => problem.kind)).toEqual([kind]);
    expect(item === null ? null : plain(item)).toEqual(left);
    expect(problems[0]?.tolerable ?? false).toBe(tolerated.includes(kind));
  });

  it('has an example of every rule', () => {
    const shown = new Set<string>(broken.map(([kind]) => kind));
    const missing = Object.keys(rules).filter((rule) => !shown.has(rule));
    expect(missing.toSorted()).toEqual([
      ...['furtherProblems', 'noItem', 'tooDeep', 'tooLong', 'tooManyItems'],
    ]);
  });

  it.each(['constructor', 'toString', '__proto__', 'hasOwnProperty'])(
    'has no entity &%s;',
    (name) => {
      const { item, problems } = readXml(`<Comment type="TextString" value="&${name};"/>`, '2.1');
      expect(problems.map(({ kind }) => kind)).toEqual(['notXml']);
      expect(item).toBeNull();
    },
  );

  it('reads the value of an attribute of 1.x by the names of that attribute', () => {
    const xml = (value: string) =>
      `<Attribute><AttributeName type="TextString" value="Cryptographic Usage Mask"/>` +
      `<AttributeValue type="Integer" value="${value}"/></Attribute>`;
    const { item, problems } = readXml(xml('Encrypt Export'), '1.4');
    expect(problems).toEqual([]);
    expect(item === null ? null : plain(item)).toEqual(['Cryptographic Usage Mask', 0x44]);
    expect(item === null ? '' : writeXml(item, '1.4').replaceAll(/\n */g, '')).toBe(
      xml('Encrypt Export'),
    );
    expect(readXml(xml('Encrypt Export'), '2.1').problems).not.toEqual([]);
  });

  it('keeps names that no registry knows', () => {
    const xml = '<Strange>\n  <Operation type="Enumeration" value="Dance"/>\n</Strange>\n';
    const { item } = readXml(xml, '2.1');
    expect(item).toEqual({
      tag: 0,
      unknownName: 'Strange',
      type: 'Structure',
      value: [{ tag: tags.Operation, type: 'Enumeration', value: 0, unknownValue: 'Dance' }],
    });
    expect(item === null ? '' : writeXml(item, '2.1')).toBe(xml);
  });

  it('says tags and values of another version as numbers', () => {
    const item: Item = { tag: tags.TemplateAttribute, type: 'Enumeration', value: 1 };
    expect(writeXml(item, '1.4')).toContain('<TemplateAttribute ');
    expect(writeXml(item, '2.1')).toContain('<TTLV tag="0x420091" ');
    const algorithm: Item = { tag: tags.CryptographicAlgorithm, type: 'Enumeration', value: 0x37 };
    expect(writeXml(algorithm, '1.4')).toContain('value="0x00000037"');
    expect(writeXml(algorithm, '2.1')).toContain('value="Ed25519"');
  });

  it('writes what XML cannot say as U+FFFD', () => {
    const item: Item = { tag: tags.Comment, type: 'TextString', value: 'a\0\u001f\ud800\uffff' };
    expect(readXml(writeXml(item, '2.1'), '2.1').item).toEqual({
      ...item,
      value: 'a\ufffd\ufffd\ufffd\ufffd',
    });
  });

  it('says where a problem is, by names', () => {
    const xml = (goldenMessages[3]?.xml ?? '').replace('value="Create"', 'value="Make"');
    expect(readXml(xml, '1.4').problems).toMatchObject([
      {
        kind: 'unknownEnumeration',
        path: 'ResponseMessage/BatchItem/ResponsePayload/Operation[4]',
      },
    ]);
    expect(readXml(xml, '1.4').problems[0]?.at).toBeGreaterThan(xml.indexOf('Make'));
  });

  it('reads structures as deep as the limit, and no deeper', () => {
    const nested = (depth: number) => '<D>'.repeat(depth) + '</D>'.repeat(depth);
    const limits = { ...defaultLimits, depth: 5 };
    expect(readXml(nested(5), '2.1', limits).problems).toEqual([]);
    const { item, problems } = readXml(nested(8), '2.1', limits);
    expect(problems.map(({ kind }) => kind)).toEqual(['tooDeep']);
    expect(item === null ? null : plain(item)).toEqual([[[[[]]]]]);
    const deepest = { depth: Infinity, bytes: Infinity };
    expect(readXml(nested(100_000), '2.1', deepest).problems).toHaveLength(1);
  });

  it('reads no more than 500,000 items of a document', () => {
    const { item, problems } = readXml(`<D>${'<G/>'.repeat(600_000)}</D>`, '2.1');
    expect(problems.map(({ kind }) => kind)).toEqual(['tooManyItems']);
    expect(item?.type === 'Structure' ? item.value.length : 0).toBe(499_999);
  });

  it('refuses a text longer than the limit', () => {
    const { item, problems } = readXml('<RequestMessage/>', '2.1', { depth: 5, bytes: 10 });
    expect(item).toBeNull();
    expect(problems.map(({ kind }) => kind)).toEqual(['tooLong']);
  });

  it('tells of a hundred problems, and of one more that there are', () => {
    const { problems } = readXml(`<D>${'<d/>'.repeat(500)}</D>`, '2.1');
    expect(problems).toHaveLength(101);
    expect(problems.at(-1)?.kind).toBe('furtherProblems');
  });

  it('reads all items within KMIP, and one without it', () => {
    const { items, problems } = readXmlItems('<KMIP># TIME 0 <D/> # TIME 1<G/></KMIP>', '2.1');
    expect(problems).toEqual([]);
    expect(items.map(({ tag }) => tag)).toEqual([tags.D, tags.G]);
    expect(readXmlItems('<D/>', '2.1').items).toHaveLength(1);
    expect(readXmlItems('<KMIP/>', '2.1').problems.map(({ kind }) => kind)).toEqual(['noItem']);
    expect(readXml('<KMIP/>', '2.1').problems.map(({ kind }) => kind)).toEqual(['unknownTag']);
  });

  it.each(versions)('of %s gives any tree back', (version) => {
    fc.assert(
      fc.property(xmlTrees, (tree) => {
        expect(readXml(writeXml(tree, version), version)).toEqual({ item: tree, problems: [] });
      }),
      { numRuns: 300 },
    );
  });

  it('never throws, whatever the text', () => {
    const words = fc.constantFrom(
      ...[
        '<',
        '>',
        '/',
        '"',
        "'",
        '=',
        '&',
        ';',
        '!',
        '?',
        '[',
        ']',
        '--',
        ' ',
        '\0',
        'x',
        '\ud800',
      ],
      ...[
        'TTLV',
        'D',
        'tag',
        'type',
        'value',
        'Integer',
        'Structure',
        '0x42',
        '<!DOCTYPE',
        '<![CDATA[',
      ],
    );
    fc.assert(
      fc.property(fc.array(words, { maxLength: 40 }), (parts) => {
        const { item, problems } = readXml(parts.join(''), '2.1');
        expect(item !== null || problems.length > 0).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('never throws on a message with some characters changed', () => {
    const edits = fc.array(fc.tuple(fc.nat(3000), fc.string({ maxLength: 3 })), { maxLength: 4 });
    fc.assert(
      fc.property(fc.constantFrom(...goldenMessages), edits, ({ xml }, changes) => {
        const text = changes.reduce((before, [at, put]) => {
          const place = at % before.length;
          return before.slice(0, place) + put + before.slice(place + 1);
        }, xml);
        const { item } = readXml(text, '1.4');
        if (item !== null) expect(writeXml(item, '1.4')).toContain('<');
      }),
      { numRuns: 500 },
    );
  });
});

/** The values of a tree alone. */
function plain(item: Item): unknown {
  return item.type === 'Structure' ? item.value.map(plain) : item.value;
}
