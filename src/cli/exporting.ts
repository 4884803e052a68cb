import { readFileSync, writeFileSync } from 'node:fs';
import type { Protocol } from '#src/contract/protocol.ts';
import { gherkin } from '#src/export/gherkin.ts';
import { secretsNote } from '#src/export/notes.ts';
import { pcapng } from '#src/export/pcapng.ts';
import { script, scriptModules, type ScriptParts } from '#src/export/script.ts';
import { vectors } from '#src/export/vectors.ts';
import { exportSource, traceFiles, type ExportSource } from './export-sources.ts';
import { codeOf } from './folder.ts';
import type { Screen } from './screen.ts';
import { oneOf, usage } from './usage.ts';
import type { ExportFlags } from './verbs/export.ts';

/** A form, and how its files end. */
interface Form {
  readonly ending: string;
  /** True where one file may hold several traces. */
  readonly takesRuns?: true;
  readonly write: (sources: readonly [ExportSource, ...ExportSource[]]) => Uint8Array | string;
}

const forms: Readonly<Record<string, Form>> = {
  pcapng: { ending: '.pcapng', write: ([source]) => pcapng(source, source) },
  script: { ending: '.js', write: ([source]) => script(source, partsFor(source.protocol)) },
  gherkin: { ending: '.feature', write: ([source]) => gherkin(source) },
  vectors: {
    ending: '.vectors.json',
    takesRuns: true,
    write: (sources) =>
      `${JSON.stringify(vectors(sources.map(({ exhibit }) => exhibit)), null, 2)}\n`,
  },
};

/** Writes a trace, or those of a run, in another form; returns the exit code. */
export function exporting(what: string, { as, out }: ExportFlags, screen: Screen): number {
  const form = forms[oneOf(as, { known: Object.keys(forms), what: 'form', where: '--as: ' })];
  const files = traceFiles(what);
  if (form === undefined) return 2;
  if (files.length > 1 && form.takesRuns !== true) {
    throw usage(`${what} holds ${files.length} traces; name one of them, such as ${files[0]}`);
  }
  const [first, ...more] = files.map(exportSource);
  if (first === undefined) throw usage(`${what} holds no trace`);
  const sources = [first, ...more] as const;
  const names = new Set(sources.map(({ protocol }) => protocol.name));
  if (names.size > 1) throw usage(`${what} holds traces of ${[...names].join(' and ')}`);
  const written = form.write([...sources]);
  const isStdout = out === '-';
  if (isStdout && typeof written !== 'string')
    throw usage(`${as} is no text: name a file with --out`);
  if (isStdout) screen.out(String(written));
  else {
    const file = out ?? `${baseOf(what, first)}${form.ending}`;
    store(file, written);
    screen.out(`wrote ${file}\n`);
  }
  const secret = sources.map(({ exhibit }) => secretsNote(exhibit)).find((note) => note !== null);
  if (secret !== undefined) screen.err(`qkdspec: it ${secret}\n`);
  return 0;
}

/** Of one trace its name; of a run the folder's. */
function baseOf(what: string, { name }: ExportSource): string {
  const isOne = what.endsWith('.json') || what.endsWith('.jsonl');
  const folder = what
    .replace(/[\\/]+$/, '')
    .split(/[\\/]/)
    .at(-1);
  return isOne || folder === undefined || folder === '' ? name : folder;
}

/** The modules that scripts are made of lie with the program. */
function partsFor({ name, scripting }: Protocol): ScriptParts {
  if (scripting === undefined) throw usage(`${name} has no scripts`);
  const read = (url: URL) => readFileSync(url, 'utf8');
  return { machinery: scriptModules.map(read), wire: read(scripting.module) };
}

/** @throws HarnessError `usage` where it cannot be written. */
function store(file: string, written: Uint8Array | string): void {
  try {
    writeFileSync(file, written);
  } catch (cause) {
    throw usage(`cannot write ${file}: ${codeOf(cause)}`, { cause });
  }
}
