import { join } from 'node:path';
import { systemClock } from '#src/base/clock.ts';
import type { Progress, Report, Result } from '#src/contract/report.ts';
import { consoleReporter } from '#src/report/console.ts';
import { counted } from '#src/report/text.ts';
import { runSuite } from '#src/suite/run-suite.ts';
import type { SuitePlan } from '#src/suite/suite.ts';
import { withKnown } from '#src/gate/gated.ts';
import { gatedBy, type Gating } from './gating.ts';
import type { Outputs } from './outputs.ts';
import { keepTrace } from './run-folder.ts';
import type { Screen } from './screen.ts';
import { formatTargetUrl } from './target-url.ts';

/** How a run is shown and kept. */
export interface Showing {
  readonly screen: Screen;
  readonly outputs: Outputs;
  /** False: failures and the summary only. */
  readonly progress: boolean;
  /** Known failures, where there is a list of them. */
  readonly gating?: Gating | null;
  /** The command that plays a case again. */
  readonly replay: (id: string) => string;
}

/** Runs a suite; shows it, keeps the traces of what did not pass, and writes the reports. */
export async function runAndReport(plan: SuitePlan, showing: Showing): Promise<Report> {
  const { screen, outputs, progress, replay, gating = null } = showing;
  const { requirements } = plan.protocol.model;
  const byId = new Map(Object.values(requirements).map((row) => [row.id, row]));
  const people = consoleReporter({
    write: outputs.takesStdout ? screen.err : screen.out,
    live: screen.live && !outputs.takesStdout,
    colour: screen.colour && !outputs.takesStdout,
    columns: Math.min(screen.columns, 120),
    progress,
    nowMs: () => systemClock.nowMs(),
    requirement: (id) => byId.get(id) ?? null,
  });
  const kept = new Map<string, Result>();
  const { protocol, profile } = plan;
  const { kind } = profile.target;
  const url = kind === 'reference' ? formatTargetUrl(protocol, profile) : null;
  const told = await runSuite(plan, (event) => {
    const keepsAll = profile.captures === 'all';
    const known = keep(event, { folder: outputs.folder, replay, url, keepsAll, gating });
    if (known.kind === 'result') kept.set(known.result.id, known.result);
    people.tell(known);
  });
  const results = told.results.map((result) => kept.get(result.id) ?? result);
  const target = { ...told.target, url: url ?? told.target.url };
  const report = gatedBy(gating, { ...told, target, results });
  const files = await outputs.write(report, screen.out);
  const traces = results.filter(({ trace }) => trace !== null).length;
  const folder = `${join(outputs.folder, 'traces')} (${counted(traces, 'trace')})`;
  people.end(report, traces === 0 ? files : [...files, folder]);
  return report;
}

/** Adds to a result where its trace lies and how it is played again; names a mutant by its URL. */
function keep(
  event: Progress,
  {
    folder,
    replay,
    url,
    keepsAll,
    gating,
  }: {
    readonly folder: string;
    readonly replay: Showing['replay'];
    readonly url: string | null;
    readonly keepsAll: boolean;
    readonly gating: Gating | null;
  },
): Progress {
  if (event.kind === 'began') return { ...event, url: url ?? event.url };
  if (event.kind !== 'result') return event;
  const { trace } = event;
  const result = gating === null ? event.result : withKnown(event.result, gating);
  const { id, verdict } = result;
  const isKept = (keepsAll || verdict !== 'pass') && trace.events.length > 0;
  const file = isKept ? keepTrace(folder, id, trace) : null;
  return { ...event, result: { ...result, trace: file, replay: replay(id) } };
}
