import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { HarnessError } from '#src/base/errors.ts';
import type { Turn } from './speed-recording.ts';

const host = '127.0.0.1';

/** A bare server of recorded bytes, until disposed. */
export interface BareServer extends AsyncDisposable {
  /** Exchanges the bytes of all turns over a connection of its own, so many times. */
  exchange(laps: number): Promise<void>;
}

/** Request and response of recorded bytes over TCP, as fast as Node does it: nothing is read. */
export async function bareServer(turns: readonly Turn[]): Promise<BareServer> {
  const server = createServer({ noDelay: true }, (socket) => answer(socket, turns));
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const address = server.address();
  if (!isAddress(address)) throw new HarnessError('internal', 'a server without a port');
  const { port } = address;
  return {
    exchange: (laps) => ask(connect({ host, port, noDelay: true }), turns, laps),
    async [Symbol.asyncDispose]() {
      await new Promise((done) => server.close(done));
    },
  };
}

function isAddress(address: string | AddressInfo | null): address is AddressInfo {
  return typeof address === 'object' && address !== null;
}

function answer(socket: Socket, turns: readonly Turn[]): void {
  let at = 0;
  let heardBytes = 0;
  socket.on('data', ({ length }) => {
    heardBytes += length;
    for (;;) {
      const turn = turns[at % turns.length];
      if (turn === undefined || heardBytes < turn.sent.length) return;
      heardBytes -= turn.sent.length;
      at += 1;
      if (turn.received.length > 0) socket.write(turn.received);
      if (heardBytes === 0) return;
    }
  });
  socket.on('error', () => socket.destroy());
}

function ask(socket: Socket, turns: readonly Turn[], laps: number): Promise<void> {
  let at = 0;
  let missingBytes = 0;
  const next = () => {
    while (missingBytes <= 0) {
      const turn = turns[at % turns.length];
      if (turn === undefined || at === laps * turns.length) return socket.end();
      at += 1;
      missingBytes += turn.received.length;
      socket.write(turn.sent);
    }
  };
  return new Promise((resolve, reject) => {
    socket.on('connect', next);
    socket.on('data', ({ length }) => {
      missingBytes -= length;
      next();
    });
    socket.on('error', reject);
    socket.on('close', () => resolve());
  });
}
