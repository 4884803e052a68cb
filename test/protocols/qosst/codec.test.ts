import { describe, expect, it } from 'vitest';

import type { Json } from '#src/base/json.ts';
import { none } from '#src/protocols/qosst/authenticator/none.ts';
import { FrameReader } from '#src/protocols/qosst/codec/reader.ts';
import { contentText, digestOf, joinFrame, writeFrame } from '#src/protocols/qosst/codec/writer.ts';
import type { FrameLimits, LengthOrder, ReadFrame } from '#src/protocols/qosst/frame.ts';

/** The first recorded frame: lengths, digest, header, content. */
const identification = Buffer.concat([
  Buffer.from('00590020', 'hex'),
  Buffer.from('de6793d20d62e21a67c00fcb73573f3d84a8414656c74e8919c1ec2e56ee20b8', 'hex'),
  Buffer.from('{"code": 100, "content_length": 61, "challenge": "", '),
  Buffer.from('"next_challenge": "BobNext00000001"}'),
  Buffer.from('{"serial_number": "QOSST/0002", "qosst_version": "QOSST/0.2"}'),
]);

const content = { serial_number: 'QOSST/0002', qosst_version: 'QOSST/0.2' };

function read(bytes: Uint8Array, specials = true): readonly ReadFrame[] {
  return new FrameReader({ lengthOrder: 'headerFirst', specials }).push(bytes);
}

/** The only frame that the bytes hold. */
function readOne(bytes: Uint8Array, specials = true): ReadFrame {
  const [frame, ...others] = read(bytes, specials);
  if (frame === undefined || others.length > 0) throw new Error('expected one frame');
  return frame;
}

function bytesOf(header: string | Uint8Array, content: string | Uint8Array = ''): Uint8Array {
  const digest = new Uint8Array(32);
  return joinFrame(
    { header: Buffer.from(header), digest, content: Buffer.from(content) },
    'headerFirst',
  );
}

function headerWith(members: Readonly<Record<string, unknown>>): string {
  const four = { code: 144, content_length: 0, challenge: 'a', next_challenge: 'b' };
  return JSON.stringify({ ...four, ...members });
}

describe('writing a frame', () => {
  const frame = { code: 100, challenge: '', nextChallenge: 'BobNext00000001' };
  const options = { lengthOrder: 'headerFirst', seal: none.sign } as const;

  it('writes the first recorded frame', () => {
    const written = writeFrame({ ...frame, content: contentText(content) }, options);
    expect(written).toEqual(identification);
  });

  it('writes the lengths the other way round, and nothing else, in the digest-first dialect', () => {
    const digestFirst = { ...options, lengthOrder: 'digestFirst' } as const;
    const written = writeFrame({ ...frame, content: contentText(content) }, digestFirst);
    expect(Buffer.from(written.subarray(0, 4)).toString('hex')).toBe('00200059');
    expect(written.subarray(4)).toEqual(identification.subarray(4));
  });

  it('writes a frame of 139 bytes where there is no content and the code has three digits', () => {
    const challenge = 'FfEaEke6TgzneJq';
    const bent = { code: 121, challenge, nextChallenge: challenge, content: contentText({}) };
    expect(writeFrame(bent, options)).toHaveLength(139);
  });

  it('takes any JSON for the members, further members and a false content length', () => {
    const bent = { code: '100', contentLength: -1, challenge: null, nextChallenge: [1.5] };
    const extra = { é: 2n ** 64n, code: true };
    const { headerBytes } = readOne(writeFrame({ ...bent, content: '', extra }, options));
    expect(text(headerBytes)).toBe(
      '{"code": "100", "content_length": -1, "challenge": null, "next_challenge": [1.5], ' +
        '"\\u00e9": 18446744073709551616, "code": true}',
    );
  });

  it('seals the SHA-256 of header and content with whatever the seal gives', () => {
    const seal = (digest: Uint8Array) => Buffer.concat([digest, hex('ff')]);
    const written = writeFrame({ ...frame, content: '0' }, { ...options, seal });
    const { digest, headerBytes } = readOne(written);
    expect(digest).toEqual(seal(digestOf(headerBytes, hex('30'))));
  });

  it('refuses a header of 65,536 bytes', () => {
    const nextChallenge = 'x'.repeat(65_536);
    expect(() => writeFrame({ ...frame, nextChallenge, content: '' }, options)).toThrow(
      'expected a length from 0 to 65535',
    );
  });

  it('joins parts with lengths that are not theirs', () => {
    const parts = { header: hex('aabb'), digest: hex('cc'), content: hex('dd') };
    const join = (order: LengthOrder) => joinFrame({ ...parts, headerLength: 0xfffe }, order);
    expect(join('headerFirst')).toEqual(hex('fffe 0001 cc aabb dd'));
    expect(join('digestFirst')).toEqual(hex('0001 fffe cc aabb dd'));
    expect(joinFrame({ ...parts, digestLength: 0 }, 'headerFirst')).toEqual(
      hex('0002 0000 cc aabb dd'),
    );
    expect(() => joinFrame({ ...parts, digestLength: -1 }, 'headerFirst')).toThrow('got -1');
  });

  it.each<Json | undefined>([undefined, null, false, 0, -0, 0n, '', [], {}])(
    'sends no content for %o',
    (value) => expect(contentText(value)).toBe(''),
  );

  it.each<[Json, string]>([
    [true, 'true'],
    ['0', '"0"'],
    [[[]], '[[]]'],
    [{ a: null }, '{"a": null}'],
    [0.1, '0.1'],
  ])('sends content for %o', (value, written) => expect(contentText(value)).toBe(written));

  it('hashes header and content alike whether they lie together or not', () => {
    const frame = readOne(identification);
    const apart = digestOf(Uint8Array.from(frame.headerBytes), Uint8Array.from(frame.contentBytes));
    expect(digestOf(frame.headerBytes, frame.contentBytes)).toEqual(frame.digest);
    expect(apart).toEqual(frame.digest);
  });
});

