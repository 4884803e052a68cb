import { systemClock } from '#src/base/clock.ts';
import { encodeRecord, RecordDecoder, type BundleRecord, type Strand } from '#src/base/records.ts';
import type { Position } from '#src/contract/position.ts';
import type { Reader } from '#src/contract/frame.ts';
import { Actor, readerOf, standing, type Role, type Standing } from './perform.ts';

/** What a lane has of the connections of all. */
export interface LaneLink {
  /** The number among those of all of a connection that this session opens. */
  readonly number: (strand: Strand, connection: number) => number;
  readonly write: (bytes: Uint8Array) => void;
  readonly end: () => void;
  readonly reset: () => void;
}

/**
 * One of several sessions that share their connections: it numbers those that it opens as if it
 * were alone.
 */
export class Lane {
  readonly #link: LaneLink;
  readonly #at: Standing;
  readonly #actor: Actor;
  readonly #answers: Reader;
  readonly #said = new RecordDecoder();
  /** The number among those of all, by end and own number; until we have ended the connection. */
  readonly #numbers = new Map<string, Strand>();
  #isOver = false;
  /** When it was last heard of that anybody is there. */
  heardAtMs = systemClock.nowMs();
  /** When it is to act by itself; `null`: when it hears something. */
  dueAtMs: number | null = null;

  constructor(role: Role, link: LaneLink) {
    this.#link = link;
    this.#at = standing(role);
    this.#answers = readerOf(role);
    const { end, reset } = link;
    this.#actor = new Actor(role, { write: (bytes) => this.#write(bytes), end, reset }, this.#at);
  }

  get position(): Position {
    return this.#at.position;
  }

  hear(frame: unknown): void {
    this.heardAtMs = systemClock.nowMs();
    this.#actor.hear(frame);
  }

  /** Hears what came on a connection that it has opened, by its own number. */
  hearAnswer(record: BundleRecord): void {
    if (record.kind === 'data') this.heardAtMs = systemClock.nowMs();
    for (const frame of this.#answers.push(encodeRecord(record))) this.#actor.hear(frame);
  }

  async act(): Promise<void> {
    if (this.#isOver) return;
    const pause = await this.#actor.act();
    this.#isOver = pause === 'over';
    this.dueAtMs = typeof pause === 'number' ? systemClock.nowMs() + pause : null;
  }

  /** Breaks off the connections that it has opened. */
  leave(): void {
    this.#isOver = true;
    for (const strand of this.#numbers.values()) {
      this.#link.write(encodeRecord({ ...strand, kind: 'reset', bytes: nothing }));
    }
    this.#numbers.clear();
  }

  #write(bytes: Uint8Array): void {
    for (const piece of this.#said.push(bytes)) {
      if (piece.kind === 'bad') throw new TypeError(piece.detail);
      this.#link.write(encodeRecord(piece.by === 0 ? piece : this.#numbered(piece)));
    }
  }

  #numbered(record: BundleRecord): BundleRecord {
    const name = `${record.end} ${record.connection}`;
    const known = this.#numbers.get(name) ?? {
      end: record.end,
      by: record.by,
      connection: this.#link.number(record, record.connection),
    };
    if (record.kind === 'ended' || record.kind === 'reset') this.#numbers.delete(name);
    else this.#numbers.set(name, known);
    return { ...record, connection: known.connection };
  }
}

const nothing = new Uint8Array(0);
