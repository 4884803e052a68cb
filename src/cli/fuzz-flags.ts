import { InvalidArgumentError, type Command } from 'commander';
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
} from './flags.ts';

/** What `fuzz` may be told besides its target. */
export interface FuzzFlags extends TargetFlags, GateFlags {
  readonly seed: number;
  readonly budget?: { readonly messages: number; readonly ms: number };
  readonly workers: number;
  readonly shard?: { readonly index: number; readonly of: number };
  readonly feedback: boolean;
  readonly shrinking: boolean;
  readonly seeds?: string | boolean;
  readonly storeSeeds?: string | boolean;
  readonly note?: string;
  readonly resume?: string;
  readonly reporter?: readonly string[];
  readonly out?: string;
  readonly captureLimit: number;
  readonly plan?: boolean;
  readonly planSessions: number;
  readonly json?: boolean;
}

/** Budget of a campaign where nobody says. */
export const usualBudget = { messages: 10_000, ms: 60_000 } as const;

/** Adds the options of `fuzz`. */
export function withFuzz(command: Command): Command {
  return withGate(withBudget(withSeed(withTarget(command).optionsGroup('Campaign:'))))
    .option('--budget <n>', 'messages, seconds or both (default: 10000msg,60s)', budget)
    .option('--workers <n>', 'threads; each needs a target that serves several', integer(1, 64), 1)
    .option('--shard <i/n>', 'only part i of n of the sessions; `merge` joins them', shard)
    .option('--no-feedback', 'choose by chance alone, not by what is new')
    .option('--no-shrinking', 'leave findings as they came')
    .option('--seeds <dir>', 'stored findings, replayed first (default: seeds)')
    .option('--no-seeds', 'replay no stored findings')
    .option('--store-seeds [dir]', 'add what is found to the stored findings (default: seeds)')
    .option('--note <text>', 'which version the target is: kept with stored findings')
    .option('--resume <dir>', 'go on with the campaign of this folder')
    .option('--reporter <name[:file]>', reporterHelp, collect)
    .option('--out <dir>', 'where report, findings and traces go (default: reports/<target>)')
    .option('--capture', 'keep the traces of all sessions, for `judge`: the newest ones')
    .option('--capture-limit <MiB>', 'how much of them is kept', integer(1, 1_000_000), 64)
    .option('--plan', 'show what may be sent, and the first sessions; sends nothing')
    .option('--plan-sessions <n>', 'how many sessions it shows', integer(0, 1000), 3)
    .option('--json', 'the plan for a program');
}

/** Reads `10000msg,60s`, in any order; what is not said has no limit, but for an hour. */
export function budget(text: string): { readonly messages: number; readonly ms: number } {
  const parts = text.split(',').map((part) => /^(\d+(?:\.\d+)?)(msg|s|m|h)?$/.exec(part.trim()));
  let messages: number | null = null;
  let ms: number | null = null;
  for (const part of parts) {
    const value = Number(part?.[1]);
    const unit = part?.[2] ?? 'msg';
    if (part === null || !(value > 0)) throw wrongBudget();
    if (unit === 'msg') messages = Math.round(value);
    else ms = value * ({ s: 1000, m: 60_000, h: 3_600_000 }[unit] ?? 1000);
  }
  if (messages === null && ms === null) throw wrongBudget();
  return { messages: messages ?? Number.MAX_SAFE_INTEGER, ms: ms ?? 3_600_000 };
}

function wrongBudget(): InvalidArgumentError {
  return new InvalidArgumentError('Expected messages and time, as in 10000msg,60s.');
}
