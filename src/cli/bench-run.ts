import { benchingKill } from './bench-kill.ts';
import type { BenchFlags } from './bench-flags.ts';
import type { Screen } from './screen.ts';
import { oneOf } from './usage.ts';

/**
 * Measures the harness and returns the exit code: 0 where every number is reached.
 * @throws HarnessError `usage` for what there is not.
 */
export async function benching(what: string, flags: BenchFlags, screen: Screen): Promise<number> {
  oneOf(what, { known: ['kill'], what: 'bench' });
  return benchingKill(flags, screen);
}
