import { InvalidArgumentError } from 'commander';
import {
  collect,
  integer,
  reporterHelp,
  shard,
  withBudget,
  withGate,
  withSeed,
  withTarget,
  type GateFlags,
  type TargetFlags,
} from '../flags.ts';
import { levels } from '../level.ts';
import { oneOf } from '../usage.ts';
import type { Verb } from '../verb.ts';

/** What `test` may be told besides its target. */
export interface TestFlags extends TargetFlags, GateFlags {
  readonly seed: number;
  readonly level: string;
  readonly retries: number;
  readonly maxFailures?: number;
  readonly reporter?: readonly string[];
  readonly out?: string;
  readonly shard?: { readonly index: number; readonly of: number };
  readonly lastFailed?: boolean;
  readonly progress: boolean;
  readonly vectors?: string;
  readonly plan?: boolean;
  readonly json?: boolean;
}

/** `test`: the conformance suite against one target. */
export const test: Verb = {
  examples: [
    ['qkdspec test', 'everything, against our own Alice'],
    ['qkdspec test --target qosst://192.0.2.7:8181', 'an Alice at an address'],
    ["qkdspec test --target 'cmd:bob.py --port {port}'", 'a Bob: started once a case'],
    ['qkdspec test --target kmip+https://192.0.2.7:9998/kmip', 'a KMIP server, in JSON'],
    ['qkdspec test kmip --vectors ./oasis', "OASIS's test cases: files *.xml of that folder"],
    ['qkdspec test --profile lab.yaml --reporter junit', 'for CI; exit 0, 1, 3 … as in the README'],
    ["qkdspec test 'qosst/challenge/*' '!@slow'", 'some of the cases'],
    ['qkdspec test --last-failed', 'what did not pass just now'],
    ['qkdspec test --profile lab.yaml --ci --baseline known.yaml', 'a gate: only news fails'],
    ['qkdspec test --profile lab.yaml --shard 2/3 --out part-2', 'a third; see `merge`'],
    ["qkdspec test --target 'reference:qosst?mutant=<id>'", 'see a wrong Alice fail'],
  ],
  declare: (command) =>
    withRun(withTarget(command.argument('[selector...]', 'paths, globs and @tags; ! negates'))),
  async run(command, screen) {
    const { conform } = await import('../conform.ts');
    return conform(command.args, command.opts<TestFlags>(), screen);
  },
};

function withRun(command: Parameters<Verb['declare']>[0]): Parameters<Verb['declare']>[0] {
  return withGate(withBudget(withSeed(command.optionsGroup('Run:'))))
    .option(
      '--level <level>',
      'only cases of this level and above: must, should, may',
      level,
      'may',
    )
    .option('--retries <n>', 'how often a failing case is played again', integer(0, 100), 2)
    .option('--max-failures <n>', 'stop after so many', integer(1, 1_000_000))
    .option('--last-failed', 'only what did not pass in the last run, in its folder')
    .option('--shard <i/n>', 'only part i of n of the cases; `merge` joins them', shard)
    .option('--reporter <name[:file]>', reporterHelp, collect)
    .option('--out <dir>', 'where report.json and traces go (default: reports/<what was tested>)')
    .option('--vectors <folder>', 'the published test cases in a folder, instead of ours')
    .option('--capture', 'keep the traces of all cases, for `judge`')
    .option('--plan', 'show what would be sent, message by message; sends nothing')
    .option('--json', 'the plan for a program')
    .option('--no-progress', 'failures and the summary only');
}

function level(text: string): string {
  try {
    return oneOf(text.toLowerCase(), { known: levels, what: 'level' });
  } catch (fault) {
    throw new InvalidArgumentError(fault instanceof Error ? fault.message : String(fault));
  }
}
