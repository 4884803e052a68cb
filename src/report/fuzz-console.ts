import type { Requirement } from '#models/language/index.ts';
import type { CampaignState } from '#src/contract/finding.ts';
import type { Report, Result } from '#src/contract/report.ts';
import { isKnown } from '#src/gate/ending.ts';
import { failureLines } from './failure.ts';
import { gateLines } from './gate-lines.ts';
import { fuzzSummaryLines } from './fuzz-summary.ts';
import { painter } from './paint.ts';
import { counted, printable } from './text.ts';

/** What the console writes a campaign with. */
export interface FuzzConsoleOptions {
  readonly write: (text: string) => void;
  /** True where the last lines may be rewritten. */
  readonly live: boolean;
  readonly colour: boolean;
  readonly columns: number;
  readonly nowMs: () => number;
  /** A requirement by its id. */
  readonly requirement: (id: string) => Requirement | null;
  /** States and transitions of the machine. */
  readonly totals: { readonly states: number; readonly transitions: number };
}

/** Something that is told of a campaign while it runs, and of its end. */
export interface FuzzConsole {
  began(text: string): void;
  note(text: string): void;
  state(state: CampaignState): void;
  /** A finding: when it is new, and again when fewer steps show it. */
  finding(result: Result): void;
  end(report: Report, files: readonly string[]): void;
}

/** Plain lines are so far apart; a live screen is drawn so often. */
const plainMs = 2000;
const liveMs = 200;
/** Findings that are shown in full. */
const shownInFull = 10;

/** Writes a campaign for people: where it is, each finding, and a last screen. */
export function fuzzConsole(options: FuzzConsoleOptions): FuzzConsole {
  const { write, live, columns, nowMs, colour } = options;
  const paint = painter(colour);
  let drawn = 0;
  let lastMs = Number.NEGATIVE_INFINITY;
  const told = new Set<string>();
  let found = new Map<string, { result: Result; full: boolean }>();

  const erase = () => {
    const up = drawn > 1 ? `\u001b[${drawn - 1}A` : '';
    const text = drawn === 0 ? '' : `\r${up}\u001b[J`;
    drawn = 0;
    return text;
  };
  const line = (text: string) => write(`${erase()}${text}\n`);
  const full = (result: Result) => {
    const [headline = '', ...rest] = failureLines(result, options);
    line(`${paint(result.verdict, headline)}\n${rest.join('\n')}\n`);
  };

  return {
    began: (text) => line(printable(text)),
    note: (text) => line(printable(text)),
    state(state) {
      if (nowMs() - lastMs < (live ? liveMs : plainMs)) return;
      lastMs = nowMs();
      if (!live) return line(stateLines(state, options).join(', '));
      const lines = stateLines(state, options).map((text) => text.slice(0, columns - 1));
      write(`${erase()}${lines.join('\n')}`);
      drawn = lines.length;
    },
    finding(result) {
      if (isKnown(result)) {
        if (!told.has(result.id))
          line(`KNOWN ${result.id}: ${printable(result.known?.reason ?? '')}`);
        told.add(result.id);
        return;
      }
      const known = found.get(result.id);
      const inFull = known !== undefined && !known.full && found.size <= shownInFull;
      found = found.set(result.id, { result, full: known?.full === true || inFull });
      if (inFull) return full(result);
      if (known === undefined) {
        const [headline = ''] = failureLines(result, options);
        line(`found: ${paint(result.verdict, headline)} [${result.requirements.join(', ')}]`);
      }
    },
    end(report, files) {
      const rest = [...found.values()].filter((one) => !one.full);
      for (const { result } of rest.slice(0, shownInFull)) full(result);
      for (const text of gateLines(report, options)) line(text);
      line(fuzzSummaryLines(report, { ...options, files }).join('\n'));
    },
  };
}

/** Where a campaign is, in three short lines. */
function stateLines(
  state: CampaignState,
  { totals }: Pick<FuzzConsoleOptions, 'totals'>,
): readonly string[] {
  const { messages, sessions, elapsedMs, triples, fresh, states, transitions } = state;
  const perSecond = Math.round((messages / Math.max(1, elapsedMs)) * 1000);
  return [
    `${messages} messages (${perSecond}/s), ${counted(sessions, 'session')}, ${(elapsedMs / 1000).toFixed(0)} s`,
    `${states.size}/${totals.states} states, ${transitions.size}/${totals.transitions} transitions, ` +
      `${triples.size} triples (${fresh} new in the last minute)`,
    `target ${state.health}, ${counted(state.restarts, 'restart')}, ${counted(state.findings.length, 'finding')}`,
  ];
}
