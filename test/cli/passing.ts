import { connect } from 'node:net';
import { guarded } from '#src/cli/guarded.ts';
import { rememberedScreen } from './screen.ts';

/** Who comes to a proxy: a client of ours, as a command line without its target; or somebody else. */
export type Visit = readonly string[] | 'noise' | 'is refused';

/** What a proxy comes to that somebody visits once it listens. */
export async function passing(args: readonly string[], visit: Visit): Promise<number> {
  const stop = new AbortController();
  const told = Promise.withResolvers<URL>();
  const out = (text: string) => {
    const [url] = /qosst:\S+\d/.exec(text) ?? [];
    if (url !== undefined) told.resolve(new URL(url));
  };
  const screen = { ...rememberedScreen(), out, signal: stop.signal };
  const running = guarded([...args, '--sessions', '1'], screen);
  await Promise.race([told.promise.then((url) => come(url, visit, stop)), running]);
  return running;
}

async function come(url: URL, visit: Visit, stop: AbortController): Promise<void> {
  if (typeof visit !== 'string') {
    await guarded([...visit, '--target', url.href], rememberedScreen());
    return;
  }
  const socket = connect(Number(url.port), url.hostname);
  const over = new Promise((resolve) => socket.on('close', resolve).on('data', resolve));
  socket.on('error', () => {});
  if (visit === 'noise') socket.write(Buffer.alloc(40, 7));
  await over;
  stop.abort();
  socket.destroy();
}
