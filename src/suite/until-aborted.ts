import { HarnessError } from '#src/base/errors.ts';
import type { Link } from '#src/transport/link.ts';
import type { Reach } from './reach.ts';

/** The same way to a target, until the signal: then whoever waits on one of its links is freed. */
export function untilAborted(reach: Reach, signal: AbortSignal): Reach {
  const open = new Set<Link>();
  signal.addEventListener('abort', () => {
    for (const link of open) link.reset();
  });
  const interrupted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(new HarnessError('unreachable', 'interrupted')));
  });
  interrupted.catch(() => {});
  return {
    url: reach.url,
    options: reach.options,
    ...(reach.clock === undefined ? {} : { clock: reach.clock }),
    async link(limitMs) {
      if (signal.aborted) throw new HarnessError('unreachable', 'interrupted');
      const coming = reach.link(limitMs);
      const link = await Promise.race([coming, interrupted]).catch((fault: unknown) => {
        coming.then((late) => late[Symbol.asyncDispose]()).catch(() => {});
        throw fault;
      });
      open.add(link);
      return {
        ...link,
        async [Symbol.asyncDispose]() {
          open.delete(link);
          await link[Symbol.asyncDispose]();
        },
      };
    },
    [Symbol.asyncDispose]: () => reach[Symbol.asyncDispose](),
  };
}
