import type { Readings } from '#models/language/index.ts';
import { systemClock } from '#src/base/clock.ts';
import type { Profile } from '#src/contract/target.ts';
import { kmip } from '#src/protocols/kmip/index.ts';
import { reachTarget } from '#src/suite/reach.ts';
import type { Bench } from '#src/suite/run-case.ts';

/** A profile of a reference side, or of one of its mutants. */
export function profileOf(side: string, mutant: string | null): Profile {
  return {
    name: 'test',
    protocol: 'kmip',
    target: { kind: 'reference', mutant },
    side,
    dialect: kmip.defaultDialect,
    readings: {},
    options: { lingerMs: 150 },
    replyMs,
    replyMsAfter: {},
    absent: [],
    never: [],
    safe: false,
    start: null,
    reset: null,
  };
}

/** By a time of its own: what never comes costs nothing, and a busy machine makes nothing late. */
const replyMs = 1500;

/** A bench in front of a side of ours in memory, which follows readings that the judge is not told of. */
export async function benchFor(
  side: string,
  mutant: string | null,
  follows: Readings = {},
  dialect: string = kmip.defaultDialect,
): Promise<Bench & AsyncDisposable> {
  const profile = { ...profileOf(side, mutant), dialect };
  const reach = await reachTarget(kmip, { ...profile, readings: follows }, 1, {
    inMemory: true,
  });
  return {
    protocol: kmip,
    profile,
    reach,
    clock: reach.clock ?? systemClock,
    seed: 1,
    replyMs,
    signal: new AbortController().signal,
    [Symbol.asyncDispose]: () => reach[Symbol.asyncDispose](),
  };
}

/** Does something with each, a few at a time: most of it is waiting. */
export async function each<T>(
  things: readonly T[],
  lanes: number,
  act: (thing: T) => Promise<void>,
): Promise<void> {
  const rest = [...things];
  const lane = async () => {
    for (let next = rest.shift(); next !== undefined; next = rest.shift()) await act(next);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}
