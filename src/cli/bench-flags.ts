import type { Command } from 'commander';
import { collect, integer } from './flags.ts';
import { budget } from './fuzz-flags.ts';

/** What `bench` may be told; `speed` takes `small` alone. */
export interface BenchFlags {
  readonly protocol?: string;
  readonly side?: string;
  readonly mutant?: readonly string[];
  readonly seeds?: number;
  readonly budget?: { readonly messages: number; readonly ms: number };
  readonly suite: boolean;
  /** Messages; `false`: none. */
  readonly alarms?: number | boolean;
  readonly workers?: number;
  readonly feedback: boolean;
  readonly small?: boolean;
  readonly out?: string;
}

/** Adds the arguments and options of `bench`. */
export function withBench(command: Command): Command {
  return command
    .argument('<what>', 'kill: the kill matrix over the mutants; speed: ratios of one run')
    .argument('[protocol]', 'only this one (default: all)')
    .option('--side <name>', 'only mutants of this side, false alarms on it alone')
    .option('--mutant <id>', 'only this one (repeatable)', collect)
    .option('--seeds <n>', 'campaigns against each mutant (default: 5)', integer(1, 1000))
    .option('--budget <n>', 'messages, seconds or both, of each (default: 10000msg,60s)', budget)
    .option('--no-suite', 'campaigns only')
    .option('--alarms <n>', 'messages for false alarms (default: 1000000)', integer(1, 2 ** 40))
    .option('--no-alarms', 'do not look for false alarms')
    .option('--workers <n>', 'threads (default: one a core)', integer(1, 64))
    .option('--no-feedback', 'campaigns by chance alone')
    .option('--small', 'a fixed sample of mutants and small budgets, for CI')
    .option(
      '--out <file>',
      'where the matrix goes as JSON (default: reports/bench-kill/kill.json)',
    );
}
