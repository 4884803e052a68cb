import type { Requirement } from '#models/language/index.ts';
import type { JudgedFrame } from '#src/contract/case.ts';
import type { Trace } from '#src/contract/trace.ts';
import type { Verdict } from '#src/contract/verdict.ts';
import { asSeenBy, otherEnd, type End, type Passage } from './passage.ts';
import { SideMonitor, type Breach, type Judging } from './side-monitor.ts';
import type { Seat } from './turn.ts';

/** Longest recording of a session; what comes behind it is passed on and not judged. */
const maxBytes = 64 * 1024 * 1024;
/** Usual time that an owed answer may take, ms. */
export const usualReplyMs = 10_000;

/** How long is waited for what is owed. */
export interface Patience {
  readonly replyMs: number | null;
  /** Behind some messages, by their names. */
  readonly replyMsAfter: Readonly<Record<string, number>>;
}

/** What a session is judged by, and its place among those of the same server. */
export interface Hearing extends Judging {
  readonly patience: Patience;
  readonly seat: Seat;
}

/** What a session came to for one side. */
export interface SideOutcome {
  readonly side: string;
  readonly verdict: Verdict;
  /** What the side saw, as far as it is judged. */
  readonly trace: Trace;
  readonly messages: number;
  /** What was demanded of it where it was. */
  readonly covered: readonly Requirement[];
}

/** Somebody did what must not be; `excuse`: why it is not blamed for it. */
export interface Complaint {
  readonly side: string;
  readonly verdict: Verdict;
  readonly excuse: string | null;
}

const ends = ['client', 'server'] as const;

/**
 * Judges both sides of a session while it goes on, each by what it saw and did itself. Blame goes
 * to the side that was first to break something; what follows from that, or from something that
 * the proxy took away, is not blamed on the other one.
 */
export class SessionJudge {
  readonly #monitors: Readonly<Record<End, SideMonitor>>;
  readonly #judging: Hearing;
  readonly #complain: (complaint: Complaint) => void;
  /** Whose breach was told, and with which excuse. */
  readonly #told = new Map<End, string | null>();
  #order = 0;
  #heldBytes = 0;
  #lastMs = 0;
  #wasSilent = false;
  /** When something was first taken away; `null`: nothing was. */
  #starvedAt: number | null = null;
  /** Frames of both sides that the seat knows of. */
  #known = 0;

