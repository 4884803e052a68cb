import { closeSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import manifest from '../../package.json' with { type: 'json' };
import { HarnessError } from '#src/base/errors.ts';
import { today } from '#src/base/clock.ts';
import { nodeVersion } from '#src/base/platform.ts';
import type { KillMatrix, KillPlan } from '#src/bench/kill.ts';
import type { KillNumber } from '#src/bench/kill-numbers.ts';
import type { Ending } from '#src/contract/report.ts';
import { codeOf, makeFolder } from './folder.ts';
import { writeWhole } from './fuzz-whole-file.ts';
import { usage } from './usage.ts';

/** What the file holds besides how it was asked for. */
export interface KillResult {
  readonly matrix: KillMatrix;
  readonly numbers: readonly KillNumber[];
  readonly exit: Ending;
}

/** Where a kill matrix is kept. */
export interface KillFile {
  /** @throws HarnessError `internal` where it cannot be written any more. */
  write(result: KillResult): void;
}

/**
 * Claims the file, so that a wrong path is told before the run.
 * @throws HarnessError `usage` where it cannot be written.
 */
export function openKillFile(path: string, plan: KillPlan): KillFile {
  const startedAt = today().toISOString();
  makeFolder(dirname(path));
  try {
    closeSync(openSync(path, 'a'));
  } catch (cause) {
    throw usage(`cannot write ${path}: ${codeOf(cause)}`, { cause });
  }
  return {
    write(result) {
      try {
        writeWhole(path, text(plan, startedAt, result));
      } catch (cause) {
        throw new HarnessError('internal', `cannot write ${path}: ${codeOf(cause)}`, { cause });
      }
    },
  };
}

function text(plan: KillPlan, startedAt: string, { matrix, numbers, exit }: KillResult): string {
  const { targets, seeds, budget, feedback, suite, alarmMessages, workers } = plan;
  const { durationMs, mutants, correct, faults } = matrix;
  const file = {
    schema: 'qkdspec-kill/1',
    tool: { name: 'qkdspec', version: manifest.version, node: nodeVersion },
    startedAt,
    durationMs,
    asked: {
      protocols: targets.map(({ protocol, sides }) => ({ name: protocol.name, sides })),
      mutants: targets.reduce((sum, one) => sum + one.mutants.length, 0),
      ...{ seeds, budget, feedback, suite, alarmMessages, workers },
    },
    exit,
    numbers,
    mutants,
    correct,
    faults,
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}
