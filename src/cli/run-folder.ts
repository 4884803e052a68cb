import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writePlace } from '#src/base/place.ts';
import type { Trace } from '#src/contract/trace.ts';
import { writeTrace } from '#src/report/trace-file.ts';
import { makeFolder } from './folder.ts';
import type { Subject } from './profile.ts';

/** Where a run's report and traces go when nobody says: the same run, the same folder. */
export function folderOf(
  { protocol, profile }: Subject,
  run: { readonly seed: number; readonly selectors: readonly string[] },
): string {
  const named = profile.name === protocol.name ? whereabouts(profile.target) : profile.name;
  const words = [protocol.name, profile.side, named, String(run.seed), ...run.selectors];
  return join('reports', words.map(slug).join('-').slice(0, 120));
}

function whereabouts(target: Subject['profile']['target']): string {
  if (target.kind === 'reference') return target.mutant ?? 'reference';
  return target.kind === 'command' ? 'command' : writePlace(target);
}

/** A word that every file system takes. */
function slug(word: string): string {
  return word.replace(/[^\w.]+/g, '-').replace(/^-+|-+$/g, '');
}

const traceFolder = 'traces';
const traceSuffix = '.trace.json';

/**
 * Makes the folder, without the traces of an earlier run in it.
 * @throws HarnessError `usage` where it cannot be written.
 */
export function openFolder(folder: string): void {
  const traces = join(folder, traceFolder);
  makeFolder(traces);
  for (const file of readdirSync(traces)) {
    if (file.endsWith(traceSuffix)) rmSync(join(traces, file));
  }
}

/** Writes a trace and returns its file, relative to the folder. */
export function keepTrace(folder: string, id: string, trace: Trace): string {
  const file = `${traceFolder}/${slug(id)}${traceSuffix}`;
  writeFileSync(join(folder, file), writeTrace(trace));
  return file;
}