  constructor(judging: Hearing, complain: (complaint: Complaint) => void) {
    const { sides, server } = judging.protocol.model;
    const client = sides.find((side) => side !== server) ?? server;
    this.#judging = judging;
    this.#complain = complain;
    this.#monitors = {
      client: new SideMonitor(client, judging),
      server: new SideMonitor(server, judging),
    };
  }

  /** True once more has passed than is recorded. */
  get isFull(): boolean {
    return this.#heldBytes > maxBytes;
  }

  take(passage: Passage): void {
    this.#order += 1;
    this.#lastMs = passage.atMs;
    this.#wasSilent = false;
    if (passage.kind === 'fault' && passage.starves) this.#starvedAt ??= this.#order;
    if (passage.kind === 'bytes') this.#heldBytes += passage.bytes.length;
    /** Whoever only looks whether somebody is there is no client. */
    const isProbe = this.isEmpty && passage.kind === 'closed';
    if (this.isFull || isProbe) return;
    if (!this.isEmpty) this.#judging.seat.asks();
    /** Whoever spoke is judged first: what it says wrong need not be followed by its hearer. */
    const speaker = 'by' in passage ? passage.by : 'client';
    for (const end of [speaker, otherEnd(speaker)]) {
      const event = asSeenBy(end, passage);
      if (event === null) continue;
      if (this.#blamed() === null) this.#monitors[end].take(event, this.#order);
      else this.#monitors[end].remember(event, this.#order);
    }
    if (speaker === 'server' && passage.kind === 'bytes') this.#served(passage.atMs);
    this.#look();
  }

  /** So much time has passed since the session began: whoever owes something is silent. */
  tick(nowMs: number): void {
    const waitedMs = Math.round(nowMs - this.#lastMs);
    const limitMs = this.#limitMs();
    if (this.#wasSilent || this.isFull || waitedMs < limitMs) return;
    if (!this.#judging.seat.isLate(nowMs, this.#lastMs, limitMs)) return;
    this.#wasSilent = true;
    this.#order += 1;
    for (const end of ends) {
      const monitor = this.#monitors[end];
      if (monitor.owed && this.#blamed() === null)
        monitor.take({ kind: 'silence', waitedMs, atMs: nowMs }, this.#order);
    }
    this.#look();
  }

  /** True where the client has nothing more to do: sessions over many connections have no end. */
  get isAtRest(): boolean {
    const { protocol } = this.#judging;
    const { server } = this.#monitors;
    if (server.frames.length === 0) return false;
    const heard = server.frames.flatMap(({ by, perceived }) => (by === 'peer' ? [perceived] : []));
    return protocol.leaves?.(server.position, heard).length === 0;
  }

  /** The session is over: its server may turn to others. */
  leave(nowMs: number): void {
    this.#judging.seat.leave(nowMs);
  }

  /** What came of it, the client first; complains of what only the whole session shows. */
  end(): readonly SideOutcome[] {
    const blamed = this.#blamed();
    const before = blamed === null ? undefined : this.#monitors[blamed].breach?.order;
    for (const end of ends) this.#monitors[end].conclude(before);
    this.#look();
    return ends.map((end) => this.#outcome(end));
  }

  /** True where nothing was said at all. */
  get isEmpty(): boolean {
    return this.#heldBytes === 0;
  }

  /** What the sides were about, in the protocol's own words. */
  ledger(): Readonly<Record<string, string | number>> {
    return this.#judging.protocol.ledger(this.#monitors.server.frames);
  }

  #served(atMs: number): void {
    const { frames } = this.#monitors.server;
    const news = frames.slice(this.#known).filter(isItsOwn);
    this.#known = frames.length;
    const messages = news.map(({ perceived }) => perceived.message);
    this.#judging.seat.served(messages, atMs);
  }

  /** Whoever was just asked may still be busy with what it said before. */
  #limitMs(): number {
    const { replyMs, replyMsAfter } = this.#judging.patience;
    const last = this.#monitors.server.frames.slice(-2);
    const longer = last.flatMap(({ perceived }) => replyMsAfter[perceived.message ?? ''] ?? []);
    return Math.max(replyMs ?? usualReplyMs, ...longer);
  }

  /** Tells breaches that were not told yet, or that another one excuses since. */
  #look(): void {
    for (const end of ends) {
      const { breach, side } = this.#monitors[end];
      if (breach === null) continue;
      const excuse = this.#excuse(end, breach)?.why ?? null;
      if (this.#told.has(end) && this.#told.get(end) === excuse) continue;
      this.#told.set(end, excuse);
      this.#complain({ side, verdict: breach.verdict, excuse });
    }
  }

  /** Who is blamed: nobody is judged by what follows. */
  #blamed(): End | null {
    const isBlamed = (end: End) => {
      const { breach } = this.#monitors[end];
      return breach !== null && this.#excuse(end, breach) === null;
    };
    return ends.find(isBlamed) ?? null;
  }

  /** Why a breach is not blamed on its side, and up to where that side is judged. */
  #excuse(end: End, { verdict, order }: Breach): { why: string; before: number } | null {
    const other = this.#monitors[otherEnd(end)];
    if (other.breach !== null && other.breach.order < order) {
      const isBlamed = this.#excuse(otherEnd(end), other.breach) === null;
      const why = `${other.side} went wrong before`;
      if (isBlamed) return { why, before: other.breach.order };
    }
    const { kind } = verdict.violation ?? {};
    const isHunger = kind === 'silence' || kind === 'closed' || kind === 'crash';
    if (isHunger && this.#judging.seat.isKeptWaiting) return { why: elsewhere, before: order };
    if (!isHunger || this.#starvedAt === null || this.#starvedAt >= order) return null;
    return { why: 'the proxy had kept something from it before', before: order };
  }

  #outcome(end: End): SideOutcome {
    const monitor = this.#monitors[end];
    const { side, frames, breach, covered } = monitor;
    const messages = frames.filter(isItsOwn).length;
    const told = (before?: number): SideOutcome => {
      const trace = monitor.trace(before);
      const verdict = this.#noted(monitor.verdict(before), trace);
      return { side, verdict, trace, messages, covered };
    };
    if (breach !== null) {
      const excuse = this.#excuse(end, breach);
      if (excuse === null) return { ...told(), verdict: breach.verdict };
      return excused(told(excuse.before), excuse.why);
    }
    const other = this.#monitors[otherEnd(end)];
    const isCut = this.#blamed() === otherEnd(end) && other.breach !== null;
    if (isCut) return excused(told(other.breach?.order), `${other.side} went wrong there`);
    const whole = told();
    const { violation } = whole.verdict;
    if (violation === null) return whole;
    /** What only should not be. */
    const warning = { verdict: whole.verdict, order: monitor.orderOf(violation.at) };
    const excuse = this.#excuse(end, warning);
    if (excuse !== null) return excused(told(excuse.before), excuse.why);
    this.#complain({ side, verdict: whole.verdict, excuse: null });
    return whole;
  }

  #noted(verdict: Verdict, trace: Trace): Verdict {
    const { server } = this.#monitors;
    const isUnread = !this.isEmpty && server.frames.length === 0 && this.#blamed() === null;
    if (isUnread && verdict.violation === null) {
      const note = `${this.#heldBytes} bytes passed, and none was a message of ${trace.dialect}`;
      return { ...verdict, verdict: 'untestable', note };
    }
    if (this.#judging.seat.isKeptWaiting && verdict.note === null)
      return { ...verdict, note: elsewhere };
    if (!this.isFull || verdict.note !== null) return verdict;
    return { ...verdict, note: `judged up to the first ${maxBytes / 2 ** 20} MiB of the session` };
  }
}

const elsewhere = 'the server was serving another client';

function isItsOwn({ by }: JudgedFrame): boolean {
  return by === 'peer';
}

function excused(outcome: SideOutcome, why: string): SideOutcome {
  const { verdict, trace } = outcome;
  const note = `judged up to here: ${why}`;
  const atMs = trace.events.at(-1)?.atMs ?? 0;
  const events = [...trace.events, { kind: 'omitted', note, atMs } as const];
  const told = verdict.note === null ? note : `${verdict.note}; ${note}`;
  return { ...outcome, verdict: { ...verdict, note: told }, trace: { ...trace, events } };
}
