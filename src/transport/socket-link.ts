import type { Socket } from 'node:net';
import { writePlace } from '#src/base/place.ts';
import { Arrivals } from './arrivals.ts';
import type { Link } from './link.ts';

/** Unread bytes of one connection that are held before its peer is made to wait. */
const maxHeldBytes = 32 * 1024 * 1024;

/**
 * A socket as a link: arrivals queue until they are read. `raw` is the TCP socket below, where the
 * socket is one of TLS.
 */
export function socketLink(socket: Socket, raw: Socket = socket): Link {
  const arrivals = new Arrivals();
  socket.on('data', (bytes) => {
    arrivals.arrive({ kind: 'bytes', bytes });
    if (arrivals.heldBytes > maxHeldBytes) socket.pause();
  });
  let peerEnded = false;
  let isBroken = false;
  const reset = () => {
    isBroken = true;
    breakOff(socket, raw);
  };
  socket.on('end', () => {
    peerEnded = true;
    arrivals.arrive({ kind: 'closed', how: 'end' });
  });
  socket.on('error', () => arrivals.arrive({ kind: 'closed', how: 'reset' }));
  socket.on('close', () => arrivals.arrive({ kind: 'closed', how: 'end' }));
  return {
    write: (bytes) => {
      if (socket.writable && !isBroken) socket.write(bytes);
    },
    read: (limitMs) => {
      if (socket.isPaused() && arrivals.heldBytes < maxHeldBytes) socket.resume();
      return arrivals.read(limitMs);
    },
    end: () => {
      if (socket.writable) socket.end();
    },
    reset,
    room: () => (socket.writableNeedDrain && !socket.destroyed ? drained(socket) : undefined),
    ...remoteOf(raw),
    async [Symbol.asyncDispose]() {
      if (socket.destroyed) return;
      const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
      /** A server that closed first keeps its port for a minute, unless it is told at once. */
      if (peerEnded && !isBroken) reset();
      else if (!isBroken) socket.destroy();
      await closed;
    },
  };
}

function drained(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      socket.off('drain', done);
      socket.off('close', done);
      resolve();
    };
    socket.on('drain', done);
    socket.on('close', done);
  });
}

function remoteOf({ remoteAddress: host, remotePort: port }: Socket): Pick<Link, 'remote'> {
  return host === undefined || port === undefined ? {} : { remote: writePlace({ host, port }) };
}

/** RST; while a FIN is under way Node cannot reset, and would leak the socket for ever. */
function breakOff(socket: Socket, raw: Socket): void {
  const isEnding = [socket, raw].some((one) => one.writableEnded && !one.writableFinished);
  if (isEnding) socket.destroy();
  else if (raw === socket) raw.resetAndDestroy();
  else resetBelow(socket, raw);
}

/**
 * Node dies of a TCP socket that is reset while TLS above it is at work: what it is at has some
 * turns to leave first.
 */
function resetBelow(socket: Socket, raw: Socket): void {
  setTimeout(() => {
    if (!raw.destroyed) raw.resetAndDestroy();
    setImmediate(() => socket.destroy());
  }, quietMs);
}

/** More than some turns of the event loop. */
const quietMs = 5;
