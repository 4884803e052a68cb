import type { Readings } from '#models/language/index.ts';
import { settingsFor } from '#src/contract/choose.ts';
import type { Reader } from '#src/contract/frame.ts';
import type { Protocol } from '#src/contract/protocol.ts';
import type { Result } from '#src/contract/report.ts';
import type { Trace } from '#src/contract/trace.ts';
import { resultOf } from './outcome.ts';
import type { End, Passage } from './passage.ts';
import { turnOf, type Turn } from './turn.ts';
import { SessionJudge, type Complaint, type Patience } from './session-judge.ts';

/** What all sessions of a proxy are judged by; plain, so that it reaches another thread. */
export interface CourtPlan {
  readonly protocol: string;
  readonly dialect: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly readings: Readings;
  readonly patience: Patience;
  /** Where traces go; `null`: nowhere. */
  readonly folder: string | null;
  /** Tells each frame. */
  readonly isVerbose: boolean;
}

/** What the proxy tells of its sessions, in the order in which it happens. */
export type Heard =
  | {
      readonly kind: 'begun';
      readonly session: number;
      readonly between: string;
      /** By a clock that all sessions have in common, ms. */
      readonly beganMs: number;
    }
  | { readonly kind: 'passed'; readonly session: number; readonly passages: readonly Passage[] }
  /** The time in some sessions, ms since each began, and how much of each was told so far. */
  | {
      readonly kind: 'time';
      readonly sessions: readonly { readonly session: number; readonly nowMs: number }[];
    }
  | { readonly kind: 'over'; readonly session: number; readonly nowMs: number };

/** What is told of them. */
export type Told =
  | { readonly kind: 'line'; readonly session: number; readonly text: string }
  | { readonly kind: 'blamed' | 'excused'; readonly result: Result; readonly why: string | null }
  | {
      readonly kind: 'judged';
      readonly session: number;
      readonly between: string;
      readonly results: readonly Result[];
      readonly ledger: Readonly<Record<string, string | number>>;
      readonly states: readonly string[];
      readonly transitions: readonly string[];
    }
  /** Nothing was said in it: it does not count. */
  | { readonly kind: 'empty'; readonly session: number; readonly between: string }
  /** The client has nothing more to do, after so many passages. */
  | { readonly kind: 'atRest'; readonly session: number; readonly passages: number };

/** How a court reaches the world. */
export interface CourtWays {
  readonly tell: (told: Told) => void;
  /** Stores a trace, and returns its file. */
  readonly keep: (id: string, trace: Trace) => string;
}

interface Sitting {
  readonly between: string;
  readonly judge: SessionJudge;
  /** Of what each end says, for whoever wants to see it. */
  readonly readers: Readonly<Record<End, Reader>>;
  passages: number;
}

/** Judges all sessions of a proxy by what it is told of them. */
export class Court {
  readonly #protocol: Protocol;
  readonly #plan: CourtPlan;
  readonly #ways: CourtWays;
  readonly #sittings = new Map<number, Sitting>();
  /** All sessions have one server. */
  readonly #turn: Turn;

  constructor(protocol: Protocol, plan: CourtPlan, ways: CourtWays) {
    this.#protocol = protocol;
    this.#plan = plan;
    this.#ways = ways;
    this.#turn = turnOf(plan.patience.replyMsAfter);
  }

  hear(heard: Heard): void {
    if (heard.kind === 'time') {
      for (const { session, nowMs } of heard.sessions) this.#tick(session, nowMs);
      return;
    }
    const { session } = heard;
    if (heard.kind === 'begun') this.#sittings.set(session, this.#begin(heard));
    const sitting = this.#sittings.get(session);
    if (sitting === undefined) return;
    if (heard.kind === 'passed') this.#pass(session, sitting, heard.passages);
    if (heard.kind === 'over') this.#end(session, sitting, heard.nowMs);
  }

