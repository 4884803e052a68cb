import { systemClock } from '#src/base/clock.ts';
import { encodeRecord, type Strand } from '#src/base/records.ts';
import type { Link } from '#src/transport/link.ts';
import type { Bench } from './court-thread.ts';
import type { End, Passage } from './passage.ts';

/** One connection of a session: both of its ends, and which it is where there are many. */
export interface Lane {
  readonly ends: Readonly<Record<End, Link>>;
  /** `null` where a session has one connection at a time. */
  readonly strand: Strand | null;
}

type Untimed<One> = One extends Passage ? Omit<One, 'atMs'> : never;

/** A session as the proxy knows it: writes down what passes. */
export class Session {
  readonly number: number;
  readonly between: string;
  readonly #bench: Bench;
  readonly #beganMs = systemClock.nowMs();
  /** How much was written down. */
  passages = 0;
  isOver = false;
  /** Who spoke last; `null`: nobody has. */
  lastBy: End | null = null;

  constructor(number: number, between: string, bench: Bench) {
    this.number = number;
    this.between = between;
    this.#bench = bench;
    bench.hear({ kind: 'begun', session: number, between, beganMs: this.#beganMs });
    this.record({ kind: 'opened' });
  }

  /** ms since the session began. */
  get nowMs(): number {
    return Math.round((systemClock.nowMs() - this.#beganMs) * 1000) / 1000;
  }

  record(passage: Untimed<Passage>): void {
    if (this.isOver) return;
    this.passages += 1;
    const passages = [{ ...passage, atMs: this.nowMs }];
    this.#bench.hear({ kind: 'passed', session: this.number, passages });
  }

  /** Bytes on a lane, as traces hold them. */
  carried(lane: Lane, by: End, { bytes, seen }: Pick<PassedBytes, 'bytes' | 'seen'>): void {
    const { strand } = lane;
    this.lastBy = by;
    const told = strand === null ? bytes : encodeRecord({ ...strand, kind: 'data', bytes });
    this.record({ kind: 'bytes', by, seen, bytes: told });
  }

  /** An end of a lane has ended: of many connections that is told in bytes. */
  ended(lane: Lane, by: End, { how, seen }: Pick<PassedEnding, 'how' | 'seen'>): void {
    const { strand } = lane;
    if (strand === null) return this.record({ kind: 'closed', by, seen, how });
    const kind = how === 'end' ? 'ended' : 'reset';
    const bytes = encodeRecord({ ...strand, kind, bytes: new Uint8Array(0) });
    this.record({ kind: 'bytes', by, seen, bytes });
  }

  over(): void {
    if (this.isOver) return;
    this.isOver = true;
    this.#bench.hear({ kind: 'over', session: this.number, nowMs: this.nowMs });
  }
}

type PassedBytes = Extract<Passage, { kind: 'bytes' }>;
type PassedEnding = Extract<Passage, { kind: 'closed' }>;
