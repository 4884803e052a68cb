import type { Clock } from '#src/base/clock.ts';
import type { BundleLayout } from '#src/contract/bundle.ts';
import type { Protocol } from '#src/contract/protocol.ts';
import type { Settings } from '#src/contract/settings.ts';
import { bundleInMemory } from '#src/transport/bundle-memory.ts';
import { bundleAsCaller, bundleAsServer, type ServerBundle } from '#src/transport/bundle.ts';
import type { Credentials } from '#src/transport/credentials.ts';
import { dial } from '#src/transport/dial.ts';
import type { Gate } from '#src/transport/gate.ts';
import type { Link } from '#src/transport/link.ts';
import { successive } from '#src/transport/successive.ts';
import type { Address } from '#src/transport/tcp.ts';

const loopback: Address = { host: '127.0.0.1', port: 0 };

/** The way to a server. */
export interface Way {
  readonly address: Address;
  /** For each connection, ms. */
  readonly limitMs: number;
  /** For TLS; TCP without them. */
  readonly credentials?: Credentials | null;
  /** Where pushes are awaited; at the places of the settings without it. */
  readonly gate?: Gate;
}

/**
 * Connects to a server at an address: by one connection, or by as many as the protocol has. Of
 * many, the first one at the first end is opened now, the others when something is first said on
 * them.
 * @throws HarnessError `unreachable` where no connection is taken.
 */
export async function connect(protocol: Protocol, settings: Settings, way: Way): Promise<Link> {
  const { address, limitMs, credentials = null, gate } = way;
  const plan = { limitMs, credentials };
  const layout = protocol.bundle?.(settings) ?? null;
  if (layout === null) {
    const hasLeft = protocol.leaving?.(settings) ?? null;
    const open = () => dial(address, plan);
    return hasLeft === null ? open() : successive(await open(), { open, hasLeft });
  }
  const ends = endsOf(layout, [address, layout.peer ?? address]);
  const first = await dial(address, plan);
  return bundleAsCaller({ ends, pushAt: gate ?? layout.pushAt, first }, plan);
}

/** The way of clients to us. */
export interface Waiting {
  /** A gate that outlives the session, or where to wait. */
  readonly at: Gate | readonly Address[];
  readonly limitMs: number;
  readonly credentials?: Credentials | null;
}

/** Waits for all connections of one session. Pushes go where the layout, or the session, says. */
export function welcomeAll(layout: BundleLayout, waiting: Waiting): Promise<ServerBundle> {
  const { at, limitMs, credentials = null } = waiting;
  const push = (end: 0 | 1, route: Address | null) =>
    layout.pushTo[end] ?? layout.pushTo[0] ?? route;
  return bundleAsServer({ listen: at, push }, { limitMs, credentials });
}

/**
 * Where a server waits: at an address, and for a second end at the peer's, or at the next port.
 */
export function placesToWait(layout: BundleLayout, address: Address): readonly Address[] {
  const { host, port } = address;
  const peer = layout.peer ?? { host, port: port === 0 ? 0 : port + 1 };
  return endsOf(layout, [address, peer]);
}

/** Both sides of one session over loopback. */
export interface SessionPair extends AsyncDisposable {
  readonly client: Link;
  readonly server: Link;
}

/** A client and a server whose connections find each other, whatever a profile says of places. */
export async function sessionPair(layout: BundleLayout, limitMs: number): Promise<SessionPair> {
  await using held = new AsyncDisposableStack();
  const each = endsOf(layout, [loopback, loopback]);
  let places: readonly Address[] = [];
  const push = (end: 0 | 1) => places[end] ?? null;
  const server = held.use(await bundleAsServer({ listen: each, push }, { limitMs }));
  const ends = server.listening;
  const client = held.use(await bundleAsCaller({ ends, pushAt: each }, { limitMs }));
  places = client.pushAt;
  const ours = held.move();
  return {
    client: telling(client, server),
    server,
    [Symbol.asyncDispose]: () => ours.disposeAsync(),
  };
}

/** The same within this process, by the time of a clock: no socket, no port, no waiting. */
export function sessionInMemory(layout: BundleLayout, clock: Clock): SessionPair {
  const [client, server] = bundleInMemory(layout.ends, clock);
  return {
    client: telling(client, server),
    server,
    async [Symbol.asyncDispose]() {
      await client[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}

/** A client whose leaving the server hears of: connections that end say nothing of sessions. */
function telling(client: Link, server: Link): Link {
  return {
    ...client,
    end() {
      client.end();
      server.end();
    },
    reset() {
      client.reset();
      server.reset();
    },
  };
}

function endsOf(layout: BundleLayout, both: readonly Address[]): readonly Address[] {
  return both.slice(0, layout.ends);
}
