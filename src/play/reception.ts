import { systemClock } from '#src/base/clock.ts';
import { encodeRecord, RecordDecoder, type BundleRecord } from '#src/base/records.ts';
import type { Reader } from '#src/contract/frame.ts';
import type { Link } from '#src/transport/link.ts';
import { Lane } from './lane.ts';
import { readerOf, type Role } from './perform.ts';

/** Sessions that one server keeps at a time; beyond it the one that was quiet longest is let go. */
const maxSessions = 256;
/** Longest wait without looking whether a session was quiet for too long, ms. */
const lookMs = 10_000;

/**
 * Performs a server on all its connections at once: as many sessions as are wanted, told apart by
 * what is said in them. A session in which nothing was heard for the role's idle time is let go,
 * and so is one that a fault of ours has broken, which is told. Ends with the link.
 */
export async function receive(
  role: Role,
  link: Link,
  onFault: (fault: unknown) => void,
): Promise<void> {
  const reception = new Reception(role, link, onFault);
  for (;;) {
    const arrival = await link.read(reception.patienceMs());
    if (arrival.kind === 'closed') return;
    if (arrival.kind === 'bytes') await reception.hear(arrival.bytes);
    await reception.look();
  }
}

class Reception {
  readonly #role: Role;
  readonly #link: Link;
  readonly #onFault: (fault: unknown) => void;
  readonly #records = new RecordDecoder();
  /** Of all that clients say on connections of theirs. */
  readonly #calls: Reader;
  readonly #lanes: Lane[] = [];
  /** The session and its own number of each connection that was opened here, by end and number. */
  readonly #opened = new Map<string, { readonly lane: Lane; readonly connection: number }>();
  readonly #next: [number, number] = [0, 0];

  constructor(role: Role, link: Link, onFault: (fault: unknown) => void) {
    this.#role = role;
    this.#link = link;
    this.#onFault = onFault;
    this.#calls = readerOf(role);
  }

  /** Until when nobody here does anything by itself. */
  patienceMs(): number {
    const nowMs = systemClock.nowMs();
    const dueMs = this.#lanes.map((lane) => lane.dueAtMs ?? Number.POSITIVE_INFINITY);
    return Math.max(0, Math.min(lookMs, this.#role.idleMs, ...dueMs.map((at) => at - nowMs)));
  }

  async hear(bytes: Uint8Array): Promise<void> {
    for (const piece of this.#records.push(bytes)) {
      if (piece.kind === 'bad') throw new TypeError(piece.detail);
      if (piece.by === 1) await this.#hearAnswer(piece);
      else for (const frame of this.#calls.push(encodeRecord(piece))) await this.#hearCall(frame);
    }
  }

  /** Lets those act whose time has come, and those go that were quiet for too long. */
  async look(): Promise<void> {
    const nowMs = systemClock.nowMs();
    for (const lane of [...this.#lanes]) {
      if (lane.dueAtMs !== null && lane.dueAtMs <= nowMs) await this.#guarded(lane, () => {});
      if (nowMs - lane.heardAtMs > this.#role.idleMs) this.#letGo(lane);
    }
  }

  async #hearCall(frame: unknown): Promise<void> {
    const { protocol, settings } = this.#role;
    const positions = this.#lanes.map((lane) => lane.position);
    const index = protocol.sessionOf?.(frame, positions, settings) ?? null;
    const lane = (index === null ? undefined : this.#lanes[index]) ?? this.#newLane();
    await this.#guarded(lane, () => lane.hear(frame));
  }

  async #hearAnswer(record: BundleRecord): Promise<void> {
    const name = `${record.end} ${record.connection}`;
    const known = this.#opened.get(name);
    if (known === undefined) return;
    if (record.kind !== 'data') this.#opened.delete(name);
    const { lane, connection } = known;
    await this.#guarded(lane, () => lane.hearAnswer({ ...record, connection }));
  }

  /** Lets a session hear something and act; one that a fault of ours broke is let go. */
  async #guarded(lane: Lane, hear: () => void): Promise<void> {
    try {
      hear();
      await lane.act();
    } catch (fault) {
      this.#letGo(lane);
      this.#onFault(fault);
    }
  }

  #newLane(): Lane {
    const quietest = this.#lanes.toSorted((left, right) => left.heardAtMs - right.heardAtMs)[0];
    if (this.#lanes.length >= maxSessions && quietest !== undefined) this.#letGo(quietest);
    const lane: Lane = new Lane(this.#role, {
      number: ({ end }, connection) => this.#number(lane, end, connection),
      write: (bytes) => this.#link.write(bytes),
      end: () => this.#link.end(),
      reset: () => this.#link.reset(),
    });
    this.#lanes.push(lane);
    return lane;
  }

  #number(lane: Lane, end: 0 | 1, connection: number): number {
    const number = this.#next[end];
    this.#next[end] += 1;
    this.#opened.set(`${end} ${number}`, { lane, connection });
    return number;
  }

  #letGo(lane: Lane): void {
    const at = this.#lanes.indexOf(lane);
    if (at >= 0) this.#lanes.splice(at, 1);
    for (const [name, known] of this.#opened) if (known.lane === lane) this.#opened.delete(name);
    lane.leave();
  }
}
