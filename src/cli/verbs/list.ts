import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Entry } from '../catalogue.ts';
import { home } from '../home.ts';
import type { Screen } from '../screen.ts';
import { oneOf } from '../usage.ts';
import type { Verb } from '../verb.ts';

interface ListFlags {
  readonly kind: string;
  readonly json?: boolean;
}

/** `list`: what there is. Runs nothing. */
export const list: Verb = {
  examples: [
    ['qkdspec list', 'all cases'],
    ["qkdspec list 'challenge/*' @MUST", 'the cases that a selection names'],
    ['qkdspec list --kind ambiguities --json', 'every open question, for a program'],
    ['qkdspec list --kind requirements @SHOULD', 'requirements of one level'],
    ['qkdspec list --kind profiles', 'profiles that come with qkdspec'],
  ],
  declare: (command) =>
    command
      .argument('[selector...]', 'paths, globs and @tags; ! negates')
      .option('--kind <kind>', 'cases|requirements|ambiguities|mutants|messages|profiles', 'cases')
      .option('--json', 'for a program'),
  async run(command, screen) {
    const { kind, json = false } = command.opts<ListFlags>();
    const { catalogue, kinds } = await import('../catalogue.ts');
    oneOf(kind, { known: [...Object.keys(kinds), 'profiles'], what: 'kind' });
    if (kind === 'profiles') return listProfiles(screen, json);
    const { protocols } = await import('#src/protocols/index.ts');
    const { select } = await import('../select.ts');
    const wanted = new Map(Object.entries(kinds)).get(kind);
    const entries = catalogue(protocols).filter((entry) => entry.kind === wanted);
    const chosen = command.args.length === 0 ? entries : select(entries, command.args);
    screen.out(json ? `${JSON.stringify(chosen.map(record), null, 2)}\n` : table(chosen, kind));
    return 0;
  },
};

async function listProfiles(screen: Screen, json: boolean): Promise<number> {
  const folder = join(home, 'fixtures/profiles');
  const files = (await readdir(folder)).filter((file) => file.endsWith('.yaml')).sort();
  const profiles = files.map((file) => {
    const path = join(folder, file);
    return { path, about: aboutOf(readFileSync(path, 'utf8')) };
  });
  const lines = profiles.map(({ path, about }) => `${path}\n  ${about}\n`);
  screen.out(json ? `${JSON.stringify(profiles, null, 2)}\n` : lines.join(''));
  return 0;
}

/** What a profile says of itself: the first sentence of its comments. */
function aboutOf(text: string): string {
  const comments = text.split('\n').filter((line) => /^# (?!yaml-language-server)/.test(line));
  const words = comments.map((line) => line.slice(2).trim()).join(' ');
  return /^.*?[.:](?= [A-Z]| {2}|$)/.exec(words)?.[0] ?? words.slice(0, 160);
}

function table(entries: readonly Entry[], kind: string): string {
  const rows = entries.map((entry) => [entry.id, remark(entry), entry.title] as const);
  const widths = [0, 1].map((column) =>
    Math.max(0, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const lines = rows.map(([id, note, title]) =>
    `${id.padEnd(widths[0] ?? 0)}  ${note.padEnd(widths[1] ?? 0)}  ${title}`.trimEnd(),
  );
  return `${lines.join('\n')}\n${entries.length} ${kind}\n`;
}

/** What is most telling about an entry besides its title. */
function remark(entry: Entry): string {
  switch (entry.kind) {
    case 'case':
      return `${entry.row.against} ${entry.row.covers[0]?.level ?? ''}`.trimEnd();
    case 'requirement':
      return `${entry.row.binds} ${entry.row.level}`;
    case 'ambiguity':
      return `assumed ${entry.row.assumed}`;
    case 'mutant':
      return `${entry.row.side}${entry.row.deep ? ' deep' : ''}`;
    case 'message':
      return entry.row.saidBy.join('|');
  }
}

/** An entry without its code. */
function record(entry: Entry): object {
  const { kind, id, title } = entry;
  const common = { kind, id, protocol: entry.protocol.name };
  switch (entry.kind) {
    case 'case': {
      const { against, from = null, covers, tags = [] } = entry.row;
      const requirements = covers.map((row) => row.id);
      const levels = [...new Set(covers.map((row) => row.level))];
      return { ...common, title, side: against, from, levels, requirements, tags };
    }
    case 'mutant': {
      const { side, breaks, shortest, deep } = entry.row;
      return { ...common, title, side, breaks: breaks.id, shortest, deep };
    }
    case 'requirement':
    case 'ambiguity':
    case 'message':
      return { ...common, ...entry.row, id };
  }
}
