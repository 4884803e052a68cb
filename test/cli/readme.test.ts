import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from '#src/cli/program.ts';
import { verbs } from '#src/cli/verbs.ts';
import { protocols } from '#src/protocols/index.ts';
import { rememberedScreen } from './screen.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const texts = ['README.md', ...protocols.map(({ name }) => `src/protocols/${name}/README.md`)]
  .filter((file) => existsSync(join(root, file)))
  .map((file) => ({ file, text: read(file) }));
const commands = texts.flatMap(({ file, text }) =>
  commandsOf(text).map((command) => ({ file, command })),
);

/** Commands that need nothing but this program, and less of a long suite: the exit code of each. */
const alone = [
  [
    "test --target 'reference:qosst/alice?mutant=alice-accepts-any-version'",
    'qosst/sequence/link.unidentified/identificationRequest-2',
    1,
  ],
  ['test --profile fixtures/profiles/example.yaml', 'qosst/sequence/link.*', 0],
  ['session etsi-004', '', 0],
  [
    "test --target 'reference:kmip/server?mutant=server-undo-relabels' 'kmip/batches/undo-*'",
    '',
    1,
  ],
] as const;

const cwd = mkdtempSync(join(tmpdir(), 'qkdspec-readme-'));
const before = process.cwd();
beforeAll(() => {
  symlinkSync(join(root, 'fixtures'), join(cwd, 'fixtures'), 'junction');
  process.chdir(cwd);
});
afterAll(() => {
  process.chdir(before);
  rmSync(cwd, { recursive: true });
});

describe('README', () => {
  it('was read, and those of the rooms', () => {
    expect(texts.length).toBeGreaterThan(3);
    expect(commands.length).toBeGreaterThan(30);
  });

  it('shows verbs that there are, with flags that they take', async () => {
    const known = new Map<string, readonly string[]>();
    for (const verb of Object.keys(verbs)) known.set(verb, await flagsOf(verb));
    const wrong = commands.flatMap(({ file, command }) => {
      const [verb = ''] = command.split(' ');
      const flags = withoutQuoted(command).match(/(?<= )--[a-z-]+/g) ?? [];
      return flags
        .filter((flag) => known.get(verb)?.includes(flag) !== true)
        .map((flag) => `${file}: qkdspec ${verb} ${flag}`);
    });
    expect(wrong).toEqual([]);
  });

  it('names files that are there', () => {
    const named = [
      ...read('README.md').matchAll(/`((?:src|models|features|fixtures|seeds|test)\/[^`*<\s]*)`/g),
    ].map(([, path = '']) => path);
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  it('names npm scripts that there are', () => {
    const { scripts }: { scripts: object } = JSON.parse(read('package.json'));
    const named = [...read('README.md').matchAll(/\bnpm run ([\w:]+)/g)].map(([, name]) => name);
    expect(named.length).toBeGreaterThan(1);
    expect(named.filter((name) => name === undefined || !(name in scripts))).toEqual([]);
  });

  it('shows every command that is run here', () => {
    const shown = commands.map(({ command }) => command.replaceAll(/ +/g, ' '));
    expect(alone.filter(([command]) => !shown.includes(command))).toEqual([]);
  });

  it.each(alone)('has a command that does what it says: qkdspec %s', async (...row) => {
    const [command, fewer, exitCode] = row;
    const { stdout, ...ended } = await told(command, fewer);
    expect(ended).toEqual({ exitCode, stderr: '' });
    const unseen = shownBehind(command).filter((line) => !stdout.includes(line));
    expect(unseen).toEqual([]);
  });

  it('shows what its first command writes', () => {
    expect(shownBehind(alone[0][0]).length).toBeGreaterThan(4);
  });
});

async function told(command: string, fewer: string) {
  const screen = rememberedScreen();
  const words = [...wordsOf(command), ...(fewer === '' ? [] : [fewer])];
  const exitCode = await run(words, screen);
  return { exitCode, stdout: screen.stdout, stderr: screen.stderr };
}

/** The lines that README shows behind a command, but for how it was started. */
function shownBehind(command: string): readonly string[] {
  const [, behind = ''] = read('README.md').split(`$ npx qkdspec ${command}\n`);
  const lines = behind.split('\n\n')[0]?.split('\n') ?? [];
  return lines
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('replay '));
}

/** What stands behind `qkdspec` on each line that begins with it, without comments. */
function commandsOf(text: string): readonly string[] {
  const lines = text.replaceAll(/\\\n\s*/g, '').split('\n');
  return lines.flatMap((line) => {
    const [, command] =
      /^ *(?:\$ )?(?:npx |node src\/cli\/)?qkdspec(?:\.js)? +([a-z].*)/.exec(line) ?? [];
    return command === undefined ? [] : [command.replace(/\s+# .*$/, '').trimEnd()];
  });
}

async function flagsOf(verb: string): Promise<readonly string[]> {
  const screen = rememberedScreen();
  await run([verb, '--help'], screen);
  return screen.stdout.match(/--[a-z][a-z-]*/g) ?? [];
}

function withoutQuoted(command: string): string {
  return command.replaceAll(/'[^']*'/g, "''");
}

/** The words of a POSIX shell, quoted or not. */
function wordsOf(command: string): readonly string[] {
  return (command.match(/'[^']*'|\S+/g) ?? []).map((word) => word.replaceAll("'", ''));
}
