import { describe, expect, it } from 'vitest';
import fc from 'fast-check';

import { isJsonObject, parseJson, pythonJson, type Json } from '#src/base/json.ts';

const read = (text: string, specials = false) => parseJson(Buffer.from(text), { specials });
const readHex = (hex: string) =>
  parseJson(Buffer.from(hex.replaceAll(' ', ''), 'hex'), { specials: true });
const accepted = (value: Json) => ({ ok: true, value });
const refused = { ok: false, why: expect.any(String) };

describe('reading JSON', () => {
  it('keeps integers beyond 2^53', () => {
    expect(read('9007199254740991')).toEqual(accepted(9007199254740991));
    expect(read('9007199254740992')).toEqual(accepted(9007199254740992n));
    expect(read('[-9007199254740993]')).toEqual(accepted([-9007199254740993n]));
    expect(read('{"hash": 385789897481570657}')).toEqual(accepted({ hash: 385789897481570657n }));
    expect(read(`1${'0'.repeat(400)}`)).toEqual(accepted(10n ** 400n));
  });

  it('reads long floats and long strings of digits as what they are', () => {
    expect(read('0.024821811694813067')).toEqual(accepted(0.024821811694813067));
    expect(read('[1234567890123456789.5, 1234567890123456789E2, 1e-0000000000000000001]')).toEqual(
      accepted([1.2345678901234568e18, 1.2345678901234568e20, 0.1]),
    );
    expect(read('["12345678901234567890", 12345678901234567890]')).toEqual(
      accepted(['12345678901234567890', 12345678901234567890n]),
    );
  });

  it('reads integers of 4,300 digits and refuses those of 4,301, wherever they stand', () => {
    const digits = (count: number) => '7'.repeat(count);
    expect(read(`-${digits(4300)}`)).toEqual(accepted(-BigInt(digits(4300))));
    expect(read(digits(4301))).toEqual({ ok: false, why: 'an integer of more than 4300 digits' });
    expect(read(`{"a": -${digits(5000)}, "a": 1}`)).toEqual(refused);
    expect(read(`[${digits(5000)}.5, "${digits(5000)}", 1e-${digits(5000)}]`)).toEqual(
      accepted([Infinity, digits(5000), 0]),
    );
  });

  it('accepts NaN and the infinities only when told to', () => {
    const text = '{"a": NaN, "b": [-Infinity,Infinity], "NaN": "-Infinity \\" NaN"}';
    expect(read(text, true)).toEqual(
      accepted({ a: NaN, b: [-Infinity, Infinity], NaN: '-Infinity " NaN' }),
    );
    expect(read(text)).toEqual(refused);
    expect(read('"NaN"')).toEqual(accepted('NaN'));
  });

  it.each([
    '-NaN',
    '1NaN',
    'NaN1',
    'NaNNaN',
    '--Infinity',
    '1-Infinity',
    '+Infinity',
    'nan',
    'Inf',
  ])('refuses %s even then', (text) => expect(read(text, true)).toEqual(refused));

  it('does not take a number of the peer for a special literal', () => {
    expect(read('[NaN, 0E0, 1E0, -1E0, 0e0, 12345678901234567890]', true)).toEqual(
      accepted([NaN, 0, 1, -1, 0, 12345678901234567890n]),
    );
    expect(read('[NaN, falsE]', true)).toEqual(refused);
  });

  it('reads a float beyond the doubles as infinite, as Python does', () => {
    expect(read('[1e400, -1e400]')).toEqual(accepted([Infinity, -Infinity]));
  });

  it.each([
    ['a byte order mark', 'ef bb bf 7b 7d'],
    ['a NUL after the object', '7b 7d 00'],
    ['nothing', ''],
    ['an overlong slash', '22 c0 af 22'],
    ['an overlong NUL', '22 c0 80 22'],
    ['a surrogate in UTF-8', '22 ed a0 80 22'],
    ['a code point above U+10FFFF', '22 f4 90 80 80 22'],
    ['a cut character', '22 c3 22'],
    ['Latin-1', '22 e9 22'],
    ['UTF-16', 'ff fe 7b 00 7d 00'],
    ['a no-break space around it', 'c2 a0 7b 7d'],
  ])('refuses %s', (_what, hex) => expect(readHex(hex)).toEqual(refused));

  it.each([
    '{"a": 1,}',
    '[1,]',
    "{'a': 1}",
    '{"a": 01}',
    '[1] [2]',
    '"\t"',
    'undefined',
    '// 1\n1',
  ])('refuses %s', (text) => expect(read(text, true)).toEqual(refused));

  it('quotes nothing of the text in its reason', () => {
    expect(read('{"secret": hidden}')).toEqual({ ok: false, why: "Unexpected token 'h'" });
    expect(read('undefined')).toEqual({ ok: false, why: 'not JSON' });
  });

  it('keeps raw and escaped characters, and lone surrogates that were escaped', () => {
    expect(read('"é\\u00e9\u{1f511}\\ud83d\\udd11"')).toEqual(accepted('éé\u{1f511}\u{1f511}'));
    expect(read('"\\ud800"')).toEqual(accepted('\ud800'));
  });

  it('takes the last of members with one name', () => {
    expect(read('{"a": 12345678901234567890, "b": 2, "a": 1}')).toEqual(accepted({ a: 1, b: 2 }));
    expect(read('{"a": 1, "a": 12345678901234567890}')).toEqual(
      accepted({ a: 12345678901234567890n }),
    );
  });

  it.each(['{"__proto__": {"code": 1}}', '{"__proto__": {"code": 12345678901234567890}}'])(
    'keeps %s as a member of its own',
    (text) => {
      const result = read(text);
      const value = result.ok && isJsonObject(result.value) ? result.value : {};
      expect(Object.keys(value)).toEqual(['__proto__']);
      expect(value.code).toBeUndefined();
      expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
      expect(pythonJson(value)).toBe(text);
    },
  );

  it('reads 1,000 levels and refuses more, whatever they are made of', () => {
    const lists = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;
    const objects = (levels: number) => `${'{"[": '.repeat(levels)}1${'}'.repeat(levels)}`;
    const why = 'nested deeper than 1000 levels';
    expect(read(lists(1000))).toMatchObject({ ok: true });
    expect(read(objects(1000).replace('1}', '12345678901234567890}'))).toMatchObject({ ok: true });
    expect(read(`["${'['.repeat(2000)}\\"", ${'[],'.repeat(2000)}1]`)).toMatchObject({ ok: true });
    expect(read(lists(1001))).toEqual({ ok: false, why });
    expect(read(objects(1001))).toEqual({ ok: false, why });
    expect(read(lists(100_000))).toEqual({ ok: false, why });
    expect(read('['.repeat(100_000))).toEqual({ ok: false, why });
  });

  it('never throws, whatever the bytes', () => {
    const marks = ['"', '\\', '[', ']', '{', '}', ',', ':', ' ', '\0', '\ufeff', '\ud800', 'é'];
    const words = [
      'NaN',
      '-Infinity',
      'true',
      '1',
      '0.',
      'e',
      'E',
      '-',
      '12345678901234567',
      '"a": ',
    ];
    const fragments = fc.constantFrom(...marks, ...words);
    const text = fc
      .array(fragments, { maxLength: 30 })
      .map((pieces) => Buffer.from(pieces.join('')));
    fc.assert(
      fc.property(fc.oneof(text, fc.uint8Array()), fc.boolean(), (bytes, specials) => {
        const result = parseJson(bytes, { specials });
        if (!result.ok) expect(result.why).not.toBe('');
      }),
      { seed: 20230131, numRuns: 2000 },
    );
  });
});

