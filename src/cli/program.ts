import { Command, CommanderError } from 'commander';
import manifest from '../../package.json' with { type: 'json' };
import type { Screen } from './screen.ts';
import { hint, oneOf, usage } from './usage.ts';
import type { Verb } from './verb.ts';
import { verbs } from './verbs.ts';

const overviewExamples: Verb['examples'] = [
  ['qkdspec start', 'see it work, on the embedded reference sides'],
  ['qkdspec test --target qosst://192.0.2.7:8181', 'check an Alice'],
  ['qkdspec explain challengeEchoed', 'what a requirement says'],
];

/**
 * Runs one command line and returns its exit code.
 * @throws HarnessError `usage` for a wrong verb, option or value.
 */
export async function run(argv: readonly string[], screen: Screen): Promise<number> {
  const [word, ...rest] = spelledOut(argv);
  if (word === undefined) {
    screen.err(overview(screen).helpInformation());
    return 2;
  }
  if (word.startsWith('-')) return parse(overview(screen), argv);
  const name = oneOf(word, { known: Object.keys(verbs), what: 'verb' });
  const verb = await verbs[name]?.load();
  if (verb === undefined) throw usage(`unknown verb '${name}'`);
  let exitCode = 0;
  const command = verb.declare(bare(`qkdspec ${name}`, screen));
  command.description(verbs[name]?.summary ?? '').addHelpText('after', examples(verb.examples));
  command.action(async () => {
    exitCode = await verb.run(command, screen);
  });
  return (await parse(command, rest)) || exitCode;
}

/** `help test` is `test --help`, `help` is `--help`. */
function spelledOut(argv: readonly string[]): readonly string[] {
  if (argv[0] !== 'help') return argv;
  return argv[1] === undefined ? ['--help'] : [argv[1], '--help'];
}

/** The program with all its verbs, none of them loaded. */
function overview(screen: Screen): Command {
  const program = bare('qkdspec', screen)
    .description('Conformance harness and fuzzer for QKD and key-management protocols.')
    .usage('<verb> [options]')
    .version(manifest.version)
    .helpCommand(false)
    .commandsGroup('Verbs:')
    .addHelpText('after', examples(overviewExamples))
    .action(() => {});
  for (const [name, { summary }] of Object.entries(verbs))
    program.command(name).description(summary);
  return program;
}

/** A command that neither writes errors nor ends the process. */
function bare(name: string, screen: Screen): Command {
  return new Command(name)
    .exitOverride()
    .showSuggestionAfterError(false)
    .allowExcessArguments(false)
    .configureOutput({
      writeOut: (text) => screen.out(text),
      writeErr: () => {},
      getOutHelpWidth: () => Math.min(screen.columns, 100),
    });
}

async function parse(command: Command, args: readonly string[]): Promise<number> {
  try {
    await command.parseAsync(args, { from: 'user' });
    return 0;
  } catch (fault) {
    if (!(fault instanceof CommanderError)) throw fault;
    if (fault.exitCode === 0) return 0;
    throw usage(complaint(fault, command), { cause: fault });
  }
}

/** Commander's words in one line, with the nearest option where one is unknown. */
function complaint(fault: CommanderError, command: Command): string {
  const line = fault.message.replace(/^error: /, '').replace(/\s*\n\s*/g, ' ');
  if (fault.code !== 'commander.unknownOption') return line;
  const options = command.options.flatMap((option) => option.long ?? []);
  const written = /'(.*)'/.exec(line)?.[1] ?? '';
  return `${line}; ${hint(written, [...options, '--help'])}`;
}

function examples(list: Verb['examples']): string {
  const width = Math.max(...list.map(([command]) => command.length));
  const lines = list.map(([command, purpose]) => `  ${command.padEnd(width)}  ${purpose}`);
  return `\nExamples:\n${lines.join('\n')}\n`;
}
