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

/** A right Alice who serves a few connections and takes no more. */
export async function leavingPeer(serves = 4): Promise<Peer> {
  const stop = new AbortController();
  const screen = { ...rememberedScreen(), signal: stop.signal };
  const told = Promise.withResolvers<number>();
  const out = (text: string) => told.resolve(Number(/:(\d+)\n/.exec(text)?.[1]));
  const serving = guarded(['serve', 'qosst', '--port', '0'], { ...screen, out });
  const port = await told.promise;
  let served = 0;
  const server: Server = createServer((socket) => {
    served += 1;
    if (served === serves) server.close();
    join(socket, connect(port, '127.0.0.1'));
  });
  return listening(server, async () => {
    stop.abort();
    await serving;
  });
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
