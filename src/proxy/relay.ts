import { systemClock } from '#src/base/clock.ts';
import { writePlace } from '#src/base/place.ts';
import { seededRandom } from '#src/base/random.ts';
import type { Protocol } from '#src/contract/protocol.ts';
import type { Settings } from '#src/contract/settings.ts';
import type { Credentials } from '#src/transport/credentials.ts';
import { dial } from '#src/transport/dial.ts';
import type { Link } from '#src/transport/link.ts';
import type { Address } from '#src/transport/tcp.ts';
import { carry, type Carrying } from './carry.ts';
import type { Bench } from './court-thread.ts';
import type { End } from './passage.ts';
import { Saboteur } from './saboteur.ts';
import type { Script } from './script.ts';
import { Session } from './session.ts';

/** Longest wait for the target to take a connection, ms. */
export const connectMs = 10_000;
/** How soon a client comes again whose session goes on over another connection, ms. */
const againMs = 400;
/** Connections at a time; further ones are reset. */
const maxConnections = 1024;

/** What a proxy passes on, and to whom. */
export interface RelayPlan {
  readonly protocol: Protocol;
  readonly settings: Settings;
  /** Where clients come; more than one only where a session has several ends. */
  readonly listen: readonly Address[];
  /** Where they are passed on to, in the same order. */
  readonly targets: readonly Address[];
  /** Where the server calls its client, and where the client awaits that. */
  readonly back: { readonly listen: readonly Address[]; readonly targets: readonly Address[] };
  /** For TLS with each end, where it calls us and where we call it; `null` for TCP. */
  readonly credentials: {
    readonly called: Readonly<Record<End, Credentials | null>>;
    readonly calling: Readonly<Record<End, Credentials | null>>;
  };
  readonly script: Script | null;
  /** Ends after so many sessions; `null`: never. */
  readonly sessions: number | null;
  readonly signal: AbortSignal;
}

const nobody = { client: null, server: null } as const;

/** Credentials of a proxy that speaks TCP alone. */
export const inClear: RelayPlan['credentials'] = { called: nobody, calling: nobody };

/** What is told of connections. */
export interface RelayWays {
  readonly bench: Bench;
  /** The target took no connection, or a client none of ours. */
  readonly refused: (why: string) => void;
  /** Enough sessions are over. */
  readonly enough: () => void;
}

/** Who changes what passes in a session; `null`: nobody does. */
export function saboteurOf(plan: RelayPlan, session: number): Saboteur | null {
  const { script, protocol, settings } = plan;
  if (script === null) return null;
  const random = seededRandom(session).fork('proxy');
  return new Saboteur({ protocol, settings, script, random, session });
}

/** A session whose last connection is over, and that may go on over another one. */
interface Resting {
  readonly carrying: Carrying;
  readonly client: string | undefined;
  /** Ends the session. */
  readonly end: () => void;
  readonly callOff: () => void;
}

/** Passes connections on, each as a session of its own unless one follows another. */
export class Relay {
  readonly #plan: RelayPlan;
  readonly #ways: RelayWays;
  readonly #links = new Set<Link>();
  readonly #active = new Set<Session>();
  #resting: Resting | null = null;
  /** Clients for whom the server is being called. */
  #coming = 0;
  begun = 0;
  /** Sessions that are over, and in which something was said. */
  #over = 0;

  constructor(plan: RelayPlan, ways: RelayWays) {
    this.#plan = plan;
    this.#ways = ways;
  }

  /** Sessions that go on. */
  get active(): ReadonlySet<Session> {
    return this.#active;
  }

  async welcome(client: Link): Promise<void> {
    const { sessions } = this.#plan;
    const isAgain = this.#resting !== null && hostOf(client) === this.#resting.client;
    const heard = [...this.#active].filter(({ lastBy }) => lastBy !== null);
    const count = this.#over + this.#coming + heard.length;
    const isTooMuch = sessions !== null && count >= sessions && !isAgain;
    if (isTooMuch || this.#links.size >= 2 * maxConnections) return client.reset();
    const resting = isAgain ? this.#resting : null;
    if (resting !== null) this.#wake(resting);
    const carrying = resting?.carrying ?? null;
    this.#links.add(client);
    try {
      await this.#serve(client, carrying);
    } finally {
      this.#links.delete(client);
      await client[Symbol.asyncDispose]();
    }
  }

  /** Ends all connections, and all sessions. */
  async end(): Promise<void> {
    this.#resting?.callOff();
    this.#resting?.end();
    for (const session of this.#active) this.#finish(session);
    await Promise.all([...this.#links].map((link) => link[Symbol.asyncDispose]()));
  }

  /** `known`: the session that goes on; `null`: a new one. */
  async #serve(client: Link, known: Carrying | null): Promise<void> {
    this.#coming += 1;
    const server = await this.#dial(client);
    this.#coming -= 1;
    if (server === null) return known === null ? undefined : this.#finish(known.session);
    this.#links.add(server);
    const carrying = known ?? this.#begin(client);
    const { session } = carrying;
    try {
      const lane = { ends: { client, server }, strand: null };
      const ending = await carry(lane, carrying);
      const isToRest = carrying.keepsEnding?.() === true && ending.how === 'end';
      const end = () => {
        if (isToRest) session.ended(lane, ending.by, { how: ending.how, seen: 'both' });
        this.#finish(session);
      };
      if (isToRest && !this.#plan.signal.aborted) this.#rest(client, carrying, end);
      else end();
    } finally {
      this.#links.delete(server);
      await server[Symbol.asyncDispose]();
    }
  }

  async #dial(client: Link): Promise<Link | null> {
    const { targets, credentials } = this.#plan;
    const [target] = targets;
    if (target === undefined) return null;
    try {
      return await dial(target, { limitMs: connectMs, credentials: credentials.calling.server });
    } catch (fault) {
      client.reset();
      this.#ways.refused(fault instanceof Error ? fault.message : String(fault));
      return null;
    }
  }

  #begin(client: Link): Carrying {
    this.begun += 1;
    const number = this.begun;
    const { protocol, settings, targets, signal } = this.#plan;
    const { bench } = this.#ways;
    const [target] = targets;
    const to = target === undefined ? '' : writePlace(target);
    const session = new Session(number, `${client.remote ?? 'a client'} to ${to}`, bench);
    this.#active.add(session);
    const follows = (protocol.leaving?.(settings) ?? null) !== null;
    return {
      session,
      bench,
      saboteur: saboteurOf(this.#plan, number),
      sleep: (ms) => systemClock.sleep(ms, signal),
      ...(follows ? { keepsEnding: () => session.lastBy === 'server' } : {}),
    };
  }

  #rest(client: Link, carrying: Carrying, end: () => void): void {
    this.#resting?.end();
    const callOff = systemClock.after(againMs, () => {
      this.#resting = null;
      end();
    });
    this.#resting = { carrying, client: hostOf(client), end, callOff };
  }

  #wake(resting: Resting): void {
    resting.callOff();
    this.#resting = null;
  }

  #finish(session: Session): void {
    if (!this.#active.delete(session)) return;
    session.over();
    if (session.lastBy !== null) this.#over += 1;
    if (this.#plan.sessions !== null && this.#over >= this.#plan.sessions) this.#ways.enough();
  }
}

function hostOf({ remote }: Link): string | undefined {
  return remote?.replace(/:\d+$/, '');
}
