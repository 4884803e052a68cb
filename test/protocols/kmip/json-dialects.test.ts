import { describe, expect, it } from 'vitest';
import type { Dialect } from '#src/protocols/kmip/json/dialect.ts';
import { cosmian4 } from '#src/protocols/kmip/json/dialects/cosmian-4.ts';
import { cosmian5 } from '#src/protocols/kmip/json/dialects/cosmian-5.ts';
import { cosmianPage } from '#src/protocols/kmip/json/dialects/cosmian-page.ts';
import { jsonDialects } from '#src/protocols/kmip/json/dialects/dialects.ts';
import { oasis } from '#src/protocols/kmip/json/dialects/oasis.ts';
import { readJson } from '#src/protocols/kmip/json/read-json.ts';
import { writeJson } from '#src/protocols/kmip/json/write-json.ts';
import { tags } from '#src/protocols/kmip/registry/tags.ts';
import type { Item } from '#src/protocols/kmip/tree.ts';

const response: Item = {
  tag: tags.ResponseMessage,
  type: 'Structure',
  value: [
    {
      tag: tags.ResponseHeader,
      type: 'Structure',
      value: [
        { tag: tags.TimeStamp, type: 'DateTime', value: 1698748303n },
        { tag: tags.BatchCount, type: 'Integer', value: 2 },
      ],
    },
    {
      tag: tags.BatchItem,
      type: 'Structure',
      value: [
        { tag: tags.UniqueBatchItemID, type: 'ByteString', value: Uint8Array.of(0, 0, 1, 2) },
        { tag: tags.ResultStatus, type: 'Enumeration', value: 1 },
        { tag: tags.ResultReason, type: 'Enumeration', value: 1 },
      ],
    },
    {
      tag: tags.BatchItem,
      type: 'Structure',
      value: [
        { tag: tags.ResultStatus, type: 'Enumeration', value: 0 },
        {
          tag: tags.ResponsePayload,
          type: 'Structure',
          value: [
            { tag: tags.LocatedItems, type: 'Integer', value: -1 },
            { tag: tags.UniqueIdentifier, type: 'TextString', value: 'a' },
            { tag: tags.HashingAlgorithm, type: 'Enumeration', value: 6 },
            { tag: tags.UsageLimitsTotal, type: 'LongInteger', value: 0xabcdn },
          ],
        },
      ],
    },
  ],
};

