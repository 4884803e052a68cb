import { withSeed } from '../flags.ts';
import type { Verb } from '../verb.ts';

/** `start`: the embedded default, nothing to set up. */
export const start: Verb = {
  examples: [
    ['qkdspec start', 'every suite against every reference side, then a session'],
    ['qkdspec start --seed 7', 'with other chances'],
  ],
  declare: (command) => withSeed(command),
  async run(command, screen) {
    const { demonstrate } = await import('../demonstrate.ts');
    return demonstrate(command.opts<{ seed: number }>().seed, screen);
  },
};
