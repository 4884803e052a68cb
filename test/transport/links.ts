import type { Link } from '#src/transport/link.ts';
import { memoryPair } from '#src/transport/memory.ts';
import { connectTcp, listenTcp } from '#src/transport/tcp.ts';

/** Two ends of one connection, and what must be ended besides them. */
export interface Pair extends AsyncDisposable {
  readonly near: Link;
  readonly far: Link;
}

/** Everything that carries a connection. */
export const carriers: Readonly<Record<string, () => Promise<Pair>>> = {
  memory: async () => {
    const [near, far] = memoryPair();
    return {
      near,
      far,
      async [Symbol.asyncDispose]() {
        await near[Symbol.asyncDispose]();
        await far[Symbol.asyncDispose]();
      },
    };
  },
  tcp: async () => {
    const come = Promise.withResolvers<Link>();
    const listener = await listenTcp({ host: '127.0.0.1', port: 0 }, come.resolve);
    const near = await connectTcp(listener, 1000);
    const far = await come.promise;
    return {
      near,
      far,
      async [Symbol.asyncDispose]() {
        await near[Symbol.asyncDispose]();
        await far[Symbol.asyncDispose]();
        await listener[Symbol.asyncDispose]();
      },
    };
  },
};

/** All bytes that arrive until `count` are there, or something else arrives. */
export async function readBytes(link: Link, count: number): Promise<Buffer> {
  let read = Buffer.alloc(0);
  while (read.length < count) {
    const arrival = await link.read(2000);
    if (arrival.kind !== 'bytes') throw new Error(`${arrival.kind} after ${read.length} bytes`);
    read = Buffer.concat([read, arrival.bytes]);
  }
  return read;
}
