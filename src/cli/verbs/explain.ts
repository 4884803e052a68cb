import type { Verb } from '../verb.ts';

/** `explain`: everything about one thing that has an id. */
export const explain: Verb = {
  examples: [
    ['qkdspec explain challengeEchoed', 'a requirement: citation, cases, mutants'],
    ['qkdspec explain qosst/fixedHeaderOrder', 'an ambiguity with its readings'],
    ['qkdspec explain identificationRequest', 'a message: who says it, what it holds'],
  ],
  declare: (command) =>
    command.argument('<id>', 'of a case, requirement, ambiguity, mutant or message'),
  async run(command, screen) {
    const { protocols } = await import('#src/protocols/index.ts');
    const { explanations } = await import('../explanation.ts');
    const [id = ''] = command.args;
    screen.out(explanations(id, protocols, Math.min(screen.columns, 100)).join('\n'));
    return 0;
  },
};
