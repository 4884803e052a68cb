import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { HarnessError } from '#src/base/errors.ts';
import { Arrivals } from './arrivals.ts';
import type { Link, Listener } from './link.ts';

/** Unread bytes of one connection that are held before its peer is made to wait. */
const maxHeldBytes = 32 * 1024 * 1024;

export interface Address {
  readonly host: string;
  /** 0 … 65535; 0 lets the system choose when listening. */
  readonly port: number;
}

/**
 * Connects to a server.
 * @throws HarnessError `unreachable` when it refuses, cannot be found, or does not answer in time.
 */
export function connectTcp(address: Address, limitMs: number): Promise<Link> {
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
      resolve(tcpLink(socket));
    });
  });
}

/**
 * Waits for clients.
 * @throws HarnessError `usage` when the address is taken or is none of this machine's.
 */
export function listenTcp(address: Address, welcome: (link: Link) => void): Promise<Listener> {
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true, allowHalfOpen: true }, (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    welcome(tcpLink(socket));
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

/** A socket as a link: arrivals queue until they are read. */
function tcpLink(socket: Socket): Link {
  const arrivals = new Arrivals();
  socket.on('data', (bytes) => {
    arrivals.arrive({ kind: 'bytes', bytes });
    if (arrivals.heldBytes > maxHeldBytes) socket.pause();
  });
  let peerEnded = false;
  socket.on('end', () => {
    peerEnded = true;
    arrivals.arrive({ kind: 'closed', how: 'end' });
  });
  socket.on('error', () => arrivals.arrive({ kind: 'closed', how: 'reset' }));
  socket.on('close', () => arrivals.arrive({ kind: 'closed', how: 'end' }));
  return {
    write: (bytes) => {
      if (socket.writable) socket.write(bytes);
    },
    read: (limitMs) => {
      if (socket.isPaused() && arrivals.heldBytes < maxHeldBytes) socket.resume();
      return arrivals.read(limitMs);
    },
    end: () => {
      if (socket.writable) socket.end();
    },
    reset: () => breakOff(socket),
    async [Symbol.asyncDispose]() {
      if (socket.destroyed) return;
      const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
      /** A server that closed first keeps its port for a minute, unless it is told at once. */
      if (peerEnded) breakOff(socket);
      else socket.destroy();
      await closed;
    },
  };
}

/** RST; while a FIN is under way Node cannot reset, and would leak the socket for ever. */
function breakOff(socket: Socket): void {
  const isEnding = socket.writableEnded && !socket.writableFinished;
  if (isEnding) socket.destroy();
  else socket.resetAndDestroy();
}
