import { systemClock } from '#src/base/clock.ts';
import { paced } from '#src/transport/paced.ts';
import type { Reach } from './reach.ts';

/** The same way to a target, at no more than so many messages a second; `null`: as it is. */
export function slowed(reach: Reach, perSecond: number | null, signal: AbortSignal): Reach {
  if (perSecond === null) return reach;
  const pace = paced(perSecond, systemClock, signal);
  return { ...reach, link: async (limitMs) => pace(await reach.link(limitMs)) };
}
