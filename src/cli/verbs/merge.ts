import { collect } from '../flags.ts';
import type { MergeFlags } from '../fuzz-merge.ts';
import type { Verb } from '../verb.ts';

/** `merge`: campaigns that ran apart, joined into one. */
export const merge: Verb = {
  examples: [
    ['qkdspec merge reports/one reports/two --out reports/both', 'two shards as one campaign'],
    ['qkdspec merge reports/shard-* --out all --reporter junit', 'for CI; exit 1 with findings'],
  ],
  declare: (command) =>
    command
      .argument('<dir...>', 'folders of campaigns against the same side')
      .requiredOption('--out <dir>', 'where the joined campaign goes')
      .option(
        '--reporter <name[:file]>',
        'console, json or junit; - is stdout (repeatable)',
        collect,
      ),
  async run(command, screen) {
    const { merging } = await import('../fuzz-merge.ts');
    return merging(command.args, command.opts<MergeFlags>(), screen);
  },
};
