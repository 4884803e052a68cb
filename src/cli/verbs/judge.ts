import { statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Verb } from '../verb.ts';
import { collect } from '../flags.ts';
import { usage } from '../usage.ts';

interface JudgeFlags {
  readonly reading?: readonly string[];
  readonly json?: boolean;
}

/** `judge`: the verdict on a stored trace, or on all of a run, again and offline. */
export const judge: Verb = {
  examples: [
    ['qkdspec judge reports/run/traces/one.json', 'what the judge says of it today'],
    ['qkdspec judge one.json --reading malformedAnswer=closed', 'under another reading'],
    ['qkdspec judge reports/run', 'all traces of a run: what has changed'],
  ],
  declare: (command) =>
    command
      .argument('<trace or run>', 'a file that `test` or `proxy` wrote, or the folder of a run')
      .option('--reading <id=value>', 'pin the reading of an ambiguity (repeatable)', collect)
      .option('--json', 'of a run: for a program'),
  async run(command, screen) {
    const [file = ''] = command.args;
    const { reading = [], json = false } = command.opts<JudgeFlags>();
    if (statSync(file, { throwIfNoEntry: false })?.isDirectory() === true) {
      const { rejudging } = await import('../rejudging.ts');
      return rejudging(file, { reading, json, screen });
    }
    if (json) throw usage('--json goes with the folder of a run');
    const { readTrace } = await import('#src/report/trace-file.ts');
    const text = await readFile(file, 'utf8').catch((cause: Error) => {
      throw usage(`cannot read the trace: ${cause.message}`, { cause });
    });
    const read = readTrace(text);
    if (!read.ok) throw usage(`${file} is no qkdspec-trace/1: ${read.problem}`);
    const { judgement } = await import('../judgement.ts');
    return judgement(read.trace, reading, screen);
  },
};