describe('reading a frame', () => {
  it('reads the first recorded frame', () => {
    const header = {
      code: 100,
      content_length: 61,
      challenge: '',
      next_challenge: 'BobNext00000001',
    };
    expect(read(identification)).toEqual([
      {
        bytes: identification,
        digest: identification.subarray(4, 36),
        headerBytes: identification.subarray(36, 125),
        contentBytes: identification.subarray(125),
        header: { ok: true, value: header },
        content: { ok: true, value: content },
        problems: [],
        lost: false,
      },
    ]);
  });

  it('reads lengths in the digest-first dialect', () => {
    const bytes = Buffer.concat([hex('0020 0059'), identification.subarray(4)]);
    const [frame] = new FrameReader({ lengthOrder: 'digestFirst', specials: true }).push(bytes);
    expect(frame).toMatchObject({ problems: [], content: { value: content } });
  });

  it('takes a digest-first frame for one without a header in the usual dialect', () => {
    const bytes = Buffer.concat([hex('0020 0059'), identification.subarray(4)]);
    const [frame] = read(bytes);
    expect(codes(frame)).toEqual(['headerNotJson']);
    expect(frame?.bytes).toHaveLength(4 + 0x59 + 0x20);
  });

  it('reads every frame of a chunk and holds the last one until it is whole', () => {
    const frames = new FrameReader({ lengthOrder: 'headerFirst', specials: true });
    const bytes = Buffer.concat([identification, identification, identification.subarray(0, 100)]);
    expect(frames.push(bytes)).toHaveLength(2);
    expect(frames.pendingBytes).toBe(100);
    expect(frames.push(hex(''))).toEqual([]);
    expect(frames.push(identification.subarray(100, 185))).toEqual([]);
    expect(frames.pendingBytes).toBe(185);
    expect(frames.push(identification.subarray(185)).map(({ bytes }) => hexOf(bytes))).toEqual([
      hexOf(identification),
    ]);
    expect(frames.pendingBytes).toBe(0);
  });

  it('keeps what it held when the memory of the chunks is used again', () => {
    const frames = new FrameReader({ lengthOrder: 'headerFirst', specials: true });
    const chunk = Buffer.from(identification.subarray(0, 100));
    frames.push(chunk);
    chunk.fill(0);
    const [frame] = frames.push(identification.subarray(100));
    expect(hexOf(frame?.bytes ?? hex(''))).toBe(hexOf(identification));
  });

  it('reads empty header and digest as a frame with a problem, and goes on', () => {
    const [first, second] = read(Buffer.concat([hex('0000 0000'), identification]));
    expect(first).toMatchObject({ bytes: hex('0000 0000'), content: null, lost: false });
    expect(codes(first)).toEqual(['headerNotJson']);
    expect(second).toMatchObject({ bytes: identification, problems: [] });
  });

  it.each([
    ['a byte order mark', '\ufeff' + headerWith({})],
    ['a trailing comma', headerWith({}).replace('}', ',}')],
    ['a NUL after the object', headerWith({}) + '\0'],
    ['an overlong character', Buffer.concat([hex('22 c0af 22')])],
    ['60,000 levels', '['.repeat(60_000)],
  ])('refuses a header with %s', (_what, header) => {
    expect(codes(readOne(bytesOf(header)))).toEqual(['headerNotJson']);
  });

  it.each(['[]', 'null', '"code"', '1', 'NaN'])('refuses the header %s', (header) => {
    expect(codes(readOne(bytesOf(header)))).toEqual(['headerNotObject']);
  });

  it('names each absent member, then each of a wrong type', () => {
    expect(readOne(bytesOf('{"challenge": 1, "content_length": "0"}')).problems).toEqual([
      { code: 'headerMemberMissing', member: 'code', detail: 'expected a member code' },
      {
        code: 'headerMemberMissing',
        member: 'next_challenge',
        detail: 'expected a member next_challenge',
      },
      {
        code: 'headerMemberType',
        member: 'content_length',
        detail: 'expected content_length to be an integer of 0 or more, got a string',
      },
      {
        code: 'headerMemberType',
        member: 'challenge',
        detail: 'expected challenge to be a string, got 1',
      },
    ]);
  });

  it.each(['"100"', 'true', 'null', '[100]', '{}', '100.5', 'NaN', '385789897481570657'])(
    'leaves the code %s to others',
    (code) => {
      expect(codes(readOne(bytesOf(headerWith({}).replace('144', code))))).toEqual([]);
    },
  );

  it.each(['challenge', 'next_challenge'])('refuses a %s that is no string', (name) => {
    for (const value of [null, 5, {}, ['a'], true]) {
      expect(readOne(bytesOf(headerWith({ [name]: value }))).problems).toMatchObject([
        { code: 'headerMemberType', member: name },
      ]);
    }
  });

  it('takes a lone surrogate for a challenge', () => {
    expect(codes(readOne(bytesOf(headerWith({ challenge: '\ud800' }))))).toEqual([]);
  });

  it('does not look for members in the prototype, nor in a member of that name', () => {
    const header = `{"__proto__": ${headerWith({})}, "constructor": 1, "toString": 2}`;
    expect(codes(readOne(bytesOf(header)))).toEqual(Array(4).fill('headerMemberMissing'));
    expect(codes(readOne(bytesOf(headerWith({ hasOwnProperty: 1 }))))).toEqual([]);
  });

  it('takes an integral float for a content length', () => {
    const header = headerWith({}).replace('"content_length":0', '"content_length":2.0');
    expect(readOne(bytesOf(header, '{}'))).toMatchObject({ problems: [], content: { value: {} } });
  });

  it.each(['-1', '0.5', 'true', 'null', '"2"', 'NaN', '-Infinity', '1e400', '-9007199254740993'])(
    'takes the content length %s for 0 and goes on at the next byte',
    (length) => {
      const header = headerWith({}).replace('"content_length":0', `"content_length":${length}`);
      const [first, second] = read(Buffer.concat([bytesOf(header), identification]));
      expect(first).toMatchObject({ problems: [{ code: 'headerMemberType' }], content: null });
      expect(second).toMatchObject({ problems: [], bytes: identification });
    },
  );

  it('goes on at the next byte where there is no content length', () => {
    const header = headerWith({ content_length: undefined });
    const [first, second] = read(Buffer.concat([bytesOf(header), identification]));
    expect(codes(first)).toEqual(['headerMemberMissing']);
    expect(codes(second)).toEqual([]);
  });

  it('counts the content in bytes, not in characters', () => {
    const content = Buffer.from('{"deny_message": "Rolloff fällt weg: β"}');
    const inBytes = headerWith({ content_length: content.length });
    const inCharacters = headerWith({ content_length: content.toString().length });
    expect(readOne(bytesOf(inBytes, content))).toMatchObject({ problems: [] });
    const frames = new FrameReader({ lengthOrder: 'headerFirst', specials: true });
    expect(frames.push(bytesOf(inCharacters, content))).toMatchObject([
      { problems: [{ code: 'contentNotJson', detail: expect.stringMatching(/^Unterminated/) }] },
    ]);
    expect(frames.pendingBytes).toBe(2);
  });

  it('reports a content that is no JSON, and goes on after it', () => {
    const [first, second] = read(
      Buffer.concat([bytesOf(headerWith({ content_length: 9 }), '{"a": 1,}'), identification]),
    );
    expect(first).toMatchObject({ content: { ok: false }, problems: [{ code: 'contentNotJson' }] });
    expect(second).toMatchObject({ problems: [] });
  });

  it('reads the content of a frame whose header has other problems', () => {
    const header = headerWith({ code: undefined, content_length: 4 });
    expect(readOne(bytesOf(header, 'nul!')).problems).toMatchObject([
      { code: 'headerMemberMissing' },
      { code: 'contentNotJson' },
    ]);
  });

  it('accepts NaN in header and content only when told to', () => {
    const bytes = bytesOf(
      headerWith({ content_length: 3, x: 0 }).replace('"x":0', '"x":NaN'),
      'NaN',
    );
    expect(readOne(bytes)).toMatchObject({ content: { value: NaN }, problems: [] });
    expect(codes(read(bytes, false)[0])).toEqual(['headerNotJson']);
  });

  it('keeps a hash beyond 2^53', () => {
    const hash = '{"hash": 385789897481570657}';
    expect(readOne(bytesOf(headerWith({ content_length: 28 }), hash)).content).toEqual({
      ok: true,
      value: { hash: 385789897481570657n },
    });
  });
});

