import type { Readings } from '#models/language/index.ts';
import { systemClock } from '#src/base/clock.ts';
import type { Case } from '#src/contract/case.ts';
import type { Profile } from '#src/contract/target.ts';
import type { Verdict } from '#src/contract/verdict.ts';
import { etsi004 } from '#src/protocols/etsi-004/index.ts';
import { reachTarget } from '#src/suite/reach.ts';
import { playCase, type Bench } from '#src/suite/run-case.ts';
import { profileOf } from './bench.ts';

/** What a device under test is like. */
interface Target {
  readonly mutant?: string;
  /** Which readings it follows; nobody tells the judge. */
  readonly follows?: Readings;
  readonly options?: Profile['options'];
}

/** The cases against a device that pushes keys over HTTP. */
export const deviceCases: readonly Case[] = etsi004.cases.filter(
  ({ against, dialects }) =>
    against === 'qkd-device' && (dialects?.includes(etsi004.defaultDialect) ?? true),
);

export const isSlow = ({ tags }: Case) => tags?.includes('slow') === true;

/** The mutants that errs in the dialect over HTTP. */
export const deviceMutants = etsi004.mutants.filter(
  ({ side, id }) => side === 'qkd-device' && id.startsWith('device-'),
);

/** A bench in front of a device of ours, in memory: a busy machine makes nothing late. */
export async function deviceBench({
  mutant,
  follows = {},
  options = {},
}: Target): Promise<Bench & AsyncDisposable> {
  const profile = { ...profileOf('qkd-device', mutant ?? null), options };
  const reach = await reachTarget(etsi004, { ...profile, readings: follows }, 1, {
    inMemory: true,
  });
  return {
    protocol: etsi004,
    profile,
    reach,
    clock: reach.clock ?? systemClock,
    seed: 1,
    replyMs: mutant === undefined ? 3000 : 500,
    signal: new AbortController().signal,
    [Symbol.asyncDispose]: () => reach[Symbol.asyncDispose](),
  };
}

/** Plays cases against a device, one after the other; their verdicts. */
export async function verdictsOf(
  target: Target,
  cases: readonly Case[],
): Promise<readonly (readonly [string, Verdict])[]> {
  await using bench = await deviceBench(target);
  const verdicts: [string, Verdict][] = [];
  for (const played of cases) verdicts.push([played.id, (await playCase(bench, played)).verdict]);
  return verdicts;
}

/** Does something for each of a list, some of them at a time: most of it is waiting. */
export async function each<Entry>(
  entries: readonly Entry[],
  act: (entry: Entry) => Promise<void>,
): Promise<void> {
  const left = [...entries];
  const worker = async () => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) await act(next);
  };
  await Promise.all(Array.from({ length: 4 }, worker));
}
