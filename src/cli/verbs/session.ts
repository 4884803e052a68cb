import { withSeed, withSettings, type TargetFlags } from '../flags.ts';
import type { Verb } from '../verb.ts';

interface SessionFlags extends Pick<TargetFlags, 'dialect' | 'reading' | 'option'> {
  readonly seed: number;
  readonly quiet?: boolean;
}

/** `session`: both reference sides talk to each other once. */
export const session: Verb = {
  examples: [
    ['qkdspec session qosst', 'one whole session over loopback TCP'],
    ['qkdspec session qosst --seed 7 --quiet', 'another one; only what came of it'],
  ],
  declare: (command) =>
    withSettings(withSeed(command.argument('[protocol]', 'default: the first one'))).option(
      '--quiet',
      'no line for each frame',
    ),
  async run(command, screen) {
    const { seed, quiet = false, ...flags } = command.opts<SessionFlags>();
    const { showSession } = await import('../show-session.ts');
    const [protocol] = command.args;
    return showSession({ ...flags, ...(protocol === undefined ? {} : { protocol }) }, screen, {
      seed,
      quiet,
    });
  },
};
