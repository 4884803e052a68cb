import type { VerdictName } from '#src/contract/verdict.ts';
import type { Subject } from './profile.ts';
import { readRun } from './stored-run.ts';
import { usage } from './usage.ts';

const good: ReadonlySet<VerdictName> = new Set(['pass', 'reading', 'notApplicable']);

/**
 * The ids of what did not pass in the run that lies in a folder, known failures as well.
 * @throws HarnessError `usage` where there is no such run, or nothing is left of it.
 */
export function lastFailed(folder: string, { profile }: Subject): ReadonlySet<string> {
  const { report } = readRun(folder);
  const { protocol, side } = report.target;
  if (protocol !== profile.protocol || side !== profile.side) {
    const [is, wanted] = [`${protocol}/${side}`, `${profile.protocol}/${profile.side}`];
    throw usage(`${folder} holds a run against ${is}, not ${wanted}`);
  }
  const ids = report.results.filter(({ verdict }) => !good.has(verdict)).map(({ id }) => id);
  if (ids.length === 0) throw usage(`everything passed in ${folder}: nothing to run again`);
  return new Set(ids);
}
