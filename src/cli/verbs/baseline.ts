import { InvalidArgumentError } from 'commander';
import type { BaselineFlags } from '../baseline-run.ts';
import { oneOf, usage } from '../usage.ts';
import type { Verb } from '../verb.ts';

const deeds = ['check', 'update', 'prune'];

/** `baseline`: the list of known failures that a run may be held against. */
export const baseline: Verb = {
  examples: [
    [
      "qkdspec baseline update reports/run --baseline known.yaml --reason 'ticket 42'",
      'take up what fails, drop what does not; refused for a partial run',
    ],
    [
      'qkdspec baseline check reports/run --baseline known.yaml',
      'as `test --baseline`, afterwards',
    ],
    ['qkdspec baseline check --baseline known.yaml', 'the file alone: expiry, ids, versions'],
    ['qkdspec baseline prune reports/run --baseline known.yaml', 'drop what is of no use'],
  ],
  declare: (command) =>
    command
      .argument('<deed>', deeds.join(', '))
      .argument('[run]', 'the folder of a run, or its report.json')
      .requiredOption('--baseline <file>', 'the list of known failures, as YAML')
      .option('--reason <text>', 'why new failures are known (update)')
      .option('--expires <date>', 'their last day; renews what has expired (update)', day)
      .addHelpText(
        'after',
        '\nAn entry fails where its case passes, fails otherwise, demands something else or is not\n' +
          'there, and when it has expired. `*` in a message stands for anything; the verdict `flaky`\n' +
          'may pass, too. Update keeps reasons, dates and comments.',
      ),
  async run(command, screen) {
    const [deed = '', run] = command.args;
    const flags = command.opts<BaselineFlags>();
    oneOf(deed, { known: deeds, what: 'deed' });
    const { checkFile, checkRun, pruneBy, updateBy } = await import('../baseline-run.ts');
    if (deed === 'check' && run === undefined) return checkFile(flags, screen);
    if (run === undefined) throw usage(`baseline ${deed} takes a run: its folder or report.json`);
    if (deed === 'check') return checkRun(run, flags, screen);
    return deed === 'update' ? updateBy(run, flags, screen) : pruneBy(run, flags, screen);
  },
};

function day(text: string): string {
  const date = new Date(`${text}T00:00:00Z`);
  const isDay = !Number.isNaN(date.getTime()) && date.toISOString().startsWith(`${text}T`);
  if (!isDay || text.length !== 10)
    throw new InvalidArgumentError('Expected a day, as 2027-03-31.');
  return text;
}
