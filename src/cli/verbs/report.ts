import { collect, reporterHelp } from '../flags.ts';
import { usage } from '../usage.ts';
import type { Verb } from '../verb.ts';

interface ReportFlags {
  readonly reporter?: readonly string[];
  readonly json?: boolean;
  readonly compare?: boolean;
}

/** `report`: a stored run in any form, or what changed between two. */
export const report: Verb = {
  examples: [
    ['qkdspec report reports/run', 'its failures and last screen again'],
    ['qkdspec report reports/run --reporter sarif --reporter junit', 'for CI, beside report.json'],
    ['qkdspec report reports/run --reporter markdown:-', 'a summary for people, to stdout'],
    ['qkdspec report reports/run --reporter allure:reports/allure-results', 'for report:allure'],
    ['qkdspec report --compare reports/before reports/after', 'exit 1 where something got worse'],
  ],
  declare: (command) =>
    command
      .argument('<run...>', 'the folder of a run, or its report.json; two with --compare')
      .option('--reporter <name[:file]>', reporterHelp, collect)
      .option('--json', 'for a program, to stdout')
      .option('--compare', 'what got better and worse from the first run to the second')
      .addHelpText(
        'after',
        '\nExit 0, whatever the run ended with. With --compare 1 where a verdict got worse, a case\n' +
          'that was not there before is red, or a finding is new; coverage and what is gone are told.',
      ),
  async run(command, screen) {
    const { reporter = [], json = false, compare = false } = command.opts<ReportFlags>();
    const reporters = json ? [...reporter, 'json:-'] : reporter;
    const [first = '', second] = command.args;
    if (compare) {
      if (second === undefined || command.args.length > 2) throw usage('--compare takes two runs');
      const { compareRuns } = await import('../compare-runs.ts');
      return compareRuns([first, second], reporters, screen);
    }
    if (second !== undefined) {
      throw usage('report takes one run; two with --compare, several with `qkdspec matrix`');
    }
    const { reportRun } = await import('../report-run.ts');
    return reportRun(first, reporters, screen);
  },
};
