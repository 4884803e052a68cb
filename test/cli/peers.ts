import { connect, createServer, type Server, type Socket } from 'node:net';
import { guarded } from '#src/cli/guarded.ts';
import { rememberedScreen } from './screen.ts';

/** Somebody at a port of this machine. */
export interface Peer {
  readonly url: string;
  close(): Promise<void>;
}

/** Takes connections and says nothing. */
export async function silentPeer(): Promise<Peer> {
  const server = createServer((socket) => void socket.on('error', () => {}));
  return listening(server, async () => {});
}

/** Takes connections and says what it hears. */
export async function echoingPeer(): Promise<Peer> {
  const server = createServer((socket) => void socket.on('error', () => {}).pipe(socket));
  return listening(server, async () => {});
}

/** An Alice at a port, or a mutant of her. */
export async function servedAlice(...how: readonly string[]): Promise<Peer> {
  const stop = new AbortController();
  const told = Promise.withResolvers<string>();
  const out = (text: string) => told.resolve(/qosst:\S+/.exec(text)?.[0] ?? text);
  const screen = { ...rememberedScreen(), out, signal: stop.signal };
  const serving = guarded(['serve', 'qosst', '--port', '0', '--quiet', ...how], screen);
  return {
    url: await told.promise,
    async close() {
      stop.abort();
      await serving;
    },
  };
}

/** A right Alice who serves a few connections, and then `takes no more` or `says no more`. */
export async function leavingPeer(serves = 4, then = 'takes no more'): Promise<Peer> {
  const alice = await servedAlice();
  const { hostname, port } = new URL(alice.url);
  let served = 0;
  const server: Server = createServer((socket) => {
    served += 1;
    socket.on('error', () => {});
    if (served === serves && then === 'takes no more') server.close();
    if (served <= serves) join(socket, connect(Number(port), hostname));
  });
  return listening(server, () => alice.close());
}

function join(left: Socket, right: Socket): void {
  for (const [one, other] of [
    [left, right],
    [right, left],
  ] as const) {
    one.on('error', () => other.destroy());
    one.pipe(other);
  }
}

async function listening(server: Server, after: () => Promise<void>): Promise<Peer> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  return {
    url: `qosst://127.0.0.1:${port}`,
    async close() {
      for (const socket of sockets) socket.destroy();
      if (server.listening) await new Promise((closed) => server.close(closed));
      await after();
    },
  };
}
