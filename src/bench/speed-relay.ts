import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { once } from 'node:events';
import { HarnessError } from '#src/base/errors.ts';

/** A relay that does nothing but pass bytes on, until disposed. */
export interface BareRelay extends AsyncDisposable {
  readonly host: string;
  readonly port: number;
}

/** Passes connections on to an address, with their backpressure and their endings. */
export async function bareRelay(target: { host: string; port: number }): Promise<BareRelay> {
  const server = createServer({ noDelay: true, allowHalfOpen: true }, (near) => {
    const far = connect({ ...target, noDelay: true, allowHalfOpen: true });
    pass(near, far);
    pass(far, near);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (!isAddress(address)) throw new HarnessError('internal', 'a relay without a port');
  return {
    host: '127.0.0.1',
    port: address.port,
    async [Symbol.asyncDispose]() {
      await new Promise((done) => server.close(done));
    },
  };
}

function pass(from: Socket, to: Socket): void {
  from.on('data', (bytes) => {
    if (!to.write(bytes)) from.pause();
  });
  to.on('drain', () => from.resume());
  from.on('end', () => to.end());
  from.on('error', () => to.destroy());
}

function isAddress(address: string | AddressInfo | null): address is AddressInfo {
  return typeof address === 'object' && address !== null;
}
