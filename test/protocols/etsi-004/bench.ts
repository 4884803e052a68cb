import { systemClock } from '#src/base/clock.ts';
import type { Profile } from '#src/contract/target.ts';
import { etsi004 } from '#src/protocols/etsi-004/index.ts';
import { reachTarget } from '#src/suite/reach.ts';
import type { Bench } from '#src/suite/run-case.ts';

/** A profile of a reference side, or of one of its mutants. */
export function profileOf(side: string, mutant: string | null): Profile {
  return {
    name: 'test',
    protocol: 'etsi-004',
    target: { kind: 'reference', mutant },
    side,
    dialect: etsi004.defaultDialect,
    readings: {},
    options: {},
    replyMs: 2000,
    replyMsAfter: {},
    absent: [],
    never: [],
    safe: false,
    start: null,
    reset: null,
  };
}

/** A bench in front of a side of ours. */
export async function benchFor(
  side: string,
  mutant: string | null,
  protocol = etsi004,
): Promise<Bench & AsyncDisposable> {
  const profile = profileOf(side, mutant);
  const reach = await reachTarget(protocol, profile, 1);
  return {
    protocol,
    profile,
    reach,
    clock: systemClock,
    seed: 1,
    replyMs: 2000,
    signal: new AbortController().signal,
    [Symbol.asyncDispose]: () => reach[Symbol.asyncDispose](),
  };
}
