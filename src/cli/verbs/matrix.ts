import { collect } from '../flags.ts';
import { oneOf } from '../usage.ts';
import type { Verb } from '../verb.ts';

interface MatrixFlags {
  readonly by: string;
  readonly reporter?: readonly string[];
  readonly json?: boolean;
}

/** `matrix`: stored runs of several targets side by side. */
export const matrix: Verb = {
  examples: [
    ['qkdspec matrix reports/alice-0.10 reports/alice-fork', 'where two servers differ'],
    ['qkdspec matrix reports/lab-* --by requirement', 'requirement by requirement'],
    ['qkdspec matrix reports/kms-a reports/app-b', 'a server and a client: will they talk?'],
    ['qkdspec matrix reports/lab-* --reporter markdown:matrix.md', 'for a page'],
  ],
  declare: (command) =>
    command
      .argument('<run...>', 'folders of runs of `test`, or their report.json')
      .option('--by <what>', 'a row for each topic or requirement', 'topic')
      .option('--reporter <name[:file]>', 'console, markdown or json (repeatable)', collect)
      .option('--json', 'for a program, to stdout')
      .addHelpText(
        'after',
        '\nServers and clients of one protocol are predicted to fail together where they are known\n' +
          'to read an open question otherwise: by their profiles, or by what their runs showed.\n' +
          'Exit 0, whatever is predicted.',
      ),
  async run(command, screen) {
    const { by, reporter = [], json = false } = command.opts<MatrixFlags>();
    oneOf(by, { known: ['topic', 'requirement'], what: 'kind of row', where: '--by: ' });
    const { showMatrix } = await import('../show-matrix.ts');
    const wanted = json ? [...reporter, 'json'] : reporter;
    return showMatrix(command.args, { by: by === 'topic' ? by : 'requirement', wanted }, screen);
  },
};
