import { benchKill, type KillMatrix, type KillPlan } from '#src/bench/kill.ts';
import {
  alarmLines,
  faultLine,
  headingLine,
  mutantLine,
  numberLines,
  survivorLines,
} from '#src/bench/kill-lines.ts';
import { killNumbers, type KillNumber } from '#src/bench/kill-numbers.ts';
import type { KillRow } from '#src/bench/kill-job.ts';
import type { Ending } from '#src/contract/report.ts';
import { openKillFile } from './bench-kill-file.ts';
import { killPlan } from './bench-kill-plan.ts';
import type { BenchFlags } from './bench-flags.ts';
import type { Screen } from './screen.ts';

const usualFile = 'reports/bench-kill/kill.json';

/** Measures the kill matrix, shows and keeps it; 0 where every number is reached. */
export async function benchingKill(flags: BenchFlags, screen: Screen): Promise<number> {
  const plan = killPlan(flags, screen.signal);
  const path = flags.out ?? usualFile;
  const file = openKillFile(path, plan);
  const write = (lines: readonly string[]) => screen.out(lines.map((text) => `${text}\n`).join(''));
  const matrix = await benchKill(plan, progress(plan, write));
  const numbers = killNumbers(matrix, plan);
  const exit = endingOf(matrix, numbers);
  file.write({ matrix, numbers, exit });
  const seconds = (matrix.durationMs / 1000).toFixed(1);
  write(['', ...apart(survivorLines(matrix)), ...apart(numberLines(numbers))]);
  write([`${seconds} s; matrix: ${path}`, `exit ${exit.exitCode}: ${exit.because}`]);
  return exit.exitCode;
}

/** Tells each mutant as it is done, each alarm, and from time to time how far the rest is. */
function progress(plan: KillPlan, write: (lines: readonly string[]) => void) {
  const { alarmMessages } = plan;
  const names = plan.targets.flatMap(({ mutants }) => mutants.map(({ id }) => id));
  let done = 0;
  let messages = 0;
  let tenths = 0;
  write([headingLine(names)]);
  return (row: KillRow): void => {
    switch (row.kind) {
      case 'mutant':
        done += 1;
        return write([`${mutantLine(row, names)}  (${done}/${names.length})`]);
      case 'fault':
        return write([faultLine(row)]);
      case 'correct': {
        write(alarmLines(row));
        messages += row.messages;
        const before = tenths;
        tenths = Math.floor((10 * messages) / alarmMessages);
        if (tenths > before)
          write([`${messages} of ${alarmMessages} messages on sides that are right`]);
      }
    }
  };
}

function apart(lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [...lines, ''];
}

function endingOf(matrix: KillMatrix, numbers: readonly KillNumber[]): Ending {
  const { interrupted, faults } = matrix;
  const missed = numbers.filter(({ reached }) => !reached).length;
  if (interrupted) return { exitCode: 130, because: 'interrupted' };
  if (faults.length > 0) return { exitCode: 5, because: `${faults.length} jobs broke the harness` };
  if (missed > 0) return { exitCode: 1, because: `${missed} numbers are not reached` };
  return { exitCode: 0, because: 'every number is reached' };
}
