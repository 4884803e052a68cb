import { withBench, type BenchFlags } from '../bench-flags.ts';
import type { Verb } from '../verb.ts';

/** `bench`: how good the harness itself is. */
export const bench: Verb = {
  examples: [
    ['qkdspec bench kill', 'suite and campaigns against every mutant; false alarms'],
    ['qkdspec bench kill --small', 'a fixed sample, in seconds'],
    ['qkdspec bench kill --mutant <id> --no-suite --no-alarms', 'how campaigns do on one of them'],
    ['qkdspec bench kill --side bob --seeds 1 --budget 3000msg', 'the mutants of one side'],
    ['qkdspec bench kill --no-feedback --out chance.json', 'the same by chance alone'],
    ['qkdspec bench speed', 'how fast it is, as ratios of one run'],
    [
      'qkdspec bench speed etsi-004',
      'of one protocol: calls of HTTP against a bare http.Agent loop',
    ],
  ],
  declare: withBench,
  async run(command, screen) {
    const { benching } = await import('../bench-run.ts');
    const [what = '', protocol] = command.args;
    const flags = command.opts<BenchFlags>();
    const named = protocol === undefined ? flags : { ...flags, protocol };
    const given = command.options
      .filter((option) => command.getOptionValueSource(option.attributeName()) === 'cli')
      .map((option) => option.long ?? option.flags);
    return benching(what, { flags: named, given }, screen);
  },
};