describe('the JSON that each dialect writes', () => {
  it('oasis: as the examples of the standard', () => {
    expect(writeJson(response, '2.1', oasis)).toBe(
      '{"tag":"ResponseMessage","value":[{"tag":"ResponseHeader","value":[' +
        '{"tag":"TimeStamp","type":"DateTime","value":"2023-10-31T10:31:43+00:00"},' +
        '{"tag":"BatchCount","type":"Integer","value":"0x00000002"}]},' +
        '{"tag":"BatchItem","value":[' +
        '{"tag":"UniqueBatchItemID","type":"ByteString","value":"00000102"},' +
        '{"tag":"ResultStatus","type":"Enumeration","value":"OperationFailed"},' +
        '{"tag":"ResultReason","type":"Enumeration","value":"ItemNotFound"}]},' +
        '{"tag":"BatchItem","value":[' +
        '{"tag":"ResultStatus","type":"Enumeration","value":"Success"},' +
        '{"tag":"ResponsePayload","value":[' +
        '{"tag":"LocatedItems","type":"Integer","value":"0xffffffff"},' +
        '{"tag":"UniqueIdentifier","type":"TextString","value":"a"},' +
        '{"tag":"HashingAlgorithm","type":"Enumeration","value":"SHA_256"},' +
        '{"tag":"UsageLimitsTotal","type":"LongInteger","value":"0x000000000000abcd"}]}]}]}',
    );
  });

  it('cosmian-5: numbers for 32 bits, capitals, names as in Rust', () => {
    expect(writeJson(response, '2.1', cosmian5)).toBe(
      '{"tag":"ResponseMessage","value":[{"tag":"ResponseHeader","value":[' +
        '{"tag":"TimeStamp","type":"DateTime","value":"2023-10-31T10:31:43Z"},' +
        '{"tag":"BatchCount","type":"Integer","value":2}]},' +
        '{"tag":"BatchItem","value":[' +
        '{"tag":"UniqueBatchItemID","type":"ByteString","value":"00000102"},' +
        '{"tag":"ResultStatus","type":"Enumeration","value":"OperationFailed"},' +
        '{"tag":"ResultReason","type":"Enumeration","value":"Item_Not_Found"}]},' +
        '{"tag":"BatchItem","value":[' +
        '{"tag":"ResultStatus","type":"Enumeration","value":"Success"},' +
        '{"tag":"ResponsePayload","value":[' +
        '{"tag":"LocatedItems","type":"Integer","value":-1},' +
        '{"tag":"UniqueIdentifier","type":"TextString","value":"a"},' +
        '{"tag":"HashingAlgorithm","type":"Enumeration","value":"SHA256"},' +
        '{"tag":"UsageLimitsTotal","type":"LongInteger","value":"0x000000000000ABCD"}]}]}]}',
    );
  });

  it('cosmian-4: Message, Header and Items, types of structures, wrapped repeats', () => {
    expect(writeJson(response, '2.1', cosmian4)).toBe(
      '{"tag":"Message","type":"Structure","value":[{"tag":"Header","type":"Structure","value":[' +
        '{"tag":"Timestamp","type":"LongInteger","value":"0x000000006540D78F"},' +
        '{"tag":"BatchCount","type":"Integer","value":2}]},' +
        '{"tag":"Items","type":"Structure","value":[{"tag":"Items","type":"Structure","value":[' +
        '{"tag":"UniqueBatchItemId","type":"Integer","value":258},' +
        '{"tag":"ResultStatus","type":"Enumeration","value":"OperationFailed"},' +
        '{"tag":"ResultReason","type":"Enumeration","value":"Item_Not_Found"}]},' +
        '{"tag":"Items","type":"Structure","value":[' +
        '{"tag":"ResultStatus","type":"Enumeration","value":"Success"},' +
        '{"tag":"ResponsePayload","type":"Structure","value":[' +
        '{"tag":"LocatedItems","type":"Integer","value":-1},' +
        '{"tag":"UniqueIdentifier","type":"Structure","value":[' +
        '{"tag":"UniqueIdentifier","type":"TextString","value":"a"}]},' +
        '{"tag":"HashingAlgorithm","type":"Enumeration","value":"SHA256"},' +
        '{"tag":"UsageLimitsTotal","type":"LongInteger","value":"0x000000000000ABCD"}]}]}]}]}',
    );
  });

  it('cosmian-page: Header, Items in the first of nested batch items, numbers', () => {
    expect(writeJson(response, '2.1', cosmianPage)).toBe(
      '{"tag":"ResponseMessage","type":"Structure","value":[' +
        '{"tag":"Header","type":"Structure","value":[' +
        '{"tag":"Timestamp","type":"LongInteger","value":1698748303},' +
        '{"tag":"BatchCount","type":"Integer","value":2}]},' +
        '{"tag":"BatchItem","type":"Structure","value":[' +
        '{"tag":"Items","type":"Structure","value":[' +
        '{"tag":"UniqueBatchItemID","type":"ByteString","value":"00000102"},' +
        '{"tag":"ResultStatus","type":"Enumeration","value":"OperationFailed"},' +
        '{"tag":"ResultReason","type":"Enumeration","value":"Item_Not_Found"}]},' +
        '{"tag":"BatchItem","type":"Structure","value":[' +
        '{"tag":"ResultStatus","type":"Enumeration","value":"Success"},' +
        '{"tag":"ResponsePayload","type":"Structure","value":[' +
        '{"tag":"LocatedItems","type":"Integer","value":-1},' +
        '{"tag":"UniqueIdentifier","type":"TextString","value":"a"},' +
        '{"tag":"HashingAlgorithm","type":"Enumeration","value":"SHA256"},' +
        '{"tag":"UsageLimitsTotal","type":"LongInteger","value":43981}]}]}]}]}',
    );
  });

  it.each(jsonDialects)('$name: an extension without a name as hex', (dialect) => {
    const item: Item = { tag: 0x54abcd, type: 'Enumeration', value: 0x80000001 };
    expect(writeJson(item, '2.1', dialect)).toBe(
      '{"tag":"0x54abcd","type":"Enumeration","value":"0x80000001"}',
    );
  });

  it('oasis: an Attribute Value by the names of the attribute before it', () => {
    const name = (value: string): Item => ({ tag: tags.AttributeName, type: 'TextString', value });
    const algorithm: Item = { tag: tags.AttributeValue, type: 'Enumeration', value: 3 };
    const mask: Item = { tag: tags.AttributeValue, type: 'Integer', value: 12 };
    const values = (...parts: readonly Item[]) => {
      const attribute: Item = { tag: tags.Attribute, type: 'Structure', value: parts };
      const text = writeJson(attribute, '1.4');
      expect(readJson(text, '1.4')).toEqual({ item: attribute, problems: [] });
      return JSON.parse(text).value.map(({ value }: { readonly value: unknown }) => value);
    };
    expect(values(name('Cryptographic Algorithm'), algorithm)).toEqual([
      'Cryptographic Algorithm',
      'AES',
    ]);
    expect(values(name('Cryptographic Usage Mask'), mask)[1]).toBe('Encrypt|Decrypt');
    expect(values(algorithm, name('Cryptographic Algorithm'))[0]).toBe('0x00000003');
    expect(values(name('x-Mine'), algorithm)[1]).toBe('0x00000003');
  });

  it('cosmian-5: a value by number where its spelling in Rust is not known', () => {
    const item: Item = { tag: tags.MaskGenerator, type: 'Enumeration', value: 1 };
    expect(written(item, cosmian5)).toBe('MGF1');
    expect(written({ ...item, tag: tags.CryptographicAlgorithm, value: 2 }, cosmian5)).toBe(
      'THREE_DES',
    );
    expect(written({ ...item, tag: tags.DigitalSignatureAlgorithm, value: 3 }, cosmian5)).toBe(
      '0x00000003',
    );
    expect(written({ ...item, tag: tags.KeyFormatType, value: 3 }, cosmian5)).toBe('PKCS1');
  });

  it('cosmian-5: a Date-Time Extended in the 128 bits of that server, with its sign', () => {
    const item: Item = { tag: tags.TimeStamp, type: 'DateTimeExtended', value: -2n };
    expect(written(item, cosmian5)).toBe(`0x${'F'.repeat(31)}E`);
    expect(written({ ...item, value: 2n }, cosmian5)).toBe(`0x${'0'.repeat(31)}2`);
  });

  it('cosmian-4: a managed object as Object beside its Object Type, else by its tag', () => {
    const key: Item = { tag: tags.SymmetricKey, type: 'Structure', value: [] };
    const type: Item = { tag: tags.ObjectType, type: 'Enumeration', value: 2 };
    const names = (...value: readonly Item[]) => {
      const payload: Item = { tag: tags.ResponsePayload, type: 'Structure', value };
      const text = writeJson(payload, '2.1', cosmian4);
      expect(read(text, cosmian4).item).toEqual(payload);
      return JSON.parse(text).value.map(({ tag }: { readonly tag: unknown }) => tag);
    };
    expect(names(type, key)).toEqual(['ObjectType', 'Object']);
    expect(names(key)).toEqual(['SymmetricKey']);
  });

  it('cosmian-4: an identifier alone, but beside Located Items in a structure of its tag', () => {
    const identifier: Item = { tag: tags.UniqueIdentifier, type: 'TextString', value: 'a' };
    const count: Item = { tag: tags.LocatedItems, type: 'Integer', value: 1 };
    const last = (...value: readonly Item[]) => {
      const payload: Item = { tag: tags.ResponsePayload, type: 'Structure', value };
      return JSON.parse(writeJson(payload, '2.1', cosmian4)).value.at(-1);
    };
    expect(last(identifier).type).toBe('TextString');
    expect(last(count, identifier).type).toBe('Structure');
  });

  it('oasis: dates of the years 1 to 9999, others as hex', () => {
    const date = (value: bigint) =>
      written({ tag: tags.TimeStamp, type: 'DateTime', value }, oasis);
    expect(date(0n)).toBe('1970-01-01T00:00:00+00:00');
    expect(date(-1n)).toBe('1969-12-31T23:59:59+00:00');
    expect(date(-62135596800n)).toBe('0001-01-01T00:00:00+00:00');
    expect(date(-62135596801n)).toBe('0xfffffff1886e08ff');
    expect(date(253402300799n)).toBe('9999-12-31T23:59:59+00:00');
    expect(date(253402300800n)).toBe('0x0000003afff44180');
  });

  it('oasis: Big Integers in as many times sixteen digits as their sign needs', () => {
    const big = (value: bigint) => written({ tag: tags.Modulus, type: 'BigInteger', value }, oasis);
    expect(big(0n)).toBe('0x0000000000000000');
    expect(big(-1n)).toBe('0xffffffffffffffff');
    expect(big(2n ** 63n - 1n)).toBe('0x7fffffffffffffff');
    expect(big(2n ** 63n)).toBe('0x00000000000000008000000000000000');
    expect(big(-(2n ** 63n))).toBe('0x8000000000000000');
    expect(big(-(2n ** 63n) - 1n)).toBe('0xffffffffffffffff7fffffffffffffff');
  });

  it('cosmian-page: numbers up to 2^52, hex from there on', () => {
    const long = (value: bigint) =>
      written({ tag: tags.UsageLimitsTotal, type: 'LongInteger', value }, cosmianPage);
    expect(long(2n ** 52n - 1n)).toBe(4503599627370495);
    expect(long(2n ** 52n)).toBe('0x0010000000000000');
    expect(long(1n - 2n ** 52n)).toBe(-4503599627370495);
    expect(long(-(2n ** 52n))).toBe('0xfff0000000000000');
  });

  it.each(jsonDialects)('$name: nothing out of the range of its type', (dialect) => {
    for (const item of [
      { tag: tags.BatchCount, type: 'Integer', value: 2 ** 31 },
      { tag: tags.LeaseTime, type: 'Interval', value: -1 },
      { tag: tags.TimeStamp, type: 'DateTime', value: 2n ** 63n },
      { tag: 2 ** 24, type: 'Boolean', value: true },
    ] as const satisfies readonly Item[]) {
      expect(() => writeJson(item, '2.1', dialect)).toThrow('expected');
    }
  });
});