describe("writing JSON as Python's json.dumps", () => {
  it.each<[Json, string]>([
    [
      { a: [1, true, null, { b: 'c' }], d: {}, e: [] },
      '{"a": [1, true, null, {"b": "c"}], "d": {}, "e": []}',
    ],
    ['é\u007f\u0080\u2028\u{1f511}', '"\\u00e9\\u007f\\u0080\\u2028\\ud83d\\udd11"'],
    ['"\\/\b\f\n\r\t\0\u001f\udfff', '"\\"\\\\/\\b\\f\\n\\r\\t\\u0000\\u001f\\udfff"'],
    [{ é: 1 }, '{"\\u00e9": 1}'],
    [385789897481570657n, '385789897481570657'],
    [-(2n ** 70n), '-1180591620717411303424'],
    [9007199254740991, '9007199254740991'],
    [9007199254740992, '9007199254740992.0'],
    [9999999999999998, '9999999999999998.0'],
    [1e16, '1e+16'],
    [12345678901234567000, '1.2345678901234567e+19'],
    [1e22, '1e+22'],
    [1.7976931348623157e308, '1.7976931348623157e+308'],
    [5e-324, '5e-324'],
    [0.0001, '0.0001'],
    [0.00001, '1e-05'],
    [-0.000001, '-1e-06'],
    [1e-7, '1e-07'],
    [1.25e-10, '1.25e-10'],
    [-0, '-0.0'],
    [1.54, '1.54'],
    [100000000, '100000000'],
  ])('writes %o', (value, text) => expect(pythonJson(value)).toBe(text));

  it('writes a long list as its items one by one', () => {
    const item = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.double({ min: -1, max: 1, noNaN: true }),
      fc.integer(),
      fc.constantFrom(-0, 1e-5, 1e16, 2 ** 53, '1,2', null, true),
    );
    fc.assert(
      fc.property(fc.array(item, { minLength: 1000, maxLength: 2600 }), (list) => {
        expect(pythonJson(list)).toBe(`[${list.map((value) => pythonJson(value)).join(', ')}]`);
        const plain = list.filter((value) => typeof value === 'number' && Math.abs(value) > 1e-3);
        expect(pythonJson(plain)).toBe(`[${plain.map((value) => pythonJson(value)).join(', ')}]`);
      }),
      { numRuns: 20 },
    );
  });

  it('says again what it read, where that is no finite number', () => {
    expect(pythonJson([Infinity, -Infinity, NaN])).toBe('[1e400, -1e400, NaN]');
  });

  it('gives back what was read, all but the point of integral floats', () => {
    const plain = fc.string({ unit: 'binary' });
    const { json } = fc.letrec<{ json: Json }>((tie) => ({
      json: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom(null, true, false),
        plain,
        fc.bigInt().filter((value) => !Number.isSafeInteger(Number(value))),
        fc.maxSafeInteger(),
        fc.double({ noNaN: true }),
        fc.array(tie('json')),
        fc.dictionary(plain, tie('json'), { noNullPrototype: true }),
      ),
    }));
    fc.assert(
      fc.property(json, (value) => {
        expect(read(pythonJson(value))).toEqual(accepted(value));
      }),
      { seed: 20230131, numRuns: 2000 },
    );
  });
});

