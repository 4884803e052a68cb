import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  encodeRecord,
  RecordDecoder,
  type BundleRecord,
  type RecordPiece,
} from '#src/base/records.ts';
import { cuts } from '../wire/http/cut.ts';

const seed = 12;
const sides = fc.constantFrom<(0 | 1)[]>(0, 1);
const strands = { end: sides, by: sides, connection: fc.nat(2 ** 32 - 1) };
const records: fc.Arbitrary<BundleRecord> = fc.oneof(
  fc.record({ ...strands, kind: fc.constant('data'), bytes: fc.uint8Array({ maxLength: 50 }) }),
  fc.record({
    ...strands,
    kind: fc.constantFrom('ended', 'reset'),
    bytes: fc.constant(new Uint8Array(0)),
  }),
  fc.record({
    ...strands,
    kind: fc.constant('route'),
    bytes: fc.uint8Array({ minLength: 1, maxLength: 262 }),
  }),
);

function decoded(bytes: Uint8Array, cut: readonly number[]): readonly RecordPiece[] {
  const decoder = new RecordDecoder();
  const pieces: RecordPiece[] = [];
  for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
    const chunk = bytes.subarray(at, at + Math.max(1, cut[turn % cut.length] ?? 1));
    pieces.push(...decoder.push(chunk));
    expect(decoder.pendingBytes).toBeLessThanOrEqual(12 + 262);
    at += chunk.length;
  }
  return pieces;
}

describe('records of a bundle', () => {
  it('lie as the format says', () => {
    const hi = '6869';
    const record = {
      kind: 'data',
      end: 1,
      by: 0,
      connection: 258,
      bytes: Buffer.from('hi'),
    } as const;
    expect(Buffer.from(encodeRecord(record)).toString('hex')).toBe('010100000000010200000002' + hi);
    const reset = {
      kind: 'reset',
      end: 0,
      by: 1,
      connection: 0,
      bytes: new Uint8Array(0),
    } as const;
    expect(Buffer.from(encodeRecord(reset)).toString('hex')).toBe('030001000000000000000000');
  });

  it('come back whole from one piece', () => {
    const law = fc.property(fc.array(records), (said) => {
      const bytes = Buffer.concat(said.map(encodeRecord));
      const read = decoded(bytes, [bytes.length + 1]).map((piece) =>
        piece.kind === 'bad' ? piece : { ...piece, bytes: Uint8Array.from(piece.bytes) },
      );
      expect(read).toEqual(said);
    });
    fc.assert(law, { seed, numRuns: 300 });
  });

  it('bring the same bytes from any cut', () => {
    const law = fc.property(fc.array(records), cuts, (said, cut) => {
      const bytes = Buffer.concat(said.map(encodeRecord));
      const read = decoded(bytes, cut).map((piece) => (piece.kind === 'bad' ? 'bad' : told(piece)));
      expect(read.join('')).toBe(said.map(told).join(''));
    });
    fc.assert(law, { seed, numRuns: 300 });
  });

  it.each([
    ['another kind', '04000000 00000000 00000000'],
    ['another end', '01020000 00000000 00000000'],
    ['another opener', '01000200 00000000 00000000'],
    ['no zero', '01000001 00000000 00000000'],
    ['an ending with bytes', '02000000 00000000 00000001'],
  ])('are not read any more after %s', (_, hex) => {
    const bytes = Buffer.from(hex.replaceAll(' ', ''), 'hex');
    const good = encodeRecord({ kind: 'ended', end: 0, by: 0, connection: 0, bytes: Buffer.of() });
    for (const cut of [[1], [100]]) {
      expect(decoded(Buffer.concat([bytes, good, good]), cut)).toMatchObject([{ kind: 'bad' }]);
    }
  });
});

/** Pieces of one record of data join to the same text. */
function told({ kind, bytes }: BundleRecord): string {
  return kind === 'data' ? Buffer.from(bytes).toString('hex') : `[${kind}]`;
}
