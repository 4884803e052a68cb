import { today } from '#src/base/clock.ts';
import type { Protocol } from '#src/contract/protocol.ts';
import type { Report } from '#src/contract/report.ts';
import { caseVersion } from '#src/gate/case-version.ts';
import { gated, partiality } from '#src/gate/gated.ts';
import { isFinding, isOver } from '#src/gate/known-failures.ts';
import { pruned, updated, type Updated } from '#src/gate/update.ts';
import { protocols } from '#src/protocols/index.ts';
import { gateLines, gateSummary } from '#src/report/gate-lines.ts';
import { counted } from '#src/report/text.ts';
import { readBaseline, readOrBegin, writeBaseline, type BaselineFile } from './baseline-file.ts';
import { dayOf, gatingFor } from './gating.ts';
import type { Screen } from './screen.ts';
import { readRun } from './stored-run.ts';
import { protocolOf } from './target-url.ts';
import { usage } from './usage.ts';

/** What `baseline` may be told. */
export interface BaselineFlags {
  readonly baseline: string;
  readonly reason?: string;
  readonly expires?: string;
}

/** Days for which a failure is known, where nobody says. */
const usualDays = 90;

/** Holds a stored run against the file: the exit code that the run would have had with it. */
export function checkRun(run: string, { baseline: file }: BaselineFlags, screen: Screen): number {
  const { report } = readRun(run);
  const told = gated(report, gatingOf(readBaseline(file), report, file));
  const columns = Math.min(screen.columns, 120);
  const { exitCode, because } = told.exit;
  const lines = [...gateLines(told, { columns }), gateSummary(told) ?? ''];
  screen.out(`${lines.join('\n')}\nexit ${exitCode}: ${because}\n`);
  return exitCode;
}

/** Holds the file against the cases that there are, without a run: 1 where something is amiss. */
export function checkFile({ baseline: file }: BaselineFlags, screen: Screen): number {
  const { list, lineOf } = readBaseline(file);
  const protocol = protocolOf(list.protocol, protocols);
  const complaints = list.failures.flatMap((entry) => {
    const why = [
      ...(isOver(entry, dayOf(today())) ? [`it expired on ${entry.expires}`] : []),
      ...(isFinding(entry.id) ? [] : misfit(entry, list.side, protocol)),
    ];
    return why.map((text) => `${file}:${lineOf(entry.id)}: ${entry.id}: ${text}\n`);
  });
  screen.out(complaints.join(''));
  screen.out(`${file}: ${counted(list.failures.length, 'known failure')}, `);
  screen.out(`${counted(complaints.length, 'complaint')}\n`);
  return complaints.length === 0 ? 0 : 1;
}

/** Why an entry cannot be used any more, by its case; none for what another tool brings along. */
function misfit(
  { id, version }: { readonly id: string; readonly version: string },
  side: string,
  { cases, vectors }: Protocol,
): readonly string[] {
  const found = cases.find((one) => one.id === id);
  if (found === undefined) return vectors === undefined ? ['there is no such case'] : [];
  if (found.against !== side) return [`it is about ${found.against}`];
  const now = caseVersion(found);
  return now === version ? [] : [`what the case demands has changed: ${now}, not ${version}`];
}

/** Rewrites the file by a whole run; 1 where something new was left out. */
export function updateBy(run: string, flags: BaselineFlags, screen: Screen): number {
  const { baseline: file, reason = null, expires } = flags;
  const { report } = readRun(run);
  const why = partiality(report);
  if (why !== null) throw usage(`${run} is no whole run: ${why}`);
  const stored = readOrBegin(file, report.target);
  const { list, today: day } = gatingOf(stored, report, file);
  const result = updated(list, report, {
    reason,
    expires: expires ?? dayOf(new Date(today().getTime() + usualDays * 86_400_000)),
    renews: expires !== undefined,
    today: day,
  });
  keep(result, { file, stored, screen });
  if (result.refused.length === 0) return 0;
  const count = counted(result.refused.length, 'new failure');
  screen.err(`qkdspec: ${count} left out, ${result.refused[0]} the first: give a --reason\n`);
  return 1;
}

/** Takes out what a run shows to be of no use. */
export function pruneBy(run: string, { baseline: file }: BaselineFlags, screen: Screen): number {
  const { report } = readRun(run);
  const stored = readBaseline(file);
  const gating = gatingOf(stored, report, file);
  keep(pruned(gating.list, gated(report, gating)), { file, stored, screen });
  return 0;
}

function keep(
  { list, added, changed, dropped }: Updated,
  where: { readonly file: string; readonly stored: BaselineFile; readonly screen: Screen },
): void {
  const { file, stored, screen } = where;
  const told = [
    ...added.map((id) => `added    ${id}`),
    ...changed.map((id) => `changed  ${id}`),
    ...dropped.map((id) => `dropped  ${id}`),
  ];
  writeBaseline(file, stored.written(list));
  screen.out(told.map((line) => `${line}\n`).join(''));
  screen.out(
    `${file}: ${counted(list.failures.length, 'known failure')}, ` +
      `${added.length} added, ${changed.length} changed, ${dropped.length} dropped\n`,
  );
}

function gatingOf(stored: BaselineFile, report: Report, file: string) {
  const { target, results, fuzz } = report;
  const ids = fuzz === undefined ? results.map(({ id }) => id) : [];
  const protocol = protocolOf(target.protocol, protocols);
  return gatingFor(stored, { file, protocol, side: target.side, ids });
}