/** The examples of the control protocol's document, without their trailing commas. */
const examples: readonly (readonly [code: number, contentLength: number, content: string])[] = [
  [101, 31, '{"serial_number":"QOSST/0001"}'],
  [
    120,
    128,
    '{"frame_uuid":"9f0b6ea4-9e8c-11ed-8b23-0028f86a9730","optional_parameter":"value","extra_optional_parameter":"other_value"}',
  ],
  [122, 54, '{"deny_message":"The roll-off parameter is missing."}'],
  [123, 54, '{"deny_message":"The roll-off parameter is missing."}'],
  [140, 54, '{"frame_uuid":"9f0b6ea4-9e8c-11ed-8b23-0028f86a9730"}'],
  [160, 31, '{"indices":[1,57,17,90,3]}'],
  [161, 70, '{"symbols_real":[1,1,1,-1,-1],"symbols_imag":[1,-1,1,1,-1]}'],
  [162, 73, '{"error_message":"Indice 10000 is out of bound for array of size 5000."}'],
  [164, 18, '{"n_photon":1.54}'],
  [
    165,
    116,
    '{"n_photon":1.54,"transmittance":0.5,"excess_noise":0.1,"electronic_noise":0.05,"eta":0.8,"key_rate":200}',
  ],
  [167, 37, '{"deny_message":"Key rate is null."}'],
  [180, 42, '{"matrix":[[1,1],[1,1]],"noise":0.1}'],
  [182, 41, '{"error_message":"Matrix is not valid."}'],
  [183, 26, '{"syndrome":[1.87,5.67]}'],
  [185, 43, '{"error_message":"Wrong syndrome length."}'],
  [186, 21, '{"some_parameter":1}'],
  [188, 37, '{"error_message":"Wrong parameter."}'],
  [189, 28, '{"hash":385789897481570657}'],
  [191, 40, '{"error_message":"Keys are not equal."}'],
  [
    200,
    114,
    '{"seed":[1,0,1,1,0],"secret_key_length":2000,"subblock_length":5,"feedback_polynomial":[1,1,1,0,0]}',
  ],
  [202, 63, '{"error_message":"Invalid value for the feedback polynomial."}'],
  [220, 54, '{"frame_uuid":"9f0b6ea4-9e8c-11ed-8b23-0028f86a9730"}'],
  [221, 54, '{"frame_uuid":"9f0b6ea4-9e8c-11ed-8b23-0028f86a9730"}'],
  [50, 48, '{"parameter":"qi.frame.roll_off","value":0.3}'],
  [51, 70, '{"parameter":"qi.frame.roll_off","old_value":0.5,"new_value":0.3}'],
  [52, 34, '{"parameter":"qi.frame.roll_olf"}'],
  [53, 52, '{"parameter":"qi.frame.roll_off","old_value":0.5}'],
  [54, 52, '{"parameter":"qi.frame.roll_off","old_value":0.5}'],
  [10, 14, '{"code":1000}'],
  [13, 60, '{"error_message":"Code 221 made no sense in this context."}'],
  [15, 40, '{"abort_message":"Physical tempering."}'],
];

describe('the content lengths of the document', () => {
  it.each(examples)('writes the example of code %i in %i bytes', (_code, length, text) => {
    const result = read(text);
    expect(result.ok && pythonJson(result.value)).toHaveLength(length);
  });
});
