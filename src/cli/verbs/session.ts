import { withSeed, withSettings, type TargetFlags } from '../flags.ts';
import type { Verb } from '../verb.ts';

interface SessionFlags extends Pick<TargetFlags, 'dialect' | 'reading' | 'option'> {
  readonly seed: number;
  readonly quiet?: boolean;
  readonly out?: string;
}

/** `session`: both reference sides talk to each other once. */
export const session: Verb = {
  examples: [
    ['qkdspec session qosst', 'one whole session over loopback TCP'],
    ['qkdspec session qosst --seed 7 --quiet', 'another one; only what came of it'],
    ['qkdspec session qosst --out reports/session', 'and keep its traces'],
  ],
  declare: (command) =>
    withSettings(withSeed(command.argument('[protocol]', 'default: the first one')))
      .option('--out <dir>', 'keep its traces, one for each side, for `judge`')
      .option('--quiet', 'no line for each frame'),
  async run(command, screen) {
    const flags = command.opts<SessionFlags>();
    const { showSession } = await import('../show-session.ts');
    const [protocol] = command.args;
    const named = protocol === undefined ? flags : { ...flags, protocol };
    const { seed, quiet = false, out = null } = flags;
    return showSession(named, screen, { seed, quiet, out });
  },
};