describe('what the dialects read beside the standard', () => {
  /** Printed by cloudproof_kms_js 4.0.0 for a key with a link and an attribute of the vendor. */
  const create =
    '{"tag":"Create","type":"Structure","value":[{"tag":"ObjectType","type":"Enumeration","value":"SymmetricKey"},{"tag":"Attributes","type":"Structure","value":[{"tag":"ObjectType","type":"Enumeration","value":"SymmetricKey"},{"tag":"Link","type":"Structure","value":[{"tag":"Link","type":"Structure","value":[{"tag":"LinkType","type":"Enumeration","value":"ParentLink"},{"tag":"LinkedObjectIdentifier","type":"TextString","value":"x"}]}]},{"tag":"VendorAttributes","type":"Structure","value":[{"tag":"VendorAttributes","type":"Structure","value":[{"tag":"VendorIdentification","type":"TextString","value":"cosmian"},{"tag":"AttributeName","type":"TextString","value":"tag"},{"tag":"AttributeValue","type":"ByteString","value":"01ff"}]}]},{"tag":"CryptographicAlgorithm","type":"Enumeration","value":"AES"},{"tag":"CryptographicLength","type":"Integer","value":256},{"tag":"CryptographicUsageMask","type":"Enumeration","value":12},{"tag":"KeyFormatType","type":"Enumeration","value":"TransparentSymmetricKey"}]}]}';

  it('cosmian-4: the Create of cloudproof_kms_js', () => {
    const { item, kinds } = read(create, cosmian4);
    expect(kinds).toEqual([
      '(bareOperation)',
      ...['(wrappedRepeat)', '(wrappedRepeat)', '(tagAlias)', '(tagAlias)', '(otherType)'],
    ]);
    expect(item === null ? null : JSON.parse(writeJson(item, '2.1'))).toEqual({
      tag: 'Create',
      value: [
        { tag: 'ObjectType', type: 'Enumeration', value: 'SymmetricKey' },
        {
          tag: 'Attributes',
          value: [
            { tag: 'ObjectType', type: 'Enumeration', value: 'SymmetricKey' },
            {
              tag: 'Link',
              value: [
                { tag: 'LinkType', type: 'Enumeration', value: 'ParentLink' },
                { tag: 'LinkedObjectIdentifier', type: 'TextString', value: 'x' },
              ],
            },
            {
              tag: 'Attribute',
              value: [
                { tag: 'VendorIdentification', type: 'TextString', value: 'cosmian' },
                { tag: 'AttributeName', type: 'TextString', value: 'tag' },
                { tag: 'AttributeValue', type: 'ByteString', value: '01ff' },
              ],
            },
            { tag: 'CryptographicAlgorithm', type: 'Enumeration', value: 'AES' },
            { tag: 'CryptographicLength', type: 'Integer', value: '0x00000100' },
            { tag: 'CryptographicUsageMask', type: 'Integer', value: 'Encrypt|Decrypt' },
            { tag: 'KeyFormatType', type: 'Enumeration', value: 'TransparentSymmetricKey' },
          ],
        },
      ],
    });
  });

  it('cosmian-4: unknown tags within each other are no repeat', () => {
    const text = '{"tag":"Attributes","value":[{"tag":"Foo","value":[{"tag":"Bar","value":[]}]}]}';
    const { item, kinds } = read(text, cosmian4);
    expect(kinds).toEqual(['unknownTag', 'unknownTag']);
    expect(item).toMatchObject({
      value: [{ unknownName: 'Foo', value: [{ unknownName: 'Bar' }] }],
    });
  });

  it('cosmian-4: an Object is what the Object Type before it says', () => {
    const got = (type: string) =>
      read(
        `{"tag":"GetResponse","value":[{"tag":"ObjectType","type":"Enumeration","value":"${type}"},
          {"tag":"Object","type":"Structure","value":[]}]}`,
        cosmian4,
      );
    expect(got('SymmetricKey').item).toMatchObject({ value: [{}, { tag: tags.SymmetricKey }] });
    expect(got('PublicKey').item).toMatchObject({ value: [{}, { tag: tags.PublicKey }] });
    expect(got('PublicKey').kinds).toEqual(['(bareOperation)', '(tagAlias)']);
    expect(got('Nonsense').kinds).toContain('unknownTag');
  });

  it.each<[string, string, Item]>([
    [
      'UsageLimitsTotal',
      '"Integer","value":7',
      { tag: tags.UsageLimitsTotal, type: 'LongInteger', value: 7n },
    ],
    [
      'ActivationDate',
      '"Integer","value":7',
      { tag: tags.ActivationDate, type: 'DateTime', value: 7n },
    ],
    [
      'ActivationDate',
      '"LongInteger","value":7',
      { tag: tags.ActivationDate, type: 'DateTime', value: 7n },
    ],
    ['LeaseTime', '"Integer","value":0', { tag: tags.LeaseTime, type: 'Interval', value: 0 }],
    [
      'UniqueBatchItemID',
      '"Integer","value":258',
      { tag: tags.UniqueBatchItemID, type: 'ByteString', value: Uint8Array.of(0, 0, 1, 2) },
    ],
    [
      'StorageStatusMask',
      '"Enumeration","value":4294967295',
      { tag: tags.StorageStatusMask, type: 'Integer', value: -1 },
    ],
  ])('cosmian-4: %s of another type, %s', (tag, rest, item) => {
    expect(read(`{"tag":"${tag}","type":${rest}}`, cosmian4)).toEqual({
      item,
      kinds: ['(otherType)'],
    });
  });

  it.each([
    ['LeaseTime', '"Integer","value":-1'],
    ['Comment', '"Integer","value":1'],
    ['UsageLimitsTotal', '"TextString","value":"7"'],
    ['UniqueIdentifier', '"Integer","value":1'],
    ['0x540001', '"Integer","value":1'],
  ])('cosmian-4: %s of another type that cannot say the same stays, %s', (tag, rest) => {
    const { item, kinds } = read(`{"tag":"${tag}","type":${rest}}`, cosmian4);
    expect(kinds).toEqual([]);
    expect(item).toEqual(readJson(`{"tag":"${tag}","type":${rest}}`, '2.1').item);
  });

  it('cosmian-4: repeats by the hundred thousand', () => {
    const link = '{"tag":"Link","type":"Structure","value":[]}';
    const many = Array.from({ length: 200_000 }, () => link).join(',');
    const { item, kinds } = read(
      `{"tag":"Attributes","value":[{"tag":"Link","value":[${many}]}]}`,
      cosmian4,
    );
    expect(item?.type === 'Structure' ? item.value.length : 0).toBe(200_000);
    expect(kinds).toEqual(['(wrappedRepeat)']);
  });

  it('cosmian-4: a Message is a response if its items say so', () => {
    const message = (field: string) =>
      read(`{"tag":"Message","value":[{"tag":"Items","value":[${field}]}]}`, cosmian4).item;
    const status = '{"tag":"ResultStatus","type":"Enumeration","value":"Success"}';
    const operation = '{"tag":"Operation","type":"Enumeration","value":"Locate"}';
    expect(message(status)).toMatchObject({ tag: tags.ResponseMessage });
    expect(message(operation)).toMatchObject({ tag: tags.RequestMessage });
  });

  it('cosmian-5: names as in Rust, more digits, fractions of dates', () => {
    expect(read('{"tag":"ResultReason","type":"Enumeration","value":"Item_Not_Found"}')).toEqual({
      item: { tag: tags.ResultReason, type: 'Enumeration', value: 1 },
      kinds: ['(enumerationSpelling)'],
    });
    expect(read('{"tag":"HashingAlgorithm","type":"Enumeration","value":"SHA256"}')).toMatchObject({
      item: { value: 6 },
    });
    expect(read('{"tag":"X509CertificateIdentifier","value":[]}')).toEqual({
      item: { tag: tags.X_509CertificateIdentifier, type: 'Structure', value: [] },
      kinds: ['(tagSpelling)'],
    });
    expect(
      read('{"tag":"TimeStamp","type":"DateTime","value":"2023-10-31T10:31:43.000000000Z"}'),
    ).toMatchObject({ item: { value: 1698748303n }, kinds: ['(dateFraction)'] });
    expect(
      read('{"tag":"BatchCount","type":"Integer","value":"0x0000000000000002"}'),
    ).toMatchObject({ item: { value: 2 }, kinds: ['(hexWidth)'] });
    expect(
      read(`{"tag":"TimeStamp","type":"DateTimeExtended","value":"0x${'F'.repeat(31)}E"}`),
    ).toMatchObject({ item: { value: -2n }, kinds: ['(hexWidth)'] });
  });

  it('cosmian-5: an operation without a message keeps its name', () => {
    for (const name of ['Create', 'CreateResponse', 'Mac', 'MAC', 'LocateResponse']) {
      expect(read(`{"tag":"${name}","value":[]}`)).toEqual({
        item: { tag: 0, unknownName: name, type: 'Structure', value: [] },
        kinds: ['(bareOperation)'],
      });
    }
    expect(read('{"tag":"Attributes","value":[{"tag":"Create","value":[]}]}').kinds).toEqual([
      'unknownTag',
    ]);
  });

  it('cosmian-page: one slip of the pen, if only one tag can be meant', () => {
    for (const name of ['BtachItem', 'BatchItm', 'BatchIttem', 'BatchItwm', 'BatchItme']) {
      expect(read(`{"tag":"${name}","value":[]}`, cosmianPage)).toEqual({
        item: { tag: tags.BatchItem, type: 'Structure', value: [] },
        kinds: ['(tagMistyped)'],
      });
    }
    // One letter away from five tags of one letter.
    expect(read('{"tag":"R","value":[]}', cosmianPage).kinds).toEqual(['unknownTag']);
    expect(read('{"tag":"BtachItme","value":[]}', cosmianPage).kinds).toEqual(['unknownTag']);
  });

  it('cosmian-page: a structure where the standard names no type stays', () => {
    const text =
      '{"tag":"AttributeValue","value":[{"tag":"NameValue","type":"TextString","value":"a"}]}';
    expect(read(text, cosmianPage)).toEqual({ item: readJson(text, '2.1').item, kinds: [] });
  });

  it('oasis: none of all this', () => {
    expect(read(create, oasis).kinds).toEqual(['unknownTag', 'unknownTag', 'unknownTag']);
    expect(
      read('{"tag":"ResultReason","type":"Enumeration","value":"Item_Not_Found"}', oasis).kinds,
    ).toEqual(['unknownEnumeration']);
  });

  it.each(jsonDialects)(
    '$name: names that every JavaScript object has are names like others',
    (dialect) => {
      for (const name of ['constructor', '__proto__', 'toString', 'valueOf']) {
        const type = '"type":"Enumeration"';
        expect(read(`{"tag":"Operation",${type},"value":"${name}"}`, dialect).kinds).toEqual([
          'unknownEnumeration',
        ]);
        expect(read(`{"tag":"${name}","value":[]}`, dialect).kinds).toEqual(['unknownTag']);
        expect(read(`{"tag":"BatchItem","type":"${name}","value":[]}`, dialect).kinds).toEqual([
          'badType',
        ]);
        expect(read(`{"tag":"BatchItem","value":[],"${name}":7}`, dialect).kinds).toEqual([
          '(unknownKey)',
        ]);
      }
    },
  );

  it.each(jsonDialects)('$name: what is wrong in any dialect', (dialect) => {
    for (const [text, kind] of [
      ['{"tag":"BatchItem","value":[]} {}', 'textAfterEnd'],
      ['{"tag":"BatchItem","tag":"BatchItem","value":[]}', 'duplicateKey'],
      ['{"tag":"TimeStamp","type":"DateTime","value":"yesterday"}', 'badDate'],
      ['{"tag":"Operation","type":"Enumeration","value":"Teleport"}', 'unknownEnumeration'],
      ['{"tag":"BatchCount","type":"Integer","value":2147483648}', 'outOfRange'],
    ] as const) {
      expect(read(text, dialect).kinds).toEqual([kind]);
    }
  });
});

