import type { Command } from 'commander';
import type { Screen } from './screen.ts';

/** One verb of the command line. Loads what it needs in `run`, so that its help is quick. */
export interface Verb {
  /** Shown below the options: each a whole command and what it is for. */
  readonly examples: readonly (readonly [command: string, purpose: string])[];
  /** Adds the arguments and options. */
  declare(command: Command): Command;
  /** Does it, and returns the exit code. */
  run(command: Command, screen: Screen): Promise<number>;
}
