import { describe, expect, it } from 'vitest';
import fc from 'fast-check';

import type { Json } from '#src/base/json.ts';
import { none } from '#src/protocols/qosst/authenticator/none.ts';
import { FrameReader } from '#src/protocols/qosst/codec/reader.ts';
import { contentText, digestOf, writeFrame } from '#src/protocols/qosst/codec/writer.ts';
import type { FrameLimits, LengthOrder, ReadFrame } from '#src/protocols/qosst/frame.ts';

const seed = 20230131;

const lengthOrders = fc.constantFrom<LengthOrder>('headerFirst', 'digestFirst');

describe('the codec', () => {
  it('gives back by decoding what was encoded', () => {
    const law = fc.property(saidFrames, lengthOrders, ({ value, ...said }, lengthOrder) => {
      const content = contentText(value);
      const bytes = writeFrame({ ...said, content }, { lengthOrder, seal: none.sign });
      const frames = new FrameReader({ lengthOrder, specials: false }).push(bytes);
      expect(frames).toMatchObject([{ bytes, problems: [], lost: false }]);
      for (const { header, headerBytes, contentBytes, digest, ...frame } of frames) {
        expect(header).toEqual({
          ok: true,
          value: {
            code: said.code,
            content_length: content.length,
            challenge: said.challenge,
            next_challenge: said.nextChallenge,
          },
        });
        expect(frame.content).toEqual(content.length === 0 ? null : { ok: true, value });
        expect(none.verify(digestOf(headerBytes, contentBytes), digest)).toBe(true);
      }
    });
    fc.assert(law, { seed, numRuns: 500 });
  });

  it('reads the same frames from any split into segments', () => {
    const law = fc.property(streams, cuts, readings, (bytes, cut, reading) => {
      const whole = new FrameReader(reading).push(bytes).map(copied);
      expect(readInPieces(reading, bytes, cut)).toEqual(whole);
      expect(readInPieces(reading, bytes, [1])).toEqual(whole);
    });
    fc.assert(law, { seed, numRuns: 500 });
  });

  it('leaves no byte out between frames', () => {
    const law = fc.property(streams, readings, (bytes, reading) => {
      const reader = new FrameReader(reading);
      const frames = reader.push(bytes);
      const read = Buffer.concat(frames.map((frame) => frame.bytes));
      expect(read.equals(bytes.subarray(0, read.length))).toBe(true);
      if (frames.at(-1)?.lost === true) expect(reader.pendingBytes).toBe(0);
      else expect(read.length + reader.pendingBytes).toBe(bytes.length);
    });
    fc.assert(law, { seed, numRuns: 500 });
  });

  it('never throws, and says of each frame what is true of it', () => {
    const law = fc.property(fc.oneof(streams, fc.uint8Array()), readings, (bytes, reading) => {
      for (const frame of new FrameReader(reading).push(bytes)) {
        const codes = frame.problems.map(({ code }) => code);
        expect(codes.includes('overLimit')).toBe(frame.lost);
        expect(codes.includes('contentNotJson')).toBe(frame.content?.ok === false);
        expect(frame.content === null).toBe(frame.contentBytes.length === 0);
        if (codes.length === 0) expect(frame.header.ok).toBe(true);
      }
    });
    fc.assert(law, { seed, numRuns: 2000 });
  });
});

function readInPieces(
  reading: ConstructorParameters<typeof FrameReader>[0],
  bytes: Uint8Array,
  cut: readonly number[],
): readonly ReadFrame[] {
  const reader = new FrameReader(reading);
  const frames: ReadFrame[] = [];
  for (let at = 0, piece = 0; at < bytes.length; piece += 1) {
    const size = cut[piece % cut.length] ?? 1;
    const chunk = Uint8Array.from(bytes.subarray(at, at + size));
    frames.push(...reader.push(chunk).map(copied));
    chunk.fill(0);
    at += size;
  }
  return frames;
}

/** The frame with arrays of its own. */
function copied(frame: ReadFrame): ReadFrame {
  return {
    ...frame,
    bytes: Uint8Array.from(frame.bytes),
    digest: Uint8Array.from(frame.digest),
    headerBytes: Uint8Array.from(frame.headerBytes),
    contentBytes: Uint8Array.from(frame.contentBytes),
  };
}

const texts = fc.string({ unit: 'binary', maxLength: 20 });

const values: fc.Arbitrary<Json> = fc.oneof(
  fc.constant(null),
  fc.array(fc.integer(), { minLength: 1 }),
  fc.dictionary(
    texts,
    fc.oneof<fc.Arbitrary<Json>[]>(
      texts,
      fc.integer(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.bigInt({ min: 2n ** 53n }),
    ),
    { noNullPrototype: true },
  ),
);

const saidFrames = fc.record({
  code: fc.integer({ min: -1, max: 300 }),
  challenge: texts,
  nextChallenge: texts,
  value: values,
});

const readings = fc.record({
  lengthOrder: lengthOrders,
  specials: fc.boolean(),
  limits: fc.constantFrom<FrameLimits>(
    { headerBytes: 0xffff, digestBytes: 0xffff, contentBytes: 2 ** 24 },
    { headerBytes: 0xffff, digestBytes: 0xff, contentBytes: 40 },
  ),
});

const headers = fc.oneof(
  fc
    .record({
      code: fc.constantFrom('100', '"x"', 'NaN', 'null'),
      length: fc.constantFrom(
        '0',
        '2',
        '9',
        '-1',
        '4.0',
        '"4"',
        '41',
        '1e9',
        '1234567890123456789',
      ),
      challenge: fc.constantFrom('""', '"\\ud800"', '7'),
    })
    .map(({ code, length, challenge }) =>
      [
        `{"code": ${code}`,
        `"content_length": ${length}`,
        `"challenge": ${challenge}`,
        '"next_challenge": ""}',
      ].join(', '),
    ),
  fc.constantFrom('', '{}', '[]', '{"code": 1,}', '\ufeff{}'),
);

const pieces = fc.record({
  header: headers.map((text) => Buffer.from(text)),
  digest: fc.uint8Array({ maxLength: 40 }),
  content: fc.constantFrom('', '{}', '{"a": 12}', 'null', '12345678901234567890').map(Buffer.from),
});

/** Frames, right or wrong in some place, and bytes that are none. */
const streams: fc.Arbitrary<Uint8Array> = fc
  .array(
    fc.oneof(
      {
        weight: 4,
        arbitrary: pieces.map(({ header, digest, content }) =>
          Buffer.concat([Buffer.of(0, header.length, 0, digest.length), digest, header, content]),
        ),
      },
      { weight: 1, arbitrary: fc.uint8Array({ maxLength: 12 }) },
    ),
    { maxLength: 6 },
  )
  .map((parts) => Buffer.concat(parts));

const cuts = fc.array(fc.integer({ min: 1, max: 150 }), { minLength: 1, maxLength: 8 });
