import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';

const LISTEN = '0A';

/** The address that every peer of this folder binds. */
export const LOOPBACK = '127.0.0.1';

/** A TCP port of the loopback address that nobody uses at this moment. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, LOOPBACK, resolve);
  });
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return address.port;
}

/**
 * What the kernel does with a port of the loopback address, without connecting to it: to real
 * Alice a probe is a client. `held` is a port that ended connections still block for a minute;
 * `unknown` where the kernel's table cannot be read (not Linux).
 */
export async function portState(port: number): Promise<'listening' | 'held' | 'free' | 'unknown'> {
  const table = await readFile('/proc/net/tcp', 'utf8').catch(() => undefined);
  if (table === undefined) return 'unknown';
  const hexPort = port.toString(16).toUpperCase().padStart(4, '0');
  const entry = new RegExp(`: (?:0100007F|00000000):${hexPort} \\S+ (..) `, 'g');
  const states = [...table.matchAll(entry)].map((match) => match[1]);
  if (states.includes(LISTEN)) return 'listening';
  return states.length > 0 ? 'held' : 'free';
}
