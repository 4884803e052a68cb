import { systemClock } from '#src/base/clock.ts';
import type { Case } from '#src/contract/case.ts';
import type { Profile } from '#src/contract/target.ts';
import type { SideRecord } from '#src/contract/side.ts';
import { qosst } from '#src/protocols/qosst/index.ts';
import { reachTarget } from '#src/suite/reach.ts';
import type { Bench } from '#src/suite/run-case.ts';

/** The cases against Alice that every Alice can be asked to pass. */
export const aliceCases: readonly Case[] = qosst.cases.filter(
  ({ against, tags }) => against === 'alice' && tags?.includes('choice') !== true,
);

/** A profile of the reference, or of one of its mutants, with a short patience. */
export function profileOf(mutant: string | null): Profile {
  return {
    name: 'test',
    protocol: 'qosst',
    target: { kind: 'reference', mutant },
    side: 'alice',
    dialect: 'qosst/0.2',
    readings: {},
    options: {},
    replyMs: 300,
    replyMsAfter: {},
    absent: [],
    never: [],
    safe: false,
    start: null,
    reset: null,
  };
}

/** A bench in front of an Alice of ours: the reference, a mutant, or a record of the test's own. */
export async function benchFor(
  mutant: string | null,
  record?: SideRecord,
): Promise<Bench & AsyncDisposable> {
  const protocol =
    record === undefined ? qosst : { ...qosst, sides: { ...qosst.sides, alice: record } };
  const profile = profileOf(mutant);
  const reach = await reachTarget(protocol, profile, 1);
  return {
    protocol,
    profile,
    reach,
    clock: systemClock,
    seed: 1,
    /** The reference always answers; how long that takes is the machine's business. */
    replyMs: mutant === null && record === undefined ? 10_000 : 300,
    signal: new AbortController().signal,
    [Symbol.asyncDispose]: () => reach[Symbol.asyncDispose](),
  };
}
