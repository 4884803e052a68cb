import type { Readings, Requirement } from '#models/language/index.ts';
import type { Chart } from '#src/chart/chart.ts';
import { chartOf } from '#src/chart/chart-of.ts';
import { settingsFor } from '#src/contract/choose.ts';
import type { JudgedFrame } from '#src/contract/case.ts';
import type { Position } from '#src/contract/position.ts';
import type { Protocol } from '#src/contract/protocol.ts';
import type { Trace, TraceEvent } from '#src/contract/trace.ts';
import type { Verdict } from '#src/contract/verdict.ts';
import { isBinding, Listener } from '#src/judge/assess.ts';
import { judge, overheard } from '#src/judge/judge.ts';

/** What a session is judged by. */
export interface Judging {
  readonly protocol: Protocol;
  readonly dialect: string;
  readonly options: Readonly<Record<string, unknown>>;
  /** As the profile has them. */
  readonly pinned: Readings;
}

/** Where a side did what it must not, and the verdict on it. */
export interface Breach {
  readonly verdict: Verdict;
  /** When it came, counted over the whole session. */
  readonly order: number;
}

/** Judges one side of a session while it goes on. */
export class SideMonitor {
  readonly side: string;
  readonly #judging: Judging;
  readonly #chart: Chart;
  readonly #events: TraceEvent[] = [];
  /** When each event came, counted over the whole session. */
  readonly #orders: number[] = [];
  /** What the states demand that it went through. */
  readonly #covered = new Map<string, Requirement>();
  #listener: Listener;
  /** True while it has heard all events, under the assumed readings. */
  #isWhole: boolean;
  #breach: Breach | null = null;
  /** The last verdict, and of what it is. */
  #last: { verdict: Verdict; events: number; before: number | undefined } | null = null;

  constructor(side: string, judging: Judging) {
    this.side = side;
    this.#judging = judging;
    this.#chart = chartOf(judging.protocol.model.session);
    this.#listener = this.#listen(judging.pinned);
    this.#isWhole = areAssumed(judging);
  }

  /** The first thing that it must not have done; `null`: nothing yet. */
  get breach(): Breach | null {
    return this.#breach;
  }

  get frames(): readonly JudgedFrame[] {
    return this.#listener.frames;
  }

  get position(): Position {
    return this.#listener.position;
  }

  /** True while the side must say something next. */
  get owed(): boolean {
    return this.#breach === null && this.#listener.owed;
  }

  /** Something that is remembered, and judged no more. */
  remember(event: TraceEvent, order: number): void {
    this.#isWhole = false;
    this.#keep(event, order);
  }

  take(event: TraceEvent, order: number): void {
    this.#keep(event, order);
    if (this.#breach !== null) return;
    const violation = this.#listener.judge(event, this.#events.length - 1);
    if (violation !== null && isBinding(violation)) this.#lookCloser(order);
    for (const row of this.position.place.covers) {
      if (row.binds === this.side || row.binds === 'any') this.#covered.set(row.id, row);
    }
  }

  /** What was demanded of it where it was. */
  get covered(): readonly Requirement[] {
    return [...this.#covered.values()];
  }

  /** Nothing more comes, or is judged: what only the trace up to there shows is a breach too. */
  conclude(before?: number): void {
    if (this.#breach !== null) return;
    const verdict = this.verdict(before);
    const at = verdict.violation?.at ?? 0;
    if (verdict.verdict === 'fail') this.#breach = { verdict, order: this.orderOf(at) };
  }

  /** What the side saw, up to some moment. */
  trace(before = Number.POSITIVE_INFINITY): Trace {
    const { protocol, dialect, options } = this.#judging;
    const events = this.#events.filter((_, at) => (this.#orders[at] ?? 0) < before);
    return { protocol: protocol.name, dialect, options, peer: this.side, seed: 0, events };
  }

  /** The verdict on that: what was heard need not be gone through again. */
  verdict(before?: number): Verdict {
    const isAll = before === undefined && this.#breach === null && this.#isWhole;
    const known = isAll ? overheard(this.#listener, this.#events.length) : null;
    if (known !== null) return known;
    const events = this.#events.length;
    const last = this.#last;
    if (last !== null && last.events === events && last.before === before) return last.verdict;
    const { protocol, pinned } = this.#judging;
    const verdict = judge(protocol, this.trace(before), pinned);
    this.#last = { verdict, events, before };
    return verdict;
  }

  /** When an event of its trace came. */
  orderOf(event: number): number {
    return this.#orders[Math.min(event, this.#orders.length - 1)] ?? 0;
  }

  #keep(event: TraceEvent, order: number): void {
    this.#events.push(event);
    this.#orders.push(order);
  }

  /** Other readings may allow it: it is then listened to under them from the beginning. */
  #lookCloser(order: number): void {
    this.#isWhole = false;
    const verdict = this.verdict();
    if (verdict.verdict === 'fail') {
      this.#breach = { verdict, order };
      return;
    }
    const others = Object.fromEntries(verdict.readings.map((reading) => reading.split('=')));
    this.#listener = this.#listen({ ...this.#judging.pinned, ...others });
    for (const [at, event] of this.#events.entries()) this.#listener.judge(event, at);
  }

  #listen(pinned: Readings): Listener {
    const { protocol, dialect, options } = this.#judging;
    const settings = settingsFor(protocol, { dialect, options, pinned });
    return new Listener(protocol, this.side, { chart: this.#chart, settings });
  }
}

/** True where a profile pins nothing that is not assumed anyhow. */
function areAssumed({ protocol, dialect, options, pinned }: Judging): boolean {
  const { readings } = settingsFor(protocol, { dialect, options });
  return Object.entries(pinned).every(([key, reading]) => readings[key] === reading);
}
