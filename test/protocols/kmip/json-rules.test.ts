import { describe, expect, it } from 'vitest';
import { rules } from '#src/protocols/kmip/json/problem-kinds.ts';
import { readJson } from '#src/protocols/kmip/json/read-json.ts';
import { tags } from '#src/protocols/kmip/registry/tags.ts';
import type { Item, ReadTree, Version } from '#src/protocols/kmip/tree.ts';

/** What one leaf is read as, and the problems told. */
function leaf(members: string, version: Version = '2.1'): readonly [unknown, ...string[]] {
  const { item, problems } = readJson(`{"tag":"RequestPayload","value":[{${members}}]}`, version);
  const [only] = item?.type === 'Structure' ? item.value : [];
  const kinds = problems.map(({ kind, tolerable }) => (tolerable === true ? `(${kind})` : kind));
  return [only === undefined ? undefined : only.value, ...kinds];
}

function of(type: string, value: string, tag = 'Comment'): readonly [unknown, ...string[]] {
  return leaf(`"tag":"${tag}","type":"${type}","value":${value}`);
}

describe('values of KMIP in JSON', () => {
  it('Integer is a number, or hex of eight digits with its sign', () => {
    expect(of('Integer', '7')).toEqual([7]);
    expect(of('Integer', '-7')).toEqual([-7]);
    expect(of('Integer', '0')).toEqual([0]);
    expect(of('Integer', '-0')).toEqual([0]);
    expect(of('Integer', '"0x00000007"')).toEqual([7]);
    expect(of('Integer', '"0xFFFFFFF9"')).toEqual([-7]);
    expect(of('Integer', '2147483647')).toEqual([2147483647]);
    expect(of('Integer', '-2147483648')).toEqual([-2147483648]);
    expect(of('Integer', '2147483648')).toEqual([undefined, 'outOfRange']);
    expect(of('Integer', '-2147483649')).toEqual([undefined, 'outOfRange']);
    expect(of('Integer', '"0x7"')).toEqual([7, 'hexWidth']);
    expect(of('Integer', '"0x0000000000000007"')).toEqual([7, 'hexWidth']);
    expect(of('Integer', '"0xfffffffffffffff9"')).toEqual([-7, 'hexWidth']);
    expect(of('Integer', '"0xffffffff00000000"')).toEqual([undefined, 'hexWidth', 'outOfRange']);
    expect(of('Integer', '"7"')).toEqual([undefined, 'badHex']);
    expect(of('Integer', '"0X00000007"')).toEqual([undefined, 'badHex']);
    expect(of('Integer', '"0x0000000g"')).toEqual([undefined, 'badHex']);
    expect(of('Integer', '"0x"')).toEqual([undefined, 'badHex']);
    expect(of('Integer', 'true')).toEqual([undefined, 'wrongForm']);
    expect(of('Integer', 'null')).toEqual([undefined, 'wrongForm']);
    expect(of('Integer', '[]')).toEqual([undefined, 'wrongForm']);
    expect(of('Integer', '{}')).toEqual([undefined, 'wrongForm']);
  });

  it('a number with a fraction or an exponent is read if it is an integer', () => {
    expect(of('Integer', '7.0')).toEqual([7, '(numberForm)']);
    expect(of('Integer', '7e2')).toEqual([700, '(numberForm)']);
    expect(of('Integer', '7.5')).toEqual([undefined, 'outOfRange']);
    expect(of('LongInteger', '1e400')).toEqual([undefined, 'outOfRange']);
  });

  it('masks are also names and hex, joined by bars, for their own tags only', () => {
    const mask = (value: string) => of('Integer', value, 'CryptographicUsageMask');
    expect(mask('"Encrypt|Decrypt"')).toEqual([12]);
    expect(mask('"Sign"')).toEqual([1]);
    expect(mask('"Encrypt|0x80000000"')).toEqual([-2147483644]);
    expect(mask('"0x00000004|Decrypt"')).toEqual([12]);
    expect(mask('"0x0000000c"')).toEqual([12]);
    expect(mask('12')).toEqual([12]);
    expect(mask('"Encrypt|Scramble"')).toEqual([4, 'unknownMaskBit']);
    expect(mask('"Encrypt Decrypt"')).toEqual([0, 'unknownMaskBit']);
    expect(mask('""')).toEqual([0, 'unknownMaskBit']);
    expect(of('Integer', '"Encrypt"', 'BatchCount')).toEqual([undefined, 'badHex']);
  });

  it('the bits of a mask are those of the version', () => {
    const members = '"tag":"CryptographicUsageMask","type":"Integer","value":"Export"';
    expect(leaf(members, '1.4')).toEqual([0x40]);
    expect(leaf(members, '2.1')).toEqual([0, 'unknownMaskBit']);
  });

  it('LongInteger is exact: numbers below 2^52, hex of sixteen digits beyond', () => {
    expect(of('LongInteger', '4503599627370495')).toEqual([4503599627370495n]);
    expect(of('LongInteger', '-4503599627370495')).toEqual([-4503599627370495n]);
    expect(of('LongInteger', '4503599627370496')).toEqual([4503599627370496n, 'largeNumber']);
    expect(of('LongInteger', '-4503599627370496')).toEqual([-4503599627370496n, 'largeNumber']);
    expect(of('LongInteger', '9223372036854775807')).toEqual([9223372036854775807n, 'largeNumber']);
    expect(of('LongInteger', '9223372036854775808')).toEqual([
      undefined,
      'largeNumber',
      'outOfRange',
    ]);
    expect(of('LongInteger', '"0x8000000000000000"')).toEqual([-9223372036854775808n]);
    expect(of('LongInteger', '"0x80000000"')).toEqual([0x80000000n, 'hexWidth']);
  });

  it('BigInteger is hex of a multiple of sixteen digits with its sign, or a number', () => {
    expect(of('BigInteger', '"0xffffffffffffffff"')).toEqual([-1n]);
    expect(of('BigInteger', '"0x0000000000000000ffffffffffffffff"')).toEqual([0xffffffffffffffffn]);
    expect(of('BigInteger', '12')).toEqual([12n]);
    expect(of('BigInteger', '"0xff"')).toEqual([255n, 'hexWidth']);
    expect(of('BigInteger', '123456789012345678901234567890')).toEqual([
      123456789012345678901234567890n,
      'largeNumber',
    ]);
    expect(of('BigInteger', '9'.repeat(4301))).toEqual([undefined, 'outOfRange']);
  });

  it('Enumeration is a name of the version, a number or hex', () => {
    const operation = (value: string) => of('Enumeration', value, 'Operation');
    expect(operation('"Locate"')).toEqual([8]);
    expect(operation('8')).toEqual([8]);
    expect(operation('"0x00000008"')).toEqual([8]);
    expect(operation('"0x80000001"')).toEqual([0x80000001]);
    expect(operation('4294967295')).toEqual([0xffffffff]);
    expect(operation('-1')).toEqual([undefined, 'outOfRange']);
    expect(operation('"0x8"')).toEqual([8, 'hexWidth']);
    expect(operation('"locate"')).toEqual([0, 'unknownEnumeration']);
    expect(leaf('"tag":"Operation","type":"Enumeration","value":"SetAttribute"', '1.4')).toEqual([
      0,
      'unknownEnumeration',
    ]);
  });

  it('a name that is not known stays in the tree', () => {
    const text = '{"tag":"Operation","type":"Enumeration","value":"Teleport"}';
    expect(readJson(text, '2.1').item).toEqual({
      tag: 0x42005c,
      type: 'Enumeration',
      value: 0,
      unknownValue: 'Teleport',
    });
  });

  it('Attribute Value has the names of the attribute before it', () => {
    const attribute = (name: string, type: string, value: string) =>
      readJson(
        `{"tag":"Attribute","value":[
          {"tag":"AttributeName","type":"TextString","value":"${name}"},
          {"tag":"AttributeValue","type":"${type}","value":"${value}"}]}`,
        '1.4',
      );
    expect(second(attribute('Cryptographic Algorithm', 'Enumeration', 'AES'))).toEqual([3]);
    expect(second(attribute('Cryptographic Usage Mask', 'Integer', 'Sign|Verify'))).toEqual([3]);
    expect(second(attribute('x-Mine', 'Enumeration', 'AES'))).toEqual([0, 'unknownEnumeration']);
  });

  it('Attribute Reference names a tag', () => {
    expect(of('Enumeration', '"State"', 'AttributeReference')).toEqual([0x42008d]);
  });

  it('Boolean is a literal, or 0 or 1 in sixteen digits', () => {
    expect(of('Boolean', 'true')).toEqual([true]);
    expect(of('Boolean', 'false')).toEqual([false]);
    expect(of('Boolean', '"0x0000000000000001"')).toEqual([true]);
    expect(of('Boolean', '"0x0000000000000000"')).toEqual([false]);
    expect(of('Boolean', '"0x0000000000000002"')).toEqual([undefined, 'outOfRange']);
    expect(of('Boolean', '"true"')).toEqual([undefined, 'badHex']);
    expect(of('Boolean', '1')).toEqual([undefined, 'wrongForm']);
  });

  it('TextString is any Unicode text', () => {
    expect(of('TextString', '"\\u00e9\\ud83d\\ude00 \\"0x\\""')).toEqual(['é😀 "0x"']);
    expect(of('TextString', '""')).toEqual(['']);
    expect(of('TextString', '"a\\ud83d"')).toEqual(['a\ufffd', 'loneSurrogate']);
    expect(of('TextString', '"\ud83d"')).toEqual(['\ufffd', 'loneSurrogate']);
    expect(of('TextString', '7')).toEqual([undefined, 'wrongForm']);
  });

  it('ByteString is hex without 0x', () => {
    expect(of('ByteString', '"00fFA0"')).toEqual([Uint8Array.of(0, 255, 160)]);
    expect(of('ByteString', '""')).toEqual([new Uint8Array()]);
    expect(of('ByteString', '"0x00ff"')).toEqual([Uint8Array.of(0, 255), 'badHex']);
    expect(of('ByteString', '"00f"')).toEqual([undefined, 'badHex']);
    expect(of('ByteString', '"00 f"')).toEqual([undefined, 'badHex']);
  });

  it('what may be secret is not quoted', () => {
    const { problems } = readJson(
      '{"tag":"KeyMaterial","type":"ByteString","value":"0123456789abcdefg"}',
      '2.1',
    );
    expect(problems).toHaveLength(1);
    expect(JSON.stringify(problems)).not.toContain('0123');
  });

  it('Interval is unsigned', () => {
    expect(of('Interval', '4294967295')).toEqual([4294967295]);
    expect(of('Interval', '"0xffffffff"')).toEqual([4294967295]);
    expect(of('Interval', '-1')).toEqual([undefined, 'outOfRange']);
  });

  it('DateTime is hex or a date, before 1970 too', () => {
    expect(of('DateTime', '"2013-06-26T09:09:17+00:00"')).toEqual([1372237757n]);
    expect(of('DateTime', '"2013-06-26T11:09:17+02:00"')).toEqual([1372237757n]);
    expect(of('DateTime', '"2013-06-26T09:09:17Z"')).toEqual([1372237757n]);
    expect(of('DateTime', '"0x0000000051caafbd"')).toEqual([1372237757n]);
    expect(of('DateTime', '"1969-12-31T23:59:59Z"')).toEqual([-1n]);
    expect(of('DateTime', '"0001-01-01T00:00:00Z"')).toEqual([-62135596800n]);
    expect(of('DateTime', '"-0001-01-01T00:00:00Z"')).toEqual([-62198755200n]);
    expect(of('DateTime', '"2000-02-29T24:00:00Z"')).toEqual([951868800n]);
    expect(of('DateTime', '"292277026596-12-04T15:30:07Z"')).toEqual([9223372036854775807n]);
    expect(of('DateTime', '"292277026596-12-04T15:30:08Z"')).toEqual([undefined, 'outOfRange']);
    expect(of('DateTime', '1372237757')).toEqual([undefined, 'wrongForm']);
  });

  it('a fraction of a DateTime is cut off, and one without a zone is in UTC', () => {
    expect(of('DateTime', '"2013-06-26T09:09:17.999Z"')).toEqual([1372237757n, '(dateFraction)']);
    expect(of('DateTime', '"1969-12-31T23:59:58.5Z"')).toEqual([-2n, '(dateFraction)']);
    expect(of('DateTime', '"2013-06-26T09:09:17"')).toEqual([1372237757n, '(dateWithoutZone)']);
  });

  it.each([
    ...['2013-06-26', '2013-6-26T09:09:17Z', '2013-06-26 09:09:17Z', '2013-02-29T00:00:00Z'],
    '2012-02-30T00:00:00Z',
    ...['1900-02-29T00:00:00Z', '2013-13-01T00:00:00Z', '2013-06-31T00:00:00Z', ''],
    ...['2013-06-26T24:00:01Z', '2013-06-26T09:60:00Z', '2013-06-26T09:09:60Z'],
    ...['2013-06-26T09:09:17z', '2013-06-26T09:09:17+15:00', '02013-06-26T09:09:17Z'],
  ])('%s is no date', (text) => {
    expect(of('DateTime', `"${text}"`)).toEqual([undefined, 'badDate']);
  });

  it('DateTimeExtended is read as hex and as a date to the microsecond: no example says which', () => {
    expect(of('DateTimeExtended', '"0x0004e00a7a0d4cc8"')).toEqual([0x0004e00a7a0d4cc8n]);
    expect(of('DateTimeExtended', '"1970-01-01T00:00:01.000002Z"')).toEqual([1000002n]);
    expect(of('DateTimeExtended', '"1969-12-31T23:59:59.5Z"')).toEqual([-500000n]);
    expect(of('DateTimeExtended', '"1970-01-01T00:00:00.1234567Z"')).toEqual([
      123456n,
      '(dateFraction)',
    ]);
  });

  it('Structure is an array or null, and the type that is not written', () => {
    expect(leaf('"tag":"Attributes","value":null')).toEqual([[]]);
    expect(leaf('"tag":"Attributes","value":[]')).toEqual([[]]);
    expect(leaf('"tag":"Attributes","type":"Structure","value":[]')).toEqual([[]]);
    expect(of('Structure', '{}', 'Attributes')).toEqual([undefined, 'wrongForm']);
    expect(of('Structure', '7', 'Attributes')).toEqual([undefined, 'wrongForm']);
    expect(leaf('"tag":"BatchCount","value":7')).toEqual([undefined, 'missingType']);
    expect(leaf('"tag":"Comment","value":"a"')).toEqual([undefined, 'missingType']);
  });
});

