import type { Chart } from '#src/chart/chart.ts';
import { Tracker } from '#src/chart/tracker.ts';
import type { JudgedFrame } from '#src/contract/case.ts';
import type { Perceived, Reader } from '#src/contract/frame.ts';
import type { Position } from '#src/contract/position.ts';
import type { Protocol } from '#src/contract/protocol.ts';
import type { Settings } from '#src/contract/settings.ts';
import type { Trace, TraceEvent } from '#src/contract/trace.ts';
import type { Coverage, Violation } from '#src/contract/verdict.ts';
import { blameClosing, blameFrame, blameLint, blameSilence, type Scene } from './blame.ts';

/** Received bytes that are cut into frames at a time. */
const partBytes = 4096;

/** What one set of readings makes of a trace. */
export interface Assessment {
  /** The first that must not be; where there is none, the first that should not. */
  readonly violation: Violation | null;
  readonly frames: readonly JudgedFrame[];
  readonly coverage: Coverage;
  /** Trace events that were judged up to where it could go no further: all, where nothing cut it off. */
  readonly reached: number;
  /** True where nothing must be otherwise, and nothing was left unjudged. */
  readonly whole: boolean;
}

/**
 * Follows a trace by the chart up to the first violation that must not be: behind what only should
 * not be it goes on. Reads nothing but its arguments.
 */
export function assess(
  protocol: Protocol,
  trace: Trace,
  by: { readonly chart: Chart; readonly settings: Settings },
): Assessment {
  const listener = new Listener(protocol, trace.peer, by);
  for (const [at, event] of trace.events.entries()) {
    const violation = listener.judge(event, at);
    if (violation !== null) return listener.assessment(violation, at);
  }
  return listener.conclude(trace.events.length);
}

/** Whether a violation decides, whatever comes behind it. */
export function isBinding({ requirement }: Violation): boolean {
  return requirement.level === 'MUST';
}

/** An event of bytes. */
type Carried = Extract<TraceEvent, { readonly bytes: Uint8Array }>;

/** Follows one trace, event by event; what must not be ends it. */
export class Listener {
  readonly #protocol: Protocol;
  readonly #peer: string;
  readonly #player: string;
  readonly #chart: Chart;
  readonly #settings: Settings;
  readonly #frames: JudgedFrame[] = [];
  readonly #states = new Set<string>();
  readonly #transitions = new Set<string>();
  /** Connections opened so far, less one. */
  #sessions = -1;
  #tracker: Tracker;
  #ears: Reader;
  #mirror: Reader;
  /** False once the connection is over, or can no longer be judged. */
  #open = true;
  /** The first violation that only should not be. */
  #warning: Violation | null = null;
  /** Where a connection first could no longer be judged; `null`: nowhere. */
  #cutAt: number | null = null;
  /** Frames before the first of which it is not known what they say; `null`: there is none. */
  #unbroken: number | null = null;

  constructor(
    protocol: Protocol,
    peer: string,
    by: { readonly chart: Chart; readonly settings: Settings },
  ) {
    this.#protocol = protocol;
    this.#peer = peer;
    this.#player = protocol.model.sides.find((side) => side !== peer) ?? peer;
    this.#chart = by.chart;
    this.#settings = by.settings;
    this.#tracker = this.#begin();
    this.#ears = protocol.reader(by.settings);
    this.#mirror = protocol.reader(by.settings);
  }

  /** What has been said so far. */
  get frames(): readonly JudgedFrame[] {
    return this.#frames;
  }

  /** Where the session most likely stands. */
  get position(): Position {
    return this.#tracker.likeliest;
  }

  /** True while the connection lasts and the peer must say something next. */
  get owed(): boolean {
    return this.#open && this.#tracker.owed;
  }

  /** What must not be. What only should not be is remembered: where it leaves nobody knows. */
  judge(event: TraceEvent, at: number): Violation | null {
    const violation = this.#judge(event, at);
    if (violation === null || isBinding(violation)) return violation;
    this.#warn(violation);
    this.#cutAt ??= at;
    if (event.kind !== 'closed') this.#unbroken ??= this.#frames.length;
    this.#open = false;
    return null;
  }

  #judge(event: TraceEvent, at: number): Violation | null {
    if (event.kind === 'opened') return this.#reopen();
    if (!this.#open) return null;
    switch (event.kind) {
      case 'sent':
        return this.#sent(event, at);
      case 'received':
        return this.#received(event, at);
      case 'silence':
        return this.#silent(event.waitedMs, at);
      case 'closed':
        return this.#closed(event, at);
      case 'omitted':
        this.#tracker.forget((context) => this.#protocol.afterOmission(context));
        return null;
    }
  }

