import { once } from 'node:events';
import Socket, { WebSocketServer } from 'ws';
import { HarnessError } from '#src/base/errors.ts';
import type { BareMessage } from '#src/contract/baseline.ts';

const host = '127.0.0.1';

/** A server that says back what it is told, until disposed. */
export interface EchoServer extends AsyncDisposable {
  readonly url: string;
}

/** The server of `ws`: texts are said back as they are, pings have their pong. */
export async function echoServer(): Promise<EchoServer> {
  const server = new WebSocketServer({ host, port: 0, perMessageDeflate: false });
  server.on('connection', (socket) => {
    socket.on('message', (payload) => socket.send(payload, { binary: false }));
    socket.on('error', () => socket.terminate());
  });
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') {
    throw new HarnessError('internal', 'a server without a port');
  }
  return {
    url: `ws://${host}:${address.port}`,
    async [Symbol.asyncDispose]() {
      for (const socket of server.clients) socket.terminate();
      await new Promise((done) => server.close(done));
    },
  };
}

/** A client that does nothing but say and hear what comes back, until disposed. */
export interface BareSocket extends AsyncDisposable {
  ask(message: BareMessage): Promise<void>;
}

/** The client of `ws`. */
export async function bareSocket({ url }: EchoServer): Promise<BareSocket> {
  const socket = new Socket(url, { perMessageDeflate: false });
  let heard: () => void = () => {};
  socket.on('message', () => heard());
  socket.on('pong', () => heard());
  await once(socket, 'open');
  return {
    ask: ({ kind, payload }) =>
      new Promise((resolve) => {
        heard = resolve;
        if (kind === 'ping') socket.ping(payload);
        else socket.send(payload, { binary: false });
      }),
    async [Symbol.asyncDispose]() {
      const closed = once(socket, 'close');
      socket.close();
      await closed;
    },
  };
}