describe('items of KMIP in JSON', () => {
  const comment = { tag: tags.Comment, type: 'TextString', value: 'a' };

  it('have their keys in any order', () => {
    for (const members of [
      '"tag":"Comment","type":"TextString","value":"a"',
      '"value":"a","type":"TextString","tag":"Comment"',
      '"type":"TextString","name":"remark","value":"a","tag":"0x4200fd"',
      '"t\\u0061g":"Comment","t\\u0079pe":"TextString","valu\\u0065":"a","n\\u0061me":"x"',
    ]) {
      expect(readJson(`{${members}}`, '2.1')).toEqual({ item: comment, problems: [] });
    }
  });

  it('have their children before or after their tag', () => {
    const text =
      '{"value":[{"value":[{"value":7,"tag":"BatchCount"}],"tag":"Attributes"}],"tag":"BatchItem"}';
    const { item, problems } = readJson(text, '2.1');
    expect(item).toMatchObject({ tag: 0x42000f, value: [{ tag: 0x420125, value: [] }] });
    expect(problems).toMatchObject([
      { kind: 'missingType', path: 'BatchItem/Attributes/BatchCount' },
    ]);
  });

  it.each<[text: string, ...kinds: string[]]>([
    ['{"tag":"0x54abcd","value":[]}'],
    ['{"tag":"0x42FFFF","value":[]}'],
    ['{"tag":"0x430001","value":[]}', 'foreignTag'],
    ['{"tag":"0x042000f","value":[]}', 'badTag'],
    ['{"tag":"0x4200","value":[]}', 'badTag'],
    ['{"tag":"Gadget","value":[]}', 'unknownTag'],
    ['{"tag":"Batch Item","value":[]}', 'unknownTag'],
    ['{"tag":7,"value":[]}', 'badTag'],
    ['{"value":[]}', 'missingTag'],
    ['{"tbg":"BatchItem","value":[]}', 'missingTag', '(unknownKey)'],
    ['{"tag":"BatchItem","type":"Structvre","value":[]}', 'badType'],
    ['{"tag":"BatchItem"}', 'missingValue'],
    ['{"tag":"BatchItem","name":7,"value":[]}', 'badName'],
    ['{"tag":"BatchItem","type":"structure","value":[]}', 'badType'],
    ['{"tag":"BatchItem","type":1,"value":[]}', 'badType'],
    ['{"tag":"BatchItem","value":[],"note":{"a":[1]}}', '(unknownKey)'],
    ['{"tag":"BatchItem","tag":"BatchItem","value":[]}', 'duplicateKey'],
    ['{"tag":"BatchItem","value":[],"v\\u0061lue":[]}', 'duplicateKey'],
    ['{"tag":"BatchItem","value":[7]}', 'notAnObject'],
    ['{"tag":"BatchItem","value":[null]}', 'notAnObject'],
    ['{"tag":"BatchItem","value":[[]]}', 'nestedArray'],
    ['[{"tag":"BatchItem","value":[]}]', 'nestedArray'],
    ['7', 'notAnObject'],
    ['\ufeff{"tag":"BatchItem","value":[]}', '(byteOrderMark)'],
    [' {"tag":"BatchItem","value":[]}\r\n\t'],
    ['{"tag":"BatchItem","value":[]} x', 'textAfterEnd'],
    ['{"tag":"BatchItem","value":[],}', 'trailingComma'],
    ['{"tag":"BatchItem","value":[}', 'missingBracket'],
    ['{"tag":"BatchItem","value":[]', 'missingBracket'],
    ['{"tag":"BatchItem","value":[]]}', 'strayBracket'],
    ['{"tag":"BatchItem" "value":[]}', 'notJson'],
    ['{"value":[1a],"value":7,"tag":"BatchItem"}', 'notAnObject', 'notJson', 'duplicateKey'],
    ['{"tag":"BatchItem","value":NaN}', 'notJson'],
    ['{"tag":"BatchItem","value":[],,}', 'trailingComma', 'notJson'],
    ["{'tag':'BatchItem'}", 'notJson'],
    ['{tag:"BatchItem"}', 'notJson'],
    ['{"tag":"Comment","type":"Integer","value":07}', 'notJson'],
    ['{"tag":"Comment","type":"Integer","value":+7}', 'notJson'],
    ['{"tag":"Comment","type":"TextString","value":"\n"}', 'notJson'],
    ['{"tag":"Comment","type":"TextString","value":"\\x"}', 'notJson'],
    ['{"tag":"Comment","type":"TextString","value":"a', 'notJson'],
    ['', 'notJson'],
    ['// no\n{"tag":"BatchItem","value":[]}', 'notJson'],
  ])('%s', (text, ...kinds) => {
    const { problems } = readJson(text, '2.1');
    const told = problems.map(({ kind, tolerable }) => (tolerable === true ? `(${kind})` : kind));
    expect(told).toEqual(kinds);
  });

  it('keep the last of two values, as JSON readers do', () => {
    const text = '{"tag":"Comment","type":"Integer","value":1,"value":2}';
    expect(readJson(text, '2.1').item).toMatchObject({ value: 2 });
  });

  it('keep names of tags that are not known', () => {
    const { item } = readJson('{"tag":"Gadget","type":"Integer","value":7}', '2.1');
    expect(item).toEqual({ tag: 0, unknownName: 'Gadget', type: 'Integer', value: 7 });
  });

  it('are left out where their value cannot be read, and only they', () => {
    const { item } = readJson(
      `{"tag":"Attributes","value":[
        {"tag":"Comment","type":"Integer","value":"x"},
        {"tag":"Comment","type":"Integer","value":7}]}`,
      '2.1',
    );
    expect(valuesOf(item)).toEqual([7]);
  });

  it('are read as far as the text is JSON', () => {
    const { item, problems } = readJson(
      '{"tag":"Attributes","value":[{"tag":"Comment","type":"Integer","value":7},{"tag":nil',
      '2.1',
    );
    expect(valuesOf(item)).toEqual([7]);
    expect(problems.filter(({ kind }) => kind === 'notJson')).toHaveLength(1);
  });
});

