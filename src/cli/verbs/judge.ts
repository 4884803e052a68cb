import { readFile } from 'node:fs/promises';
import type { Verb } from '../verb.ts';
import { collect } from '../flags.ts';
import { usage } from '../usage.ts';

interface JudgeFlags {
  readonly reading?: readonly string[];
}

/** `judge`: the verdict on a stored trace, again and offline. */
export const judge: Verb = {
  examples: [
    ['qkdspec judge reports/run/traces/one.json', 'what the judge says of it today'],
    ['qkdspec judge one.json --reading malformedAnswer=closed', 'under another reading'],
  ],
  declare: (command) =>
    command
      .argument('<trace>', 'a file that `test` or `proxy` wrote')
      .option('--reading <id=value>', 'pin the reading of an ambiguity (repeatable)', collect),
  async run(command, screen) {
    const [file = ''] = command.args;
    const { readTrace } = await import('#src/report/trace-file.ts');
    const text = await readFile(file, 'utf8').catch((cause: Error) => {
      throw usage(`cannot read the trace: ${cause.message}`, { cause });
    });
    const read = readTrace(text);
    if (!read.ok) throw usage(`${file} is no qkdspec-trace/1: ${read.problem}`);
    const { judgement } = await import('../judgement.ts');
    const { reading = [] } = command.opts<JudgeFlags>();
    return judgement(read.trace, reading, screen);
  },
};
