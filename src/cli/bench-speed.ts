import { benchSpeed } from '#src/bench/speed.ts';
import { protocols } from '#src/protocols/index.ts';
import type { BenchFlags } from './bench-flags.ts';
import type { Screen } from './screen.ts';
import { protocolOf } from './target-url.ts';

/** Messages of the campaign whose memory is watched. */
const large = 10_000_000;
const small = 1_000_000;

/** Measures how fast the harness is, and shows it; 0 where every ratio is reached. */
export async function benchingSpeed(flags: BenchFlags, screen: Screen): Promise<number> {
  const { protocol, small: isSmall = false } = flags;
  const write = (line: string) => screen.out(`${line}\n`);
  const { outcomes, reached } = await benchSpeed(write, {
    protocols: protocol === undefined ? protocols : [protocolOf(protocol, protocols)],
    entry: new URL('./fuzz-worker.ts', import.meta.url),
    judges: new URL('./proxy-worker.ts', import.meta.url),
    memoryMessages: isSmall ? small : large,
    signal: screen.signal,
  });
  if (screen.signal.aborted) {
    write(`exit 130: interrupted after ${outcomes.length} ratios`);
    return 130;
  }
  write(`exit ${reached ? '0: every ratio is reached' : '1: not every ratio is reached'}`);
  return reached ? 0 : 1;
}
