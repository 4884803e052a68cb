import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { collect, reporterHelp, withGate } from '../flags.ts';
import { campaignName } from '../fuzz-names.ts';
import type { MergeFlags } from '../fuzz-merge.ts';
import type { Verb } from '../verb.ts';

/** `merge`: what ran apart, joined: the parts of one run of `test`, or campaigns. */
export const merge: Verb = {
  examples: [
    ['qkdspec merge part-1 part-2 part-3 --out whole', 'a run of `test --shard i/3` as one'],
    ['qkdspec merge reports/one reports/two --out reports/both', 'two campaigns as one'],
    ['qkdspec merge part-* --out all --reporter junit --baseline known.yaml', 'for CI'],
  ],
  declare: (command) =>
    withGate(
      command
        .argument('<dir...>', 'folders of all parts of one run, or of campaigns on the same side')
        .requiredOption('--out <dir>', 'where the whole goes')
        .option('--reporter <name[:file]>', reporterHelp, collect),
    ),
  async run(command, screen) {
    const flags = command.opts<MergeFlags>();
    const areCampaigns = command.args.some((folder) => existsSync(join(folder, campaignName)));
    if (areCampaigns) {
      const { merging } = await import('../fuzz-merge.ts');
      return merging(command.args, flags, screen);
    }
    const { mergeShards } = await import('../shard-merge.ts');
    return mergeShards(command.args, flags, screen);
  },
};
