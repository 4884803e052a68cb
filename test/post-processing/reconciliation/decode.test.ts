import { describe, expect, it } from 'vitest';
import { stream } from '#src/optics/random/stream.ts';
import { codeOf, type Code } from '#src/post-processing/reconciliation/ldpc/code.ts';
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
    /** A tree, whose core is 2, 4 and 6; apart from it, two checks that contradict each other. */
    const rows = [
      [0, 1, 2],
      [2, 3, 4],
      [4, 5, 6],
      [6, 7, 8],
    ];
    const tree = codeOf(9, rows);
    let ratios: Float64Array = new Float64Array();
    const neverSettled = decoderOf(codeOf(11, [...rows, [9, 10], [9, 10]]), (_, now) => {
      ratios = now;
    });
    const random = stream(3, 'llrs');
    for (let round = 0; round < 20; round += 1) {
      const llrs = new Float64Array(11);
      const bits = new Uint8Array(9);
      random.fillNormal(llrs, 2);
      random.fillBits(bits);
      const syndrome = syndromeOf(tree, bits);
      neverSettled.decode(llrs, Uint8Array.of(...syndrome, 0, 1), 12);
      [2, 4, 6].forEach((variable, at) => {
        const exact = exactRatio(tree, { llrs, syndrome, variable });
        expect((ratios[at] ?? 0) / exact).toBeCloseTo(1, 4);
      });
    }
  });

  it('tells after each iteration how many inner checks are not as wanted', () => {
    const code = namedCode(8192, 1);
    const degrees = new Uint16Array(code.variables);
    for (const variable of code.checkEdges) degrees[variable] = (degrees[variable] ?? 0) + 1;
    const core = [...degrees.keys()].filter((variable) => degrees[variable] !== 1);
    const rows = Array.from({ length: code.checks }, (_, check) => ({
      check,
      row: code.checkEdges.subarray(code.checkStart[check], code.checkStart[check + 1]),
    })).filter(({ row }) => row.every((variable) => degrees[variable] !== 1));
    const syndrome = new Uint8Array(code.checks);
    stream(5, 'syndrome').fillBits(syndrome);
    const counts: number[] = [];
    const decoder = decoderOf(code, (_, ratios) => {
      const bits = new Map(core.map((variable, at) => [variable, (ratios[at] ?? 1) < 1 ? 1 : 0]));
      const isWrong = ({ check, row }: (typeof rows)[number]) =>
        row.reduce((sum, variable) => sum + (bits.get(variable) ?? 0), syndrome[check] ?? 0) % 2;
      counts.push(rows.filter(isWrong).length);
    });
    const llrs = new Float64Array(code.variables);
    stream(6, 'llrs').fillNormal(llrs, 1);
    const { unsettledAfter, iterations } = decoder.decode(llrs, syndrome, 7);
    expect(decoder.innerChecks).toBe(rows.length);
    expect(iterations).toBe(7);
    expect(unsettledAfter).toEqual(counts);
    expect(new Set(counts).size).toBeGreaterThan(3);
  });

  it('gives up after as many iterations as it was allowed', () => {
    const contradictory = codeOf(2, [
      [0, 1],
      [0, 1],
    ]);
    const decoded = decoderOf(contradictory).decode(Float64Array.of(1, -2), Uint8Array.of(0, 1), 9);
    expect(decoded).toEqual({
      ...{ kind: 'notReached', iterations: 9, unsettled: 1 },
      unsettledAfter: Array.from({ length: 9 }, () => 1),
    });
  });

  it('stays with finite beliefs, however certain the channel is and wrong', () => {
    const code = namedCode(8192, 1);
    let ratios: Float64Array = new Float64Array();
    const decoder = decoderOf(code, (_, now) => {
      ratios = now;
    });
    const llrs = new Float64Array(8192).fill(1e9);
    decoder.decode(llrs, new Uint8Array(code.checks).fill(1), 20);
    expect(ratios.every((ratio) => ratio > 0 && ratio < Infinity)).toBe(true);
  });
});

/** p(0)/p(1) of one variable, summed over all words of that syndrome. */
function exactRatio(
  code: Code,
  of: { llrs: Float64Array; syndrome: Uint8Array; variable: number },
): number {
  const sums = [0, 0];
  for (let word = 0; word < 2 ** code.variables; word += 1) {
    const bits = Uint8Array.from({ length: code.variables }, (_, at) => (word >> at) & 1);
    if (String(syndromeOf(code, bits)) !== String(of.syndrome)) continue;
    const bit = bits[of.variable] ?? 0;
    const weight = bits.reduce((sum, one, at) => sum + (0.5 - one) * (of.llrs[at] ?? 0), 0);
    sums[bit] = (sums[bit] ?? 0) + Math.exp(weight);
  }
  return (sums[0] ?? 0) / (sums[1] ?? 1);
}