  #begin({ session, between, beganMs }: Extract<Heard, { kind: 'begun' }>): Sitting {
    const { dialect, options, readings, patience } = this.#plan;
    const protocol = this.#protocol;
    const settings = settingsFor(protocol, { dialect, options, pinned: readings });
    const judging = { protocol, dialect, options, pinned: readings };
    const complain = (complaint: Complaint) => this.#complain({ session, between }, complaint);
    const readers = { client: protocol.reader(settings), server: protocol.reader(settings) };
    const seat = this.#turn.seat(session, beganMs);
    const judge = new SessionJudge({ ...judging, patience, seat }, complain);
    return { between, judge, readers, passages: 0 };
  }

  #pass(session: number, sitting: Sitting, passages: readonly Passage[]): void {
    for (const passage of passages) {
      sitting.passages += 1;
      if (this.#plan.isVerbose) this.#show(session, sitting, passage);
      sitting.judge.take(passage);
    }
  }

  #tick(session: number, nowMs: number): void {
    const sitting = this.#sittings.get(session);
    if (sitting === undefined) return;
    const { judge, passages } = sitting;
    judge.tick(nowMs);
    if (judge.isAtRest) this.#ways.tell({ kind: 'atRest', session, passages });
  }

  #end(session: number, { between, judge }: Sitting, durationMs: number): void {
    this.#sittings.delete(session);
    judge.leave(durationMs);
    if (judge.isEmpty) return this.#ways.tell({ kind: 'empty', session, between });
    const states = new Set<string>();
    const transitions = new Set<string>();
    const results = judge.end().map(({ side, verdict, trace, messages, covered }) => {
      const id = `proxy/${this.#protocol.name}/${session}/${side}`;
      const file = this.#plan.folder === null ? null : this.#ways.keep(id, trace);
      for (const state of verdict.coverage.states) states.add(state);
      for (const transition of verdict.coverage.transitions) transitions.add(transition);
      const replay = this.#replay(file);
      const came = { verdict, messages, durationMs, trace: file, replay, covered };
      return resultOf({ protocol: this.#protocol, session, side, between }, came);
    });
    const ledger = judge.ledger();
    const covered = { states: [...states], transitions: [...transitions] };
    this.#ways.tell({ kind: 'judged', session, between, results, ledger, ...covered });
  }

  #complain(
    about: { readonly session: number; readonly between: string },
    { side, verdict, excuse }: Complaint,
  ): void {
    const id = `proxy/${this.#protocol.name}/${about.session}/${side}`;
    const replay = `its trace is stored when the session ends (${id})`;
    const came = { verdict, messages: 0, durationMs: 0, trace: null, replay, covered: [] };
    const result = resultOf({ protocol: this.#protocol, side, ...about }, came);
    this.#ways.tell({ kind: excuse === null ? 'blamed' : 'excused', result, why: excuse });
  }

  /** What shows a verdict again. */
  #replay(file: string | null): string {
    if (file === null) return 'its trace was not kept';
    const pinned = Object.entries(this.#plan.readings).map(
      (pair) => ` --reading ${pair.join('=')}`,
    );
    return `qkdspec judge ${this.#plan.folder}/${file}${pinned.join('')}`;
  }

  #show(session: number, { readers }: Sitting, passage: Passage): void {
    const { sides, server } = this.#protocol.model;
    const nameOf = (end: End) => (end === 'server' ? server : sides.find((one) => one !== server));
    const line = (text: string) => this.#ways.tell({ kind: 'line', session, text });
    if (passage.kind === 'fault') return line(`proxy: ${passage.text}`);
    if (passage.kind === 'opened' || passage.seen === 'receiver') return;
    if (passage.kind === 'closed') return line(`${nameOf(passage.by)}: (${passage.how})`);
    for (const frame of readers[passage.by].push(passage.bytes)) {
      line(`${nameOf(passage.by)}: ${this.#protocol.describe(frame)}`);
    }
  }
}
