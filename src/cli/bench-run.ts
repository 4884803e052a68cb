import type { BenchFlags } from './bench-flags.ts';
import type { Screen } from './screen.ts';
import { oneOf, usage } from './usage.ts';

type Bench = (flags: BenchFlags, screen: Screen) => Promise<number>;

/** What can be measured; each is loaded when it is. */
const benches: Readonly<Record<string, () => Promise<Bench>>> = {
  kill: async () => (await import('./bench-kill.ts')).benchingKill,
};

/**
 * Measures the harness and returns the exit code: 0 where every number is reached.
 * @throws HarnessError `usage` for what there is not.
 */
export async function benching(what: string, flags: BenchFlags, screen: Screen): Promise<number> {
  const load = benches[oneOf(what, { known: Object.keys(benches), what: 'bench' })];
  if (load === undefined) throw usage(`unknown bench '${what}'`);
  const bench = await load();
  return bench(flags, screen);
}
