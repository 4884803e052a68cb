import { availableParallelism } from 'node:os';
import { benchKill, spread, type KillPlan, type KillTargets } from '#src/bench/kill.ts';
import { alarmLines, faultLine, headingLine, mutantLine } from '#src/bench/kill-lines.ts';
import { numberLines, survivorLines } from '#src/bench/kill-lines.ts';
import { killNumbers, type KillNumber } from '#src/bench/kill-numbers.ts';
import type { KillRow } from '#src/bench/kill-job.ts';
import { protocols } from '#src/protocols/index.ts';
import type { BenchFlags } from './bench-flags.ts';
import { openKillFile } from './bench-kill-file.ts';
import type { Screen } from './screen.ts';
import { protocolOf } from './target-url.ts';
import { oneOf, usage } from './usage.ts';

const large = { seeds: 5, budget: { messages: 10_000, ms: 60_000 }, alarms: 1_000_000 } as const;
const small = { seeds: 1, budget: { messages: 3000, ms: 20_000 }, alarms: 10_000 } as const;
/** Mutants of each side in the small matrix. */
const sampled = 8;

/** Measures the kill matrix, shows and keeps it; 0 where every number is reached. */
export async function benchingKill(flags: BenchFlags, screen: Screen): Promise<number> {
  const plan = planOf(flags, screen);
  const file = openKillFile(flags.out ?? 'reports/bench-kill/kill.json', plan);
  const names = plan.targets.flatMap(({ mutants }) => mutants.map(({ id }) => id));
  const write = (line: string) => screen.out(`${line}\n`);
  const progress = progressOf(plan, names, write);
  write(headingLine(names));
  const matrix = await benchKill(plan, progress);
  const numbers = killNumbers(matrix, plan);
  const survivors = survivorLines(matrix);
  write(['', ...survivors, ...(survivors.length === 0 ? [] : ['']), ...numberLines(numbers)].join('\n'));
  write(`\n${(matrix.durationMs / 1000).toFixed(1)} s; matrix: ${file.path}`);
  const ending = endingOf(numbers, { ...matrix, faults: matrix.faults.length });
  write(`exit ${ending.exitCode}: ${ending.because}`);
  file.write({ matrix, numbers, ending });
  return ending.exitCode;
}
