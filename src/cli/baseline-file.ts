import { existsSync, readFileSync } from 'node:fs';
import { Document, isMap, isSeq, type YAMLMap } from 'yaml';
import { baselineSchema, type KnownFailures } from '#src/gate/known-failures.ts';
import { fits, validator } from '#src/wire/schema.ts';
import { codeOf } from './folder.ts';
import { writeWhole } from './fuzz-whole-file.ts';
import { hint, usage } from './usage.ts';
import { readYaml } from './yaml-text.ts';

/** A list of known failures as it lies in a file, with the comments of whoever keeps it. */
export interface BaselineFile {
  readonly list: KnownFailures;
  /** The line of an entry, from 1. */
  lineOf(id: string): number;
  /** The same file with other entries: sorted, comments where they were. */
  written(list: KnownFailures): string;
}

const headline =
  ' Known failures. They are run all the same; whatever is not as it is said here fails.';

/**
 * Reads a file of known failures.
 * @throws HarnessError `usage` with file and line of the first mistake.
 */
export function readBaseline(file: string): BaselineFile {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw usage(`cannot read the baseline ${file}: ${codeOf(cause)}`, { cause });
  }
  return baselineOf(text, file);
}

/** The same, or an empty one where there is no such file. */
export function readOrBegin(file: string, about: Pick<KnownFailures, 'protocol' | 'side'>) {
  if (existsSync(file)) return readBaseline(file);
  const { protocol, side } = about;
  const document = new Document({ schema: 'qkdspec-baseline/1', protocol, side, failures: [] });
  document.commentBefore = headline;
  return baselineOf(String(document), file);
}

/**
 * Writes it whole or not at all.
 * @throws HarnessError `usage` where it cannot be written.
 */
export function writeBaseline(file: string, text: string): void {
  try {
    writeWhole(file, text);
  } catch (cause) {
    throw usage(`cannot write the baseline ${file}: ${codeOf(cause)}`, { cause });
  }
}

function baselineOf(text: string, file: string): BaselineFile {
  const { document, value, lineOf } = readYaml(text, file);
  if (!fits(baselineSchema, value)) throw complaint(value, (path) => `${file}:${lineOf(path)}: `);
  const at = new Map(value.failures.map(({ id }, index) => [id, index]));
  const twice = value.failures.findIndex(({ id }, index) => at.get(id) !== index);
  if (twice >= 0) {
    const line = lineOf(['failures', String(twice), 'id']);
    throw usage(`${file}:${line}: '${value.failures[twice]?.id}' is there twice`);
  }
  return {
    list: value,
    lineOf: (id) => lineOf(['failures', String(at.get(id) ?? 0)]),
    written: (list) => withEntries(document.clone(), list),
  };
}

/** Changes what differs and nothing else, so that comments and spelling stay. */
function withEntries(document: Document, { failures }: KnownFailures): string {
  const list = document.get('failures');
  if (!isSeq(list)) throw usage('the baseline has no list of failures');
  const before = list.items.filter((item) => isMap(item));
  const [first] = before;
  /** A comment above the first entry is taken for one about the list. */
  const above = list.commentBefore ?? null;
  if (first !== undefined && above !== null) {
    first.commentBefore = [above, first.commentBefore].filter(Boolean).join('\n');
    list.commentBefore = null;
  }
  const byId = new Map(before.map((item) => [item.get('id'), item]));
  list.flow = false;
  list.items = failures.map((entry) => {
    const known = byId.get(entry.id);
    return known === undefined ? document.createNode(entry) : withMembers(known, entry);
  });
  return document.toString({ lineWidth: 0 });
}

function withMembers(item: YAMLMap, members: Readonly<Record<string, string>>): YAMLMap {
  for (const [name, value] of Object.entries(members)) {
    if (item.get(name) !== value) item.set(name, value);
  }
  return item;
}

function complaint(value: unknown, where: (path: readonly string[]) => string): Error {
  const problems = validator(baselineSchema)(value);
  const unknown = problems.find(({ message }) => message === 'is no known member');
  const problem = unknown ?? problems[0] ?? { path: '', message: 'is wrong' };
  const path = problem.path.split('/').slice(1);
  const what = path.length === 0 ? 'the baseline' : `'${path.join('.')}'`;
  const entry = baselineSchema.properties.failures.items.properties;
  const known = Object.keys(path.length < 2 ? baselineSchema.properties : entry);
  const near = unknown === undefined ? '' : `; ${hint(path.at(-1) ?? '', known)}`;
  return usage(`${where(path)}${what} ${problem.message}${near}`);
}