describe('the limits of a reader', () => {
  const limits: FrameLimits = { headerBytes: 100, digestBytes: 64, contentBytes: 10 };
  const limited = () => new FrameReader({ lengthOrder: 'headerFirst', specials: true, limits });
  const overLimit = (detail: string) => ({
    lost: true,
    content: null,
    problems: [{ code: 'overLimit', detail }],
  });

  it('reads a content of the limit and is lost after a longer one', () => {
    const frames = limited();
    const [whole] = frames.push(bytesOf(headerWith({ content_length: 10 }), '"12345678"'));
    expect(whole).toMatchObject({ problems: [], lost: false });
    const header = headerWith({ content_length: 11 });
    const [over, ...others] = frames.push(bytesOf(header, '"123456789"'));
    expect(over).toMatchObject(overLimit('expected a content of at most 10 bytes, got 11'));
    expect(over?.bytes).toEqual(bytesOf(header));
    expect(others).toEqual([]);
    expect(frames.push(identification)).toEqual([]);
    expect(frames.pendingBytes).toBe(0);
  });

  it('is lost as soon as a length is over its limit', () => {
    expect(limited().push(hex('0065 0020'))).toMatchObject([
      overLimit('expected a header of at most 100 bytes, got 101'),
    ]);
    expect(limited().push(hex('0064 0041'))).toMatchObject([
      overLimit('expected a digest of at most 64 bytes, got 65'),
    ]);
  });

  it('is lost after a frame that came in pieces', () => {
    const frames = limited();
    const bytes = bytesOf(headerWith({ content_length: 11 }));
    expect(frames.push(bytes.subarray(0, 50))).toEqual([]);
    expect(frames.push(bytes.subarray(50))).toMatchObject([{ lost: true }]);
    expect(frames.push(identification)).toEqual([]);
    expect(frames.pendingBytes).toBe(0);
  });

  it.each(['16777217', '1e300', '9007199254740993', '9'.repeat(4000)])(
    'does not wait for a content of %s bytes',
    (length) => {
      const header = headerWith({}).replace('"content_length":0', `"content_length":${length}`);
      expect(readOne(bytesOf(header))).toMatchObject({ lost: true, content: null });
    },
  );

  it('reads header and digest of 65,535 bytes', () => {
    const header = Buffer.from(headerWith({}).padEnd(65_535));
    const digest = new Uint8Array(65_535);
    const bytes = joinFrame({ header, digest, content: hex('') }, 'headerFirst');
    const frame = readOne(bytes);
    expect(frame.problems).toEqual([]);
    expect(frame.digest).toHaveLength(65_535);
  });

  it('reads a content of a megabyte byte by byte', () => {
    const frames = new FrameReader({ lengthOrder: 'headerFirst', specials: true });
    const content = `"${'x'.repeat(2 ** 20 - 2)}"`;
    const bytes = bytesOf(headerWith({ content_length: 2 ** 20 }), content);
    const read = Array.from(bytes, (byte) => frames.push(Uint8Array.of(byte))).flat();
    expect(read).toHaveLength(1);
    expect(Buffer.compare(read[0]?.bytes ?? hex(''), bytes)).toBe(0);
  });
});

function hex(digits: string): Buffer {
  return Buffer.from(digits.replaceAll(' ', ''), 'hex');
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString();
}

function codes(frame: ReadFrame | undefined): readonly string[] | undefined {
  return frame?.problems.map(({ code }) => code);
}
