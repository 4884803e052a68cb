import { readFileSync } from 'node:fs';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { Trace } from '#src/contract/trace.ts';
import { protocols } from '#src/protocols/index.ts';
import type { Sources } from '#src/report/format.ts';
import { readTrace } from '#src/report/trace-file.ts';

/** What formats may draw on, of a run that lies in a folder. */
export function sourcesOf(folder: string, protocol: string): Sources {
  return {
    folder: pathOf(folder),
    protocol: protocols.find(({ name }) => name === protocol) ?? null,
    artifactsUrl: artifactsUrl(process.env),
    trace: (file) => traceIn(join(folder, file)),
  };
}

/** From where the tool was started, or from the root where it lies elsewhere. */
function pathOf(folder: string): string {
  const near = relative('', folder);
  const isElsewhere = near.startsWith('..') || isAbsolute(near);
  return (isElsewhere ? resolve(folder) : near || '.').split(sep).join('/');
}

/** The page of a job on GitHub, where its artifacts are. */
function artifactsUrl(env: NodeJS.ProcessEnv): string | null {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: run } = env;
  if (server === undefined || repository === undefined || run === undefined) return null;
  return `${server}/${repository}/actions/runs/${run}#artifacts`;
}

function traceIn(path: string): Trace | null {
  try {
    const read = readTrace(readFileSync(path, 'utf8'));
    return read.ok ? read.trace : null;
  } catch {
    return null;
  }
}
