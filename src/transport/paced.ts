import type { Clock } from '#src/base/clock.ts';
import type { Link } from './link.ts';

/**
 * What slows links down to so many messages a second, over all of them together: each write counts
 * as one, each arrival too, and a read waits until the next one is due. `null`: as they are.
 */
export function paced(
  perSecond: number | null,
  clock: Clock,
  signal: AbortSignal,
): (link: Link) => Link {
  if (perSecond === null) return (link) => link;
  const everyMs = 1000 / perSecond;
  let dueMs = clock.nowMs();
  const count = () => {
    dueMs = Math.max(dueMs, clock.nowMs() - everyMs) + everyMs;
  };
  return (link) => ({
    ...link,
    write(bytes) {
      count();
      link.write(bytes);
    },
    async read(limitMs) {
      const earlyMs = dueMs - clock.nowMs();
      if (earlyMs > 0) await clock.sleep(earlyMs, signal);
      const arrival = await link.read(limitMs);
      if (arrival.kind === 'bytes') count();
      return arrival;
    },
  });
}
