import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { trees } from '#src/protocols/kmip/arbitraries.ts';
import { defaultLimits } from '#src/protocols/kmip/tree.ts';
import { readTtlv } from '#src/protocols/kmip/ttlv/read.ts';
import { TtlvStream, type TtlvPiece } from '#src/protocols/kmip/ttlv/stream.ts';
import { writeTtlv } from '#src/protocols/kmip/ttlv/write.ts';

const small = '420020 01 00000010 420004 02 00000004 00000008 00000000';

describe('a stream of TTLV', () => {
  it('is cut into the same items, in whatever pieces it comes', () => {
    const cuts = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(fc.array(trees, { minLength: 1, maxLength: 4 }), cuts, (items, sizes) => {
        const stream = new TtlvStream();
        const pieces = inPieces(Buffer.concat(items.map(writeTtlv)), sizes).flatMap((chunk) =>
          stream.push(chunk),
        );
        expect(pieces.map(itemOf)).toEqual(items);
        expect(stream.pendingBytes).toBe(0);
      }),
      { numRuns: 300 },
    );
  });

  it('is cut into the same pieces, whatever its bytes are and however they come', () => {
    const cuts = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 20 });
    const headers = fc.tuple(fc.constantFrom('420020', '540001', '000000'), fc.nat(12), fc.nat(30));
    const items = fc.tuple(headers, fc.uint8Array({ maxLength: 40 })).map(([header, value]) => {
      const [tag, type, length] = header;
      const hex = `${tag}${type.toString(16).padStart(2, '0')}${length.toString(16).padStart(8, '0')}`;
      return Buffer.concat([Buffer.from(hex, 'hex'), value]);
    });
    const limits = { ...defaultLimits, bytes: 20 };
    fc.assert(
      fc.property(fc.array(items, { maxLength: 4 }), cuts, (parts, sizes) => {
        const bytes = Buffer.concat(parts);
        const whole = new TtlvStream(limits);
        const split = new TtlvStream(limits);
        const wanted = whole.push(bytes).map(plain);
        expect(
          inPieces(bytes, sizes)
            .flatMap((chunk) => split.push(chunk))
            .map(plain),
        ).toEqual(wanted);
        expect(split.pendingBytes).toBe(whole.pendingBytes);
        expect(split.isWithinItem).toBe(whole.isWithinItem);
      }),
      { numRuns: 500 },
    );
  });

  it('goes on after an item that is broken within', () => {
    const broken = small.replace('420004 02', '420004 0f');
    const pieces = new TtlvStream().push(bytesOf(`${broken} ${small}`));
    expect(pieces.map(({ kind }) => kind)).toEqual(['item', 'item']);
    expect(pieces.map((piece) => itemOf(piece)?.type)).toEqual(['Structure', 'Structure']);
  });

  it('passes over an item that is too long, and holds nothing of it', () => {
    const stream = new TtlvStream({ ...defaultLimits, bytes: 64 });
    const long = '420020 08 00000064';
    expect(stream.push(bytesOf(long))).toMatchObject([
      { kind: 'skipped', at: 0, problem: { kind: 'tooLong' } },
    ]);
    expect(stream.pendingBytes).toBe(0);
    expect(stream.isWithinItem).toBe(true);
    // 100 bytes and 4 of padding.
    expect(stream.push(new Uint8Array(103))).toEqual([]);
    expect(stream.push(bytesOf(`00 ${small}`)).map(({ kind }) => kind)).toEqual(['item']);
    expect(stream.isWithinItem).toBe(false);
  });

  it.each([
    ['a wrong tag', '485454502f312e31'],
    ['an unknown type', '420020 0c 00000004'],
    ['a length that its type cannot have', '420020 02 00000005'],
  ])('is lost at %s, for good', (_, hex) => {
    const stream = new TtlvStream();
    const pieces = stream.push(bytesOf(`${small} ${hex} ${small}`));
    expect(pieces).toMatchObject([
      { kind: 'item' },
      { kind: 'lost', at: 24, problem: { kind: 'unbelievableHeader' } },
    ]);
    expect(stream.push(bytesOf(small))).toEqual([]);
    expect(stream.pendingBytes).toBe(0);
  });

  it('cuts a structure of unaligned length where it says, and passes over its padding', () => {
    const unaligned = '420020 01 00000011 420004 08 00000001 ff';
    const padded = `${unaligned}00000000000000 00 00000000000000`;
    const pieces = new TtlvStream().push(bytesOf(`${padded} ${small}`));
    expect(pieces.map(({ kind }) => kind)).toEqual(['item', 'item']);
    expect(new TtlvStream().push(bytesOf(`${unaligned}00000000000000 00 ${small}`))).toHaveLength(
      2,
    );
  });

  it('holds what came of an item, and no more than its length says', () => {
    const stream = new TtlvStream();
    stream.push(bytesOf('420020 01 03fffff8'));
    const before = process.memoryUsage().arrayBuffers;
    stream.push(new Uint8Array(1000));
    expect(stream.pendingBytes).toBe(1008);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1_000_000);
  });

  it('takes time in proportion to a long item that comes in small pieces', () => {
    const item = writeTtlv({ tag: 0x42_00c2, type: 'ByteString', value: new Uint8Array(2 ** 22) });
    const stream = new TtlvStream();
    const pieces: TtlvPiece[] = [];
    const start = performance.now();
    for (let at = 0; at < item.length; at += 100)
      pieces.push(...stream.push(item.subarray(at, at + 100)));
    expect(pieces.map(itemOf)).toHaveLength(1);
    // Copying all that is held each time would take minutes.
    expect(performance.now() - start).toBeLessThan(10_000);
  });
});

function itemOf(piece: TtlvPiece) {
  return piece.kind === 'item' ? readTtlv(piece.bytes).item : null;
}

function plain(piece: TtlvPiece) {
  return piece.kind === 'item' ? Buffer.from(piece.bytes).toString('hex') : piece;
}

function bytesOf(hex: string): Uint8Array {
  return new Uint8Array(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
}

function inPieces(bytes: Uint8Array, sizes: readonly number[]): readonly Uint8Array[] {
  const chunks: Uint8Array[] = [];
  for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1;
    chunks.push(bytes.slice(at, at + size));
    at += size;
  }
  return chunks;
}
