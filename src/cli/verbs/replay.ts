import { integer, withTarget } from '../flags.ts';
import type { ReplayFlags } from '../fuzz-replay.ts';
import type { Verb } from '../verb.ts';

/** `replay`: a stored finding, or a trace, played again. */
export const replay: Verb = {
  examples: [
    ['qkdspec replay qosst-alice-ae300d9f', 'a finding by its id: REPRODUCED, FIXED or FLAKY'],
    ['qkdspec replay reports/run/findings/<id>.jsonl', 'a finding of a run, on the same target'],
    ['qkdspec replay seeds/qosst/alice.jsonl --target qosst://192.0.2.7', 'all, on another target'],
    ['qkdspec replay <id> --times 20', 'how often of 20'],
    ['qkdspec replay reports/run/traces/<id>.trace.json', 'what a trace says, said again'],
  ],
  declare: (command) =>
    withTarget(command.argument('<file or id>', 'seeds, a trace, or the id of a finding'))
      .optionsGroup('Replay:')
      .option('--times <n>', 'how often it is played', integer(1, 10_000), 3)
      .option('--seed <n>', 'of an embedded target (default: as it was)', integer(0, 2 ** 32 - 1))
      .option('--verbose', 'show the frames'),
  async run(command, screen) {
    const { replaying } = await import('../fuzz-replay.ts');
    const [what = ''] = command.args;
    return replaying(what, command.opts<ReplayFlags>(), screen);
  },
};
