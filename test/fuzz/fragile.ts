import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Profile } from '#src/contract/target.ts';
import { reference } from './ground.ts';

const server = fileURLToPath(new URL('./fixtures/fragile-server.ts', import.meta.url));

/** A port that nobody listens at. */
export async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const at = probe.address();
  await new Promise((closed) => probe.close(closed));
  if (typeof at !== 'object' || at === null) throw new TypeError('no port');
  return at.port;
}

/** The command that starts a server that falls in its own way. */
export function fragileCommand(port: number, way: 'crash' | 'hang' | 'leak'): string {
  return `'${process.execPath}' '${server}' ${port} ${way}`;
}

/** A profile of it: `start` brings it up, and back. */
export async function fragile(way: 'crash' | 'hang' | 'leak'): Promise<Profile> {
  const port = await freePort();
  return {
    ...reference('alice'),
    target: { kind: 'address', host: '127.0.0.1', port },
    start: fragileCommand(port, way),
    replyMs: way === 'hang' ? 800 : 2000,
  };
}
