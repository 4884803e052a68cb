import type { BenchFlags } from './bench-flags.ts';
import type { Screen } from './screen.ts';
import { oneOf, usage } from './usage.ts';

interface Bench {
  /** The options that it takes; `null`: all. */
  readonly takes: readonly string[] | null;
  readonly load: () => Promise<(flags: BenchFlags, screen: Screen) => Promise<number>>;
}

/** What can be measured; each is loaded when it is. */
const benches: Readonly<Record<string, Bench>> = {
  kill: { takes: null, load: async () => (await import('./bench-kill.ts')).benchingKill },
  speed: {
    takes: ['--small'],
    load: async () => (await import('./bench-speed.ts')).benchingSpeed,
  },
};

/**
 * Measures the harness and returns the exit code: 0 where every number is reached. `given`: the
 * options that were said.
 * @throws HarnessError `usage` for what there is not.
 */
export async function benching(
  what: string,
  { flags, given }: { readonly flags: BenchFlags; readonly given: readonly string[] },
  screen: Screen,
): Promise<number> {
  const bench = benches[oneOf(what, { known: Object.keys(benches), what: 'bench' })];
  if (bench === undefined) throw usage(`unknown bench '${what}'`);
  const odd = given.find((name) => bench.takes?.includes(name) === false);
  if (odd !== undefined) throw usage(`bench ${what} takes no ${odd}`);
  return (await bench.load())(flags, screen);
}