describe('brackets that are wrong', () => {
  const leaf = '{"tag":"BatchCount","type":"Integer","value":1}';
  const whole = `{
  "tag": "RequestMessage",
  "value": [ {
    "tag": "BatchItem",
    "value": [ ${leaf} ]
  }, {
    "tag": "BatchItem",
    "value": [ ${leaf} ]
  } ]
}`;
  const { item } = read(whole, oasis);

  it.each([
    ['a ] is missing', whole.replace(`${leaf} ]\n  },`, `${leaf}\n  },`), ['missingBracket']],
    [
      '] and } are missing',
      whole.replace(`${leaf} ]\n  } ]`, `${leaf} ]`),
      ['missingBracket', 'missingBracket'],
    ],
    ['a ] is too many', whole.replace('} ]\n}', '} ] ]\n}'), ['strayBracket']],
    ['the end is missing', whole.slice(0, -4), ['missingBracket', 'missingBracket']],
  ])('%s', (_name, text, kinds) => {
    const mended = read(text, oasis);
    expect(mended.kinds).toEqual(kinds);
    expect(mended.item).toEqual(item);
  });

  it('indentation does not matter where brackets match', () => {
    const text = `{"tag": "Attributes", "value": [
      {"tag": "Attributes", "value": [
],}
]}`;
    expect(read(text, oasis).kinds).toEqual(['trailingComma']);
  });

  it('indentation decides where several could be closed', () => {
    const text = `{
  "tag": "RequestMessage",
  "value": [
    {
      "tag": "BatchItem",
      "value": [
        {
          "tag": "Attributes",
          "value": [ ${leaf}
    },
    {
      "tag": "BatchItem",
      "value": [ ${leaf} ]
    }
  ]
}`;
    const { item: mended, kinds } = read(text, cosmianPage);
    expect(kinds).toEqual(['(missingBracket)', '(missingBracket)', '(missingBracket)']);
    expect(mended).toMatchObject({
      value: [
        { tag: tags.BatchItem, value: [{ tag: tags.Attributes, value: [{ value: 1 }] }] },
        { tag: tags.BatchItem, value: [{ value: 1 }] },
      ],
    });
  });
});

function read(
  text: string,
  dialect: Dialect = cosmian5,
): { readonly item: Item | null; readonly kinds: readonly string[] } {
  const { item, problems } = readJson(text, '2.1', dialect);
  const kinds = problems.map(({ kind, tolerable }) => (tolerable === true ? `(${kind})` : kind));
  return { item, kinds };
}

function written(item: Item, dialect: Dialect): unknown {
  return JSON.parse(writeJson(item, '2.1', dialect)).value;
}
