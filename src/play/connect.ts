import type { BundleLayout } from '#src/contract/bundle.ts';
import type { Protocol } from '#src/contract/protocol.ts';
import type { Settings } from '#src/contract/settings.ts';
import { bundleAsCaller, bundleAsServer, type ServerBundle } from '#src/transport/bundle.ts';
import type { Link } from '#src/transport/link.ts';
import { connectTcp, type Address } from '#src/transport/tcp.ts';

const loopback: Address = { host: '127.0.0.1', port: 0 };

/**
 * Connects to a server at an address: by one connection, or by as many as the protocol has. Of
 * many, each is opened when something is first said on it: nobody at the address is no fault yet.
 * @throws HarnessError `unreachable` where the one connection is not taken.
 */
export function connect(
  protocol: Protocol,
  settings: Settings,
  { address, limitMs }: { readonly address: Address; readonly limitMs: number },
): Promise<Link> {
  const layout = protocol.bundle?.(settings) ?? null;
  if (layout === null) return connectTcp(address, limitMs);
  const { peer, pushAt } = layout;
  return bundleAsCaller({ ends: endsOf(layout, [address, peer ?? address]), pushAt }, limitMs);
}

/**
 * Waits for all connections of one session: at an address, and for a second end at the peer's, or
 * at the next port.
 */
export function welcomeAll(
  layout: BundleLayout,
  { address, limitMs }: { readonly address: Address; readonly limitMs: number },
): Promise<ServerBundle> {
  const { host, port } = address;
  const peer = layout.peer ?? { host, port: port === 0 ? 0 : port + 1 };
  const push = (end: 0 | 1) => layout.pushTo[end] ?? layout.pushTo[0] ?? null;
  return bundleAsServer({ listen: endsOf(layout, [address, peer]), push }, limitMs);
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
  const server = held.use(await bundleAsServer({ listen: each, push }, limitMs));
  const ends = server.listening;
  const client = held.use(await bundleAsCaller({ ends, pushAt: each }, limitMs));
  places = client.pushUrls.map((url) => {
    const { hostname, port } = new URL(url);
    return { host: hostname, port: Number(port) };
  });
  const ours = held.move();
  return {
    client: telling(client, server),
    server,
    [Symbol.asyncDispose]: () => ours.disposeAsync(),
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
