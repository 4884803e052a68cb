import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { namedCode } from '#src/post-processing/reconciliation/proposal.ts';
import { codeOf, degreesOf, type Code } from '#src/post-processing/reconciliation/ldpc/code.ts';
import { rateOneTenth, shapeFor } from '#src/post-processing/reconciliation/ldpc/ensemble.ts';
import { rankOf } from '#src/post-processing/reconciliation/ldpc/rank.ts';

const code = namedCode(16_384, 1);
const rows = rowsOf(code);
/** Core variables: 0.0775 and 0.0475 of all. */
const twos = 1270;
const core = twos + 778;
const type1Checks = 410;

describe('the multi-edge code of rate 0.1', () => {
  it('has the degrees of its ensemble', () => {
    const degrees = degreesOf(code);
    expect([...degrees.subarray(0, twos)].every((degree) => degree === 2 + 20)).toBe(true);
    expect([...degrees.subarray(twos, core)].every((degree) => degree === 3 + 22)).toBe(true);
    expect([...degrees.subarray(core)].every((degree) => degree === 1)).toBe(true);
    expect(code.checks).toBe(14_746);
    expect(histogram(rows.slice(0, type1Checks))).toEqual({ 11: 46, 12: 364 });
    expect(histogram(rows.slice(type1Checks))).toEqual({ 3: 492, 4: 13_844 });
  });

  it('has one leaf in each check but those of type 1', () => {
    const leaves = rows.map((row) => row.filter((variable) => variable >= core).length);
    expect(leaves.slice(0, type1Checks).every((count) => count === 0)).toBe(true);
    expect(leaves.slice(type1Checks).every((count) => count === 1)).toBe(true);
  });

  it('has no two variables that share two checks: no cycle of length 4', () => {
    const pairs = rows.flatMap((row) =>
      row.flatMap((one, at) => row.slice(0, at).map((other) => one * 16_384 + other)),
    );
    expect(new Set(pairs).size).toBe(pairs.length);
  });

  it('has no cycle of less than six variables among those of two edges of type 1', () => {
    expect(shortestCycle(rows.slice(0, type1Checks), twos)).toBe(6);
  });

  it('has checks that are all independent', () => expect(rankOf(code)).toBe(code.checks));

  it('is the same from the same seed, on every engine', () => {
    expect(code.sha256).toBe('37cced52171a1b483d3863dcd35861bd6882e96aa2111aafc74cf0f7a274b6f0');
    expect(namedCode(8192, 1).sha256).not.toBe(namedCode(8192, 2).sha256);
  });

  it('keeps to whole numbers that fit each other, for every length', () => {
    for (const variables of [8192, 16_384, 32_768, 65_536]) {
      const { core, type1Checks, leafChecks } = shapeFor(rateOneTenth, variables);
      const sum = (values: readonly number[]) => values.reduce((all, one) => all + one, 0);
      expect(core.length + leafChecks.length).toBe(variables);
      expect(type1Checks.length + leafChecks.length).toBe(Math.round(0.9 * variables));
      expect(sum(type1Checks)).toBe(sum(core.map(({ type1 }) => type1)));
      expect(sum(leafChecks)).toBe(sum(core.map(({ type2 }) => type2)));
    }
  });
});

describe('the hash of a code', () => {
  it('is that of its arrays as little-endian integers, rows ascending', () => {
    const bytes = Buffer.from(
      '03000000 02000000 00000000 02000000 04000000 00000000 01000000 01000000 02000000'.replaceAll(
        ' ',
        '',
      ),
      'hex',
    );
    const wanted = createHash('sha256').update(bytes).digest('hex');
    expect(
      codeOf(3, [
        [1, 0],
        [1, 2],
      ]).sha256,
    ).toBe(wanted);
  });
});

describe('the rank', () => {
  it.each([
    [
      [
        [0, 1],
        [0, 1],
      ],
      1,
    ],
    [
      [
        [0, 1],
        [1, 2],
        [0, 2],
      ],
      2,
    ],
    [
      [
        [0, 1, 2],
        [1, 2, 3],
        [0, 3, 4],
        [4, 5],
        [0, 5],
      ],
      5,
    ],
  ] as const)('of %j is %i', (checks, rank) => expect(rankOf(codeOf(6, checks))).toBe(rank));
});

function rowsOf({ checks, checkStart, checkEdges }: Code): readonly (readonly number[])[] {
  return Array.from({ length: checks }, (_, check) => [
    ...checkEdges.subarray(checkStart[check], checkStart[check + 1]),
  ]);
}

function histogram(among: readonly (readonly number[])[]): Readonly<Record<number, number>> {
  const counts: Record<number, number> = {};
  for (const { length } of among) counts[length] = (counts[length] ?? 0) + 1;
  return counts;
}

/** Variables of the shortest cycle, where each variable below `below` joins two rows. */
function shortestCycle(among: readonly (readonly number[])[], below: number): number {
  const next = among.map((row, check) =>
    row
      .filter((variable) => variable < below)
      .map((variable) => among.findIndex((other, at) => at !== check && other.includes(variable))),
  );
  let shortest = Infinity;
  for (let root = 0; root < among.length; root += 1) {
    const far = new Map([[root, { distance: 0, from: -1 }]]);
    for (const [check, { distance, from }] of far) {
      for (const other of next[check] ?? []) {
        const known = far.get(other);
        if (known === undefined) far.set(other, { distance: distance + 1, from: check });
        else if (other !== from) shortest = Math.min(shortest, distance + known.distance + 1);
      }
    }
  }
  return shortest;
}
