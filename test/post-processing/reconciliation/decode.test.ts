import { describe, expect, it } from 'vitest';
import { stream } from '#src/optics/random/stream.ts';
import { codeOf } from '#src/post-processing/reconciliation/ldpc/code.ts';
import { decoderOf } from '#src/post-processing/reconciliation/ldpc/decode.ts';
import { syndromeOf } from '#src/post-processing/reconciliation/ldpc/syndrome.ts';
import { namedCode } from '#src/post-processing/reconciliation/proposal.ts';

/** Column i is i + 1 in binary, lowest digit in the first row. */
const hamming = codeOf(7, [
  [0, 2, 4, 6],
  [1, 2, 5, 6],
  [3, 4, 5, 6],
]);

describe('the syndrome', () => {
  it('of one wrong bit of a Hamming code is its place in binary', () => {
    for (let place = 1; place <= 7; place += 1) {
      const bits = Uint8Array.from({ length: 7 }, (_, at) => (at === place - 1 ? 1 : 0));
      expect([...syndromeOf(hamming, bits)]).toEqual([place & 1, (place >> 1) & 1, place >> 2]);
    }
  });

  it('of a sum is the sum of the syndromes', () => {
    const code = namedCode(8192, 1);
    const [one, other] = [new Uint8Array(8192), new Uint8Array(8192)];
    stream(1, 'bits').fillBits(one);
    stream(2, 'bits').fillBits(other);
    const sum = one.map((bit, at) => bit ^ (other[at] ?? 0));
    const [a, b] = [syndromeOf(code, one), syndromeOf(code, other)];
    expect(syndromeOf(code, sum)).toEqual(a.map((bit, at) => bit ^ (b[at] ?? 0)));
    expect(syndromeOf(code, sum)).not.toEqual(a);
  });
});

describe('the decoder', () => {
  it('mends any one bit of any word of the Hamming code, for any syndrome', () => {
    const decoder = decoderOf(hamming);
    for (let word = 0; word < 128; word += 1) {
      const bits = Uint8Array.from({ length: 7 }, (_, at) => (word >> at) & 1);
      const syndrome = syndromeOf(hamming, bits);
      for (let wrong = 0; wrong < 7; wrong += 1) {
        const llrs = Float64Array.from(bits, (bit, at) => {
          const right = bit === 1 ? -4 : 4;
          return at === wrong ? -right / 8 : right;
        });
        const decoded = decoder.decode(llrs, syndrome);
        expect(decoded).toMatchObject({ kind: 'decoded', bits });
      }
    }
  });

  it('finds the exact probabilities where the code has no cycle', () => {
    /** A tree; variables 2, 4 and 6 are its core. */
    const tree = codeOf(9, [
      [0, 1, 2],
      [2, 3, 4],
      [4, 5, 6],
      [6, 7, 8],
    ]);
    let ratios = new Float64Array(3);
    const decoder = decoderOf(tree, (_, now) => {
      ratios = now.slice();
    });
    const random = stream(3, 'llrs');
    for (let round = 0; round < 50; round += 1) {
      const llrs = new Float64Array(9);
      const bits = new Uint8Array(9);
      random.fillNormal(llrs, 2);
      random.fillBits(bits);
      const syndrome = syndromeOf(tree, bits);
      /** Contradicted by a certain bit, decoding goes on for all its iterations. */
      decoder.decode(llrs, syndrome, 12);
      if (decoder.decode(llrs, syndrome, 12).kind === 'notReached') {
        const exact = [2, 4, 6].map((variable) => exactRatio({ llrs, syndrome, variable }));
        exact.forEach((ratio, at) => expect((ratios[at] ?? 0) / ratio).toBeCloseTo(1, 3));
      }
    }
    expect.hasAssertions();

    function exactRatio(of: { llrs: Float64Array; syndrome: Uint8Array; variable: number }) {
      const sums = [0, 0];
      for (let word = 0; word < 512; word += 1) {
        const bits = Uint8Array.from({ length: 9 }, (_, at) => (word >> at) & 1);
        if (`${syndromeOf(tree, bits)}` !== `${of.syndrome}`) continue;
        const bit = bits[of.variable] ?? 0;
        const llr = bits.reduce(
          (sum, one, at) => sum + (one === 1 ? -1 : 1) * (of.llrs[at] ?? 0),
          0,
        );
        sums[bit] = (sums[bit] ?? 0) + Math.exp(llr / 2);
      }
      return (sums[0] ?? 0) / (sums[1] ?? 1);
    }
  });

  it('gives up after as many iterations as it was allowed', () => {
    const contradictory = codeOf(2, [
      [0, 1],
      [0, 1],
    ]);
    const decoded = decoderOf(contradictory).decode(Float64Array.of(1, -2), Uint8Array.of(0, 1), 9);
    expect(decoded).toEqual({ kind: 'notReached', iterations: 9, unsettled: 1 });
  });

  it('stays with finite beliefs, however certain the channel is and wrong', () => {
    const code = namedCode(8192, 1);
    let ratios = new Float64Array();
    const decoder = decoderOf(code, (_, now) => {
      ratios = now;
    });
    const llrs = new Float64Array(8192).fill(1e9);
    decoder.decode(llrs, new Uint8Array(code.checks).fill(1), 20);
    expect(ratios.every((ratio) => ratio > 0 && ratio < Infinity)).toBe(true);
  });
});
