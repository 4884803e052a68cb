import type { Requirement } from '#models/language/index.ts';
import type { Progress, Report, Result } from '#src/contract/report.ts';
import { isKnown } from '#src/gate/ending.ts';
import { failureLines, shown } from './failure.ts';
import { gateLines } from './gate-lines.ts';
import { painter } from './paint.ts';
import { noteLines } from './notes.ts';
import { summaryLines } from './summary.ts';
import { counted, printable } from './text.ts';

/** What the console reporter writes with. */
export interface ConsoleOptions {
  readonly write: (text: string) => void;
  /** True where the last line may be rewritten. */
  readonly live: boolean;
  readonly colour: boolean;
  readonly columns: number;
  /** False: failures and the summary only. */
  readonly progress: boolean;
  readonly nowMs: () => number;
  /** A requirement by its id. */
  readonly requirement: (id: string) => Requirement | null;
}

/** Something that is told of a run while it runs, and of its end. */
export interface Reporter {
  tell(progress: Progress): void;
  /** `files`: the reports that were written besides. */
  end(report: Report, files: readonly string[]): void;
}

/** Failures of one sort that are shown in full; of further ones only the first line. */
const shownInFull = 2;
/** Lines of progress are so far apart: plain ones, and the one that is rewritten. */
const plainMs = 1000;
const liveMs = 50;
const eraseLine = '\r\u001b[K';

/** Writes a run for people: progress, each failure when it happens, and a last screen. */
export function consoleReporter(options: ConsoleOptions): Reporter {
  const { write, live, columns, nowMs } = options;
  const paint = painter(options.colour);
  let total = 0;
  let failures = 0;
  let lastMs = nowMs();
  let apart = true;
  const sorts = new Map<string, number>();

  const erase = () => (live && options.progress ? eraseLine : '');
  const showProgress = (done: number, id: string) => {
    if (!options.progress) return;
    const line = `${doneOf(done, total)}, ${failures} not passed`;
    if (nowMs() - lastMs < (live ? liveMs : plainMs)) return;
    lastMs = nowMs();
    if (live) return write(`${erase()}${`${line}  ${id}`.slice(0, columns - 1)}`);
    write(`${line}\n`);
  };
  const showFailure = (result: Result) => {
    const sort = sortOf(result);
    const before = sorts.get(sort) ?? 0;
    sorts.set(sort, before + 1);
    const [headline = '', ...lines] = failureLines(result, options);
    apart = before < shownInFull;
    const rest = apart ? `${lines.join('\n')}\n\n` : '';
    write(`${erase()}${paint(result.verdict, headline)}\n${rest}`);
  };

  const showKnown = ({ id, verdict, known }: Result) => {
    apart = false;
    const reason = printable(known?.reason ?? '');
    write(`${erase()}${paint('notApplicable', `KNOWN ${verdict} ${id}: ${reason}`)}\n`);
  };

  return {
    tell(progress) {
      switch (progress.kind) {
        case 'began':
          total = progress.total;
          if (options.progress)
            write(`testing ${printable(progress.url)}: ${counted(total, 'case')}\n`);
          return;
        case 'note':
          return write(`${erase()}${printable(progress.text)}\n`);
        case 'result':
          if (isKnown(progress.result)) showKnown(progress.result);
          else if (shown.has(progress.result.verdict)) {
            failures += progress.result.verdict === 'warn' ? 0 : 1;
            showFailure(progress.result);
          }
          return showProgress(progress.done, progress.result.id);
      }
    },
    end(report, files) {
      const notes = [...gateLines(report, options), ...noteLines(report, options)];
      const lines = [...notes, ...summaryLines(report, { ...options, files })];
      write(`${erase()}${apart ? '' : '\n'}${lines.join('\n')}\n`);
    },
  };
}

/** How far it is; cases of states that the target's own choices led to come on top of the plan. */
function doneOf(done: number, total: number): string {
  if (done <= total) return `${done} of ${counted(total, 'case')}`;
  return `${counted(total, 'case')}, and ${done - total} more that its choices led to`;
}

/** What failures of one sort have in common. */
function sortOf({ verdict, kind, requirements, explanation }: Result): string {
  return [verdict, kind, verdict === 'fail' ? requirements[0] : explanation].join(' ');
}
