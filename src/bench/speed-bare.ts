import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { HarnessError } from '#src/base/errors.ts';

const host = '127.0.0.1';

/** Bytes that are sent, and those that come back. */
export interface Exchange {
  readonly sent: Uint8Array;
  readonly received: Uint8Array;
}

/** A server of recorded bytes, until disposed. */
export interface BareServer extends AsyncDisposable {
  readonly host: string;
  readonly port: number;
}

/** Answers with recorded bytes as soon as as many bytes have come; what they are is not looked at. */
export async function bareServer(exchanges: readonly Exchange[]): Promise<BareServer> {
  const server = createServer({ noDelay: true }, (socket) => answer(socket, exchanges));
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const address = server.address();
  if (!isAddress(address)) throw new HarnessError('internal', 'a server without a port');
  return {
    host,
    port: address.port,
    async [Symbol.asyncDispose]() {
      await new Promise((done) => server.close(done));
    },
  };
}

function isAddress(address: string | AddressInfo | null): address is AddressInfo {
  return typeof address === 'object' && address !== null;
}

function answer(socket: Socket, exchanges: readonly Exchange[]): void {
  let at = 0;
  let heardBytes = 0;
  socket.on('data', ({ length }) => {
    heardBytes += length;
    for (let next = exchanges[at]; next !== undefined; next = exchanges[at]) {
      if (heardBytes < next.sent.length) return;
      heardBytes -= next.sent.length;
      at += 1;
      socket.write(next.received);
    }
  });
  socket.on('error', () => socket.destroy());
}

/** A connection that does nothing but request and response, until disposed. */
export interface BareClient extends AsyncDisposable {
  /** Sends and awaits what comes next. */
  ask(exchanges: readonly Exchange[]): Promise<void>;
}

/** Connects to a bare server. */
export async function bareClient({
  host,
  port,
}: Pick<BareServer, 'host' | 'port'>): Promise<BareClient> {
  const socket = connect({ host, port, noDelay: true });
  let arrived: (bytes: number) => void = () => {};
  socket.on('data', ({ length }) => arrived(length));
  await new Promise((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', reject);
  });
  return {
    ask: (exchanges) =>
      new Promise((resolve) => {
        let at = 0;
        let missingBytes = 0;
        arrived = (bytes) => {
          missingBytes -= bytes;
          while (missingBytes === 0) {
            const next = exchanges[at];
            if (next === undefined) return resolve();
            at += 1;
            missingBytes = next.received.length;
            socket.write(next.sent);
          }
        };
        arrived(0);
      }),
    async [Symbol.asyncDispose]() {
      const closed = new Promise((resolve) => socket.once('close', resolve));
      socket.destroy();
      await closed;
    },
  };
}
