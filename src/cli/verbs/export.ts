import type { Verb } from '../verb.ts';

/** What `export` may be told. */
export interface ExportFlags {
  readonly as: string;
  readonly out?: string;
}

/** `export`: a stored finding or trace in a form that other programs read. */
export const exportVerb: Verb = {
  examples: [
    ['qkdspec export reports/run/traces/one.trace.json --as pcapng', 'one.pcapng, for Wireshark'],
    ['qkdspec export qosst-alice-ae300d9f --as script', 'a finding, for who has no qkdspec'],
    [
      'qkdspec export reports/run/findings/<id>.jsonl --as gherkin',
      'a scenario that fails with it',
    ],
    ['qkdspec export reports/run --as vectors --out v.json', 'all frames of a run'],
  ],
  declare: (command) =>
    command
      .argument('<finding or trace>', 'a trace, a finding or its id; for vectors also a run')
      .requiredOption('--as <form>', 'pcapng, script, gherkin or vectors')
      .option('--out <file>', 'where it goes (default: its name, here; - is stdout)')
      .addHelpText(
        'after',
        '\nA script runs with Node 18 or later and nothing else: exit 0 when the same is seen again,\n' +
          '1 when not, 2 when it cannot be played. All forms hold the bytes as they were: where these\n' +
          'are key material, the file says so and so does the screen.',
      ),
  async run(command, screen) {
    const { exporting } = await import('../exporting.ts');
    const [what = ''] = command.args;
    return exporting(what, command.opts<ExportFlags>(), screen);
  },
};