describe('problems of KMIP in JSON', () => {
  it('say where they are', () => {
    const text = `{"tag": "RequestMessage", "value": [
      {"tag": "BatchItem", "value": []},
      {"tag": "BatchItem", "value": [
        {"tag": "Operation", "type": "Enumeration", "value": "Teleport"}]}]}`;
    expect(readJson(text, '2.1').problems).toEqual([
      {
        kind: 'unknownEnumeration',
        at: text.indexOf('"Teleport"'),
        path: 'RequestMessage/BatchItem[1]/Operation',
        detail: `line 4: "Teleport"; ${rules.unknownEnumeration}`,
      },
    ]);
  });

  it('are told up to a limit, and the last says of what kinds the others are', () => {
    const read = readJson(`{"tag":"Attributes","value":[${'7,'.repeat(600)}"x"]}`, '2.1');
    expect(read.problems).toHaveLength(501);
    expect(read.problems.at(-1)).toMatchObject({
      kind: 'furtherProblems',
      detail: expect.stringContaining('notAnObject'),
    });
  });
});

describe('limits of KMIP in JSON', () => {
  const nested = (depth: number) =>
    '{"tag":"Attributes","value":['.repeat(depth) + ']}'.repeat(depth);

  it('are 64 levels', () => {
    expect(readJson(nested(64), '2.1').problems).toEqual([]);
    const { problems, item } = readJson(nested(65), '2.1');
    expect(problems).toMatchObject([{ kind: 'tooDeep' }]);
    expect(item).not.toBeNull();
  });

  it('are 1,000 levels at most', () => {
    const limits = { depth: 1e9, bytes: 1e9 };
    expect(readJson(nested(1000), '2.1', undefined, limits).problems).toEqual([]);
    expect(readJson(nested(1001), '2.1', undefined, limits).problems).toMatchObject([
      { kind: 'tooDeep' },
    ]);
  });

  it('are the length of the text', () => {
    const text = '{"tag":"Attributes","value":[]}';
    const limits = { depth: 64, bytes: text.length };
    expect(readJson(text, '2.1', undefined, limits).problems).toEqual([]);
    expect(readJson(`${text} `, '2.1', undefined, limits)).toMatchObject({
      item: null,
      problems: [{ kind: 'tooLong' }],
    });
  });

  it.each([
    ['brackets', '['.repeat(2e6)],
    ['brackets and braces', '[{'.repeat(1e6)],
    ['braces on lines of their own', '{\n '.repeat(1e6) + ']'.repeat(1e6)],
    ['values before tags', '{"value":['.repeat(63) + '7,'.repeat(1e5) + '7' + ']}'.repeat(63)],
    ['commas', `{"tag":"Attributes","value":[${','.repeat(2e6)}`],
    ['trailing commas', `{"tag":"Attributes","value":[${'[7,],'.repeat(4e5)}]}`],
    ['digits', `{"tag":"Comment","type":"BigInteger","value":${'9'.repeat(2e6)}}`],
    ['hex', `{"tag":"Comment","type":"BigInteger","value":"0x${'f'.repeat(2e6)}"}`],
    ['backslashes', `{"tag":"Comment","type":"TextString","value":"${'\\\\'.repeat(1e6)}`],
    ['quotation marks', '"'.repeat(2e6)],
    [
      'parts of a mask',
      `{"tag":"StorageStatusMask","type":"Integer","value":"${'|'.repeat(1e6)}"}`,
    ],
  ])('leave the time linear: %s', (_name, text) => {
    const start = performance.now();
    readJson(text, '2.1');
    expect(performance.now() - start).toBeLessThan(5000);
  });
});

function second({ item, problems }: ReadTree): readonly unknown[] {
  return [valuesOf(item)[1], ...problems.map(({ kind }) => kind)];
}

function valuesOf(item: Item | null): readonly unknown[] {
  return item?.type === 'Structure' ? item.value.map(({ value }) => value) : [];
}