  /** What comes of a trace that is over after so many events, where nothing in it must not be. */
  conclude(events: number): Assessment {
    const violation = this.#audit();
    if (violation !== null) return this.assessment(violation, events);
    return this.assessment(this.#warning, this.#cutAt ?? events, this.#cutAt === null);
  }

  /** What the trace as a whole must not be, as far as nothing of it is left out. */
  #audit(): Violation | null {
    const frames = this.#frames.slice(0, this.#unbroken ?? this.#frames.length);
    for (const audit of this.#protocol.audits) {
      const broken = audit.check(frames, this.#peer, this.#settings.readings);
      if (broken === null) continue;
      const { requirement } = audit;
      const violation: Violation = {
        kind: 'content',
        requirement,
        expected: [{ outcome: 'the whole trace', why: requirement.text }],
        actual: broken.detail,
        explanation: `${requirement.text} ${broken.detail}`,
        at: broken.at,
      };
      if (isBinding(violation)) return violation;
      this.#warn(violation);
    }
    return null;
  }

  assessment(violation: Violation | null, reached: number, whole = false): Assessment {
    this.#remember();
    const coverage = { states: this.#states, transitions: this.#transitions };
    return { violation, frames: this.#frames, coverage, reached, whole };
  }

  #reopen(): null {
    this.#sessions += 1;
    this.#remember();
    this.#tracker = this.#begin();
    this.#ears = this.#protocol.reader(this.#settings);
    this.#mirror = this.#protocol.reader(this.#settings);
    this.#open = true;
    return null;
  }

  #silent(waitedMs: number, at: number): Violation | null {
    if (!this.#tracker.owed) return null;
    const { context } = this.#tracker.likeliest;
    if (this.#protocol.mayWait?.(context, waitedMs) === true) return null;
    return blameSilence(this.#scene(at), waitedMs);
  }

  #sent({ bytes, atMs }: Carried, at: number): null {
    for (const frame of this.#mirror.push(bytes)) {
      const look = this.#look(frame, this.#player);
      const perceived = look(this.#tracker.likeliest);
      this.#keep({ by: 'player', session: this.#sessions, perceived, at, atMs });
      this.#tracker.say(this.#player, look);
    }
    return null;
  }

  #received({ bytes, atMs }: Carried, at: number): Violation | null {
    for (const frame of this.#framesIn(bytes)) {
      const look = this.#look(frame, this.#peer);
      const { positions } = this.#tracker;
      const taken = this.#tracker.hear(look);
      const perceived = taken.ok ? taken.perceived : look(this.#tracker.likeliest);
      this.#keep({ by: 'peer', session: this.#sessions, perceived, at, atMs });
      if (!taken.ok) return blameFrame(this.#scene(at), taken.refusals);
      const [lint] = taken.lints;
      const isNews = lint !== undefined && this.#warning === null;
      if (isNews) this.#warn(blameLint({ ...this.#scene(at), positions }, perceived, lint));
    }
    return null;
  }

  /** The first is told; what should not be before what may. */
  #warn(violation: Violation): void {
    const isFirst = this.#warning === null || this.#warning.requirement.level === 'MAY';
    if (isFirst) this.#warning = violation;
  }

  #keep(frame: JudgedFrame): void {
    if (frame.perceived.quiet !== true) this.#frames.push(frame);
  }

  /** Part by part: behind a violation nothing is read, however many frames there are. */
  *#framesIn(bytes: Uint8Array): Generator<unknown> {
    for (let at = 0; at < bytes.length; at += partBytes) {
      yield* this.#ears.push(bytes.subarray(at, at + partBytes));
    }
  }

  #closed(event: Extract<TraceEvent, { kind: 'closed' }>, at: number): Violation | null {
    this.#open = false;
    if (event.by === 'player') return null;
    const { owed } = this.#tracker;
    if (this.#tracker.closed()) return null;
    return blameClosing(this.#scene(at), event.how, owed);
  }

  #look(frame: unknown, speaker: string) {
    const protocol = this.#protocol;
    const settings = this.#settings;
    /** Whoever asks twice asks at the same place, and long frames take long to look at. */
    let at: Tracker['likeliest'] | null = null;
    let seen: Perceived | null = null;
    return (position: Tracker['likeliest']): Perceived => {
      if (seen !== null && at === position) return seen;
      at = position;
      seen = protocol.perceive(frame, speaker, position, settings);
      return seen;
    };
  }

  #scene(at: number): Scene {
    return {
      protocol: this.#protocol,
      chart: this.#chart,
      settings: this.#settings,
      peer: this.#peer,
      positions: this.#tracker.positions,
      frames: this.#frames,
      pendingBytes: this.#ears.pendingBytes,
      at,
    };
  }

  #begin(): Tracker {
    const input = this.#protocol.sessionInput(this.#settings);
    return new Tracker(this.#chart, this.#protocol.model, { peer: this.#peer, input });
  }

  #remember(): void {
    for (const state of this.#tracker.coverage.states) this.#states.add(state);
    for (const transition of this.#tracker.coverage.transitions) this.#transitions.add(transition);
  }
}
