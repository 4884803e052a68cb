import type { Clock } from '#src/base/clock.ts';
import { Bundle, plainLink } from './bundle-link.ts';
import type { Link } from './link.ts';
import { memoryPair } from './memory.ts';

/** Where connections within this process lie: nowhere. */
const nowhere = { host: '', port: 0 };
/** No connection within this process takes any time to open, ms. */
const limitMs = 0;

/**
 * The two sides of a bundle within this process, the caller's first: the same records as over
 * sockets, by the time of a clock.
 */
export function bundleInMemory(ends: 1 | 2, clock: Clock): readonly [Link, Link] {
  const place = (end: 0 | 1) => (end < ends ? nowhere : null);
  const common = { place, limitMs, credentials: null, clock };
  const connect = (other: () => Bundle) => (end: 0 | 1) => {
    const [near, far] = memoryPair(clock);
    other().welcome(end, far);
    return near;
  };
  const caller: Bundle = new Bundle({ ...common, by: 0, inside: connect(() => server) });
  const server: Bundle = new Bundle({ ...common, by: 1, inside: connect(() => caller) });
  return [plainLink(caller), plainLink(server)];
}
