import { Bundle } from './bundle-link.ts';
import type { Link, Listener } from './link.ts';
import { listenTcp, type Address } from './tcp.ts';

/** The caller's side of a bundle. */
export interface CallerBundle extends Link {
  /** Where the first end's pushes are awaited; `null` where nobody listens. */
  readonly pushUrl: string | null;
  /** Where pushes are awaited, one for each address of `pushAt`. */
  readonly pushUrls: readonly string[];
}

/** The called side of a bundle. */
export interface ServerBundle extends Link {
  /** Where each end listens, its port filled in. */
  readonly listening: readonly Address[];
}

/**
 * Many connections as one link: calls that are opened here, and pushes that are welcomed here.
 *
 * Bytes are records of `src/base/records.ts`. A connection is opened by the first record that names
 * it, within `limitMs`; the numbers of an end rise. One that cannot be opened comes back as a
 * record `reset`. A read brings one record for each arrival on any connection. Connections that
 * come in are counted at each listener; what comes in at the address `i` of `pushAt` belongs to end
 * `i`: at one address for both ends everything is said to be of end 0. At most 1,024 connections
 * are open at a time, each until both sides have ended it: more are reset. What happens on a connection after it was reset here is not
 * told. Nothing is reached until something is written: an address where nobody is does no harm.
 *
 * @throws HarnessError `usage` when an address of `pushAt` is taken; `write` throws `internal`
 * for bytes that are no record.
 */
export async function bundleAsCaller(
  {
    ends,
    pushAt,
  }: {
    /** At most two. */
    readonly ends: readonly Address[];
    readonly pushAt: Address | readonly Address[] | null;
  },
  limitMs: number,
): Promise<CallerBundle> {
  const bundle = new Bundle({ by: 0, limitMs, place: (end) => ends[end] ?? null });
  const addresses = pushAt === null ? [] : 'host' in pushAt ? [pushAt] : pushAt;
  const listeners = await listenAll(bundle, addresses);
  const pushUrls = listeners.map(({ host, port }) => `http://${inUrl(host)}:${port}`);
  return { ...plainLink(bundle), pushUrl: pushUrls[0] ?? null, pushUrls };
}

/**
 * The mirror of `bundleAsCaller`: calls are welcomed here, one listener for each end, and pushes
 * are opened here, to where `push` says; `null` gives a record `reset`.
 *
 * @throws HarnessError `usage` when an address is taken.
 */
export async function bundleAsServer(
  {
    listen,
    push,
  }: {
    /** At most two. */
    readonly listen: readonly Address[];
    readonly push: (end: 0 | 1) => Address | null;
  },
  limitMs: number,
): Promise<ServerBundle> {
  const bundle = new Bundle({ by: 1, limitMs, place: push });
  const listeners = await listenAll(bundle, listen);
  const listening = listeners.map(({ host, port }) => ({ host, port }));
  return { ...plainLink(bundle), listening };
}

/** A link of members of its own, as all links are: whoever changes one spreads it. */
function plainLink(bundle: Bundle): Link {
  return {
    write: (bytes) => bundle.write(bytes),
    read: (limitMs) => bundle.read(limitMs),
    end: () => bundle.end(),
    reset: () => bundle.reset(),
    [Symbol.asyncDispose]: () => bundle[Symbol.asyncDispose](),
  };
}

/** Listens at each address; where one is taken, at none. */
async function listenAll(
  bundle: Bundle,
  addresses: readonly Address[],
): Promise<readonly Listener[]> {
  await using held = new AsyncDisposableStack();
  held.use(bundle);
  const listeners: Listener[] = [];
  for (const end of [0, 1] as const) {
    const address = addresses[end];
    if (address === undefined) break;
    const listener = await listenTcp(address, (link) => bundle.welcome(end, link));
    bundle.keep(listener);
    listeners.push(listener);
  }
  held.move();
  return listeners;
}

function inUrl(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}
