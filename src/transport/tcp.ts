import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { HarnessError } from '#src/base/errors.ts';
import type { Link, Listener } from './link.ts';
import { socketLink } from './socket-link.ts';

export interface Address {
  readonly host: string;
  /** 0 … 65535; 0 lets the system choose when listening. */
  readonly port: number;
}

/**
 * Connects to a server.
 * @throws HarnessError `unreachable` when it refuses, cannot be found, or does not answer in time.
 */
export async function connectTcp(address: Address, limitMs: number): Promise<Link> {
  return socketLink(await dialTcp(address, limitMs));
}

/**
 * A connected socket that nothing was said on.
 * @throws HarnessError `unreachable` as `connectTcp`.
 */
export function dialTcp(address: Address, limitMs: number): Promise<Socket> {
  const target = `${address.host}:${address.port}`;
  return new Promise((resolve, reject) => {
    const socket = connect({ ...address, noDelay: true, allowHalfOpen: true });
    const timer = setTimeout(
      () => socket.destroy(new Error(`no answer in ${limitMs} ms`)),
      limitMs,
    );
    const refuse = (cause: Error) => {
      clearTimeout(timer);
      const message = `cannot connect to ${target}: ${cause.message}`;
      reject(new HarnessError('unreachable', message, { cause }));
    };
    socket.once('error', refuse);
    socket.once('connect', () => {
      clearTimeout(timer);
      socket.off('error', refuse);
      resolve(socket);
    });
  });
}

/**
 * Waits for clients.
 * @throws HarnessError `usage` when the address is taken or is none of this machine's.
 */
export function listenTcp(address: Address, welcome: (link: Link) => void): Promise<Listener> {
  const server = createServer({ noDelay: true, allowHalfOpen: true }, (socket) =>
    welcome(socketLink(socket)),
  );
  return listening(server, address);
}

/**
 * Lets a server listen; disposing it ends all its connections.
 * @throws HarnessError `usage` when the address is taken or is none of this machine's.
 */
export function listening(server: Server, address: Address): Promise<Listener> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    /** Whoever is not welcomed yet may break off all the same. */
    socket.on('error', () => {});
  });
  return new Promise((resolve, reject) => {
    server.once('error', (cause) => {
      const message = `cannot listen on ${address.host}:${address.port}: ${cause.message}`;
      reject(new HarnessError('usage', message, { cause }));
    });
    server.listen(address.port, address.host, () => {
      const bound = server.address();
      resolve({
        host: address.host,
        port: isAddress(bound) ? bound.port : address.port,
        async [Symbol.asyncDispose]() {
          for (const socket of sockets) socket.destroy();
          await new Promise((done) => server.close(done));
        },
      });
    });
  });
}

function isAddress(bound: string | AddressInfo | null): bound is AddressInfo {
  return typeof bound === 'object' && bound !== null;
}
