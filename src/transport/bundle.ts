import { Bundle, plainLink } from './bundle-link.ts';
import type { Credentials } from './credentials.ts';
import { openGate, type Gate } from './gate.ts';
import type { Link } from './link.ts';
import type { Address } from './tcp.ts';

/** The caller's side of a bundle. */
export interface CallerBundle extends Link {
  /** Where pushes are awaited, one for each end; at most two. */
  readonly pushAt: readonly Address[];
}

/** The called side of a bundle. */
export interface ServerBundle extends Link {
  /** Where each end listens, its port filled in. */
  readonly listening: readonly Address[];
  /** Resolves when the first connection comes. */
  readonly visited: Promise<void>;
}

/** How the connections of a bundle are made. */
export interface BundlePlan {
  /** For a connection that is opened here, ms. */
  readonly limitMs: number;
  /** For TLS, both ways; TCP without them. */
  readonly credentials?: Credentials | null;
}

/**
 * Many connections as one link: calls that are opened here, and pushes that are welcomed here.
 *
 * Bytes are records of `src/base/records.ts`. A connection is opened by the first record that names
 * it, but for a route; the numbers of an end rise. One that cannot be opened comes back as a record
 * `reset`. A read brings one record for each arrival on any connection. Connections that come in
 * are counted at each place; what comes in at the place `i` belongs to end `i`: at one place for
 * both ends everything is said to be of end 0. At most 1,024 connections are open at a time, each
 * until both sides have ended it: more are reset. What happens on a connection after it was reset
 * here is not told. Nothing is reached until something is written: an address where nobody is does
 * no harm.
 *
 * @throws HarnessError `usage` when an address of `pushAt` is taken; `write` throws `internal`
 * for bytes that are no record.
 */
export async function bundleAsCaller(
  {
    ends,
    pushAt,
    first,
  }: {
    /** At most two. */
    readonly ends: readonly Address[];
    /** Opened just now, for the first call at end 0. */
    readonly first?: Link;
    /** A gate that outlives the bundle, or where to wait as long as it lasts. */
    readonly pushAt: Gate | readonly Address[];
  },
  plan: BundlePlan,
): Promise<CallerBundle> {
  const place = (end: 0 | 1) => ends[end] ?? null;
  const opened = first === undefined ? {} : { first };
  const side = { by: 0, place, ...opened, ...complete(plan) } as const;
  const { link, places } = await entered(new Bundle(side), pushAt, plan);
  return { ...link, pushAt: places };
}

/**
 * The mirror of `bundleAsCaller`: calls are welcomed here, one place for each end, and pushes are
 * opened here, to where `push` says, which is told the route of the session; `null` gives a record
 * `reset`.
 *
 * @throws HarnessError `usage` when an address is taken.
 */
export async function bundleAsServer(
  {
    listen,
    push,
  }: {
    readonly listen: Gate | readonly Address[];
    readonly push: (end: 0 | 1, route: Address | null) => Address | null;
  },
  plan: BundlePlan,
): Promise<ServerBundle> {
  const side = { by: 1, place: push, ...complete(plan) } as const;
  const { link, places, visited } = await entered(new Bundle(side), listen, plan);
  return { ...link, listening: places, visited };
}

function complete({ limitMs, credentials = null }: BundlePlan) {
  return { limitMs, credentials };
}

/** A bundle at a gate; at one of its own, which ends with it, where there is none yet. */
async function entered(
  bundle: Bundle,
  at: Gate | readonly Address[],
  { credentials = null }: BundlePlan,
): Promise<{
  readonly link: Link;
  readonly places: readonly Address[];
  readonly visited: Promise<void>;
}> {
  await using held = new AsyncDisposableStack();
  held.use(bundle);
  const gate = 'enter' in at ? at : await openGate(at, { credentials });
  const visit = Promise.withResolvers<void>();
  const leave = gate.enter((end, link) => {
    bundle.welcome(end, link);
    visit.resolve();
  });
  if (gate === at) bundle.keep({ [Symbol.asyncDispose]: async () => leave() });
  else bundle.keep(gate);
  held.move();
  return { link: plainLink(bundle), places: gate.places, visited: visit.promise };
}
