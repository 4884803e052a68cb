import { systemClock } from '#src/base/clock.ts';
import { writePlace } from '#src/base/place.ts';
import { dial } from '#src/transport/dial.ts';
import type { Link } from '#src/transport/link.ts';
import type { Address } from '#src/transport/tcp.ts';
import { carry, type Carrying } from './carry.ts';
import { otherEnd, type End } from './passage.ts';
import { connectMs, saboteurOf, type RelayPlan, type RelayWays } from './relay.ts';
import { Session } from './session.ts';

/** Connections at a time; further ones are reset. */
const maxConnections = 1024;
/** Quiet that a session must have before it is over, ms. */
const quietMs = 1000;
/** The same of the last one that is wanted, where nobody knows what its client has left to do. */
const longQuietMs = 10_000;

/** The one session that goes on, and its connections. */
interface Going {
  readonly carrying: Carrying;
  /** The next number of a connection, by opener and end of the link. */
  readonly next: Readonly<Record<End, [number, number]>>;
  lanes: number;
  lastMs: number;
}

/**
 * Passes connections on of which many are one session, opened by both sides. A session is over
 * when no connection is open, nothing has happened for a while, and the client has nothing left to
 * do.
 */
export class BundleRelay {
  readonly #plan: RelayPlan;
  readonly #ways: RelayWays;
  readonly #links = new Set<Link>();
  #going: Going | null = null;
  begun = 0;
  /** Sessions that are over, and in which something was said. */
  #over = 0;

  constructor(plan: RelayPlan, ways: RelayWays) {
    this.#plan = plan;
    this.#ways = ways;
  }

  get active(): ReadonlySet<Session> {
    return new Set(this.#going === null ? [] : [this.#going.carrying.session]);
  }

  /** A connection of the client, or one that the server opened, at an end of the link. */
  async welcome(by: End, end: 0 | 1, link: Link): Promise<void> {
    const { sessions } = this.#plan;
    const isTooMuch = this.#going === null && sessions !== null && this.#over >= sessions;
    if (isTooMuch || this.#links.size >= 2 * maxConnections) return link.reset();
    this.#links.add(link);
    try {
      await this.#pass(by, end, link);
    } finally {
      this.#links.delete(link);
      await link[Symbol.asyncDispose]();
    }
  }

  /** The client has nothing left to do, after so many passages. */
  atRest(passages: number): void {
    const going = this.#going;
    if (going === null || going.lanes > 0) return;
    const isQuiet = systemClock.nowMs() - going.lastMs >= quietMs;
    if (isQuiet && going.carrying.session.passages === passages) this.#finish();
  }

  /** Time goes by: of a session with a breach nobody knows what there is left to do. */
  tick(): void {
    const going = this.#going;
    const { sessions } = this.#plan;
    const isLast = sessions !== null && this.#over + 1 >= sessions;
    if (going === null || !isLast || going.lanes > 0) return;
    if (systemClock.nowMs() - going.lastMs >= longQuietMs) this.#finish();
  }

  async end(): Promise<void> {
    this.#finish();
    await Promise.all([...this.#links].map((link) => link[Symbol.asyncDispose]()));
  }

  async #pass(by: End, end: 0 | 1, link: Link): Promise<void> {
    const { targets, back } = this.#plan;
    const places = by === 'client' ? targets : back.targets;
    const other = await this.#dial(by, places[end] ?? places[0], link);
    if (other === null) return;
    const going = (this.#going ??= this.#begin(link));
    const connection = going.next[by][end];
    going.next[by][end] += 1;
    going.lanes += 1;
    this.#links.add(other);
    const strand = { end, by: by === 'client' ? 0 : 1, connection } as const;
    const ends =
      by === 'client' ? { client: link, server: other } : { client: other, server: link };
    /** Where one side has nothing more to say, the other's ending is not waited for. */
    let isOpen = true;
    const ended = () => {
      if (isOpen) going.lanes -= 1;
      isOpen = false;
      going.lastMs = systemClock.nowMs();
    };
    try {
      await carry({ ends, strand }, { ...going.carrying, ended });
    } finally {
      ended();
      this.#links.delete(other);
      await other[Symbol.asyncDispose]();
    }
  }

  async #dial(by: End, place: Address | undefined, link: Link): Promise<Link | null> {
    const credentials = this.#plan.credentials.calling[otherEnd(by)];
    try {
      if (place !== undefined) return await dial(place, { limitMs: connectMs, credentials });
      this.#ways.refused('the server calls its client back, and nobody said where that waits');
    } catch (fault) {
      this.#ways.refused(fault instanceof Error ? fault.message : String(fault));
    }
    link.reset();
    return null;
  }

  #begin(link: Link): Going {
    this.begun += 1;
    const { targets, signal } = this.#plan;
    const { bench } = this.#ways;
    const between = `${link.remote ?? 'a client'} to ${targets.map(writePlace).join(' and ')}`;
    const session = new Session(this.begun, between, bench);
    const saboteur = saboteurOf(this.#plan, this.begun);
    const sleep = (ms: number) => systemClock.sleep(ms, signal);
    return {
      carrying: { session, bench, saboteur, sleep },
      next: { client: [0, 0], server: [0, 0] },
      lanes: 0,
      lastMs: systemClock.nowMs(),
    };
  }

  #finish(): void {
    const going = this.#going;
    if (going === null) return;
    this.#going = null;
    going.carrying.session.over();
    if (going.carrying.session.lastBy !== null) this.#over += 1;
    if (this.#plan.sessions !== null && this.#over >= this.#plan.sessions) this.#ways.enough();
  }
}
