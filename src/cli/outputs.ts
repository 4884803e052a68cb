import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  openSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { Report } from '#src/contract/report.ts';
import type { Sources } from '#src/report/format.ts';
import { codeOf, makeFolder } from './folder.ts';
import { formats, type Format, type Output } from './formats.ts';
import { openFolder } from './run-folder.ts';
import { sourcesOf } from './sources.ts';
import { usage } from './usage.ts';

/** The reports of one run. */
export interface Outputs {
  readonly folder: string;
  /** True where a report goes to stdout: people read on stderr. */
  readonly takesStdout: boolean;
  /** Writes them all and returns the files. */
  write(report: Report, stdout: (text: string) => void): Promise<readonly string[]>;
}

/**
 * Claims the files, so that a wrong path is told before the run. `report.json` and `report.html` are
 * always written.
 * `open` makes the folder: without the traces of an earlier run, unless it does otherwise.
 * @throws HarnessError `usage` where a file cannot be written.
 */
export function openOutputs(
  folder: string,
  wanted: readonly Output[],
  open: (folder: string) => void = openFolder,
): Outputs {
  open(folder);
  const always = ['json', 'html'].map((name) => ({ name, file: null }));
  return claimOutputs(folder, [...always, ...wanted]);
}

/**
 * Claims the files of these outputs alone.
 * @throws HarnessError `usage` where a file cannot be written.
 */
export function claimOutputs(folder: string, wanted: readonly Output[]): Outputs {
  const places = wanted.flatMap(({ name, file }) => {
    const format = formats[name];
    return format === undefined ? [] : [[file ?? join(folder, format.path), format] as const];
  });
  const claimed = new Map(places);
  claimAll(claimed);
  return {
    folder,
    takesStdout: claimed.has('-'),
    async write(report, stdout) {
      const sources = sourcesOf(folder, report.target.protocol);
      for (const [path, format] of claimed) await put(path, format, { report, sources, stdout });
      return [...claimed.keys()].filter((path) => path !== '-');
    },
  };
}

interface Writing {
  readonly report: Report;
  readonly sources: Sources;
  readonly stdout: (text: string) => void;
}

async function put(path: string, format: Format, { report, sources, stdout }: Writing) {
  if (format.kind === 'folder') {
    const files = (await format.load())(report, sources);
    for (const [name, text] of files) writeFileSync(join(path, name), text);
    return;
  }
  const text = (await format.load())(report, sources);
  if (path === '-') stdout(text);
  else writeFileSync(path, text);
}

/** All or none: what was made for a run that is refused is taken away again. */
function claimAll(claimed: ReadonlyMap<string, Format>): void {
  const made: string[] = [];
  try {
    for (const [path, { kind }] of claimed) {
      if (path === '-') continue;
      if (kind === 'file' && !existsSync(path)) made.push(path);
      claim(path, kind);
    }
  } catch (fault) {
    for (const path of made) rmSync(path, { force: true });
    throw fault;
  }
}

function claim(path: string, kind: Format['kind']): void {
  makeFolder(kind === 'folder' ? path : dirname(path));
  try {
    if (kind === 'folder') accessSync(path, constants.W_OK);
    else closeSync(openSync(path, 'a'));
  } catch (cause) {
    throw usage(`cannot write ${path}: ${codeOf(cause)}`, { cause });
  }
}
