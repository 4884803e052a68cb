import { systemClock, type Clock } from '#src/base/clock.ts';
import { Arrivals } from './arrivals.ts';
import type { Link } from './link.ts';

/** Two ends of one connection within the process: what one writes the other reads, in order. */
export function memoryPair(clock: Clock = systemClock): readonly [Link, Link] {
  const left = new Arrivals(clock);
  const right = new Arrivals(clock);
  return [memoryLink(left, right), memoryLink(right, left)];
}

function memoryLink(mine: Arrivals, theirs: Arrivals): Link {
  let closed = false;
  const close = (how: 'end' | 'reset') => {
    closed = true;
    theirs.arrive({ kind: 'closed', how });
  };
  return {
    write: (bytes) => {
      if (!closed) theirs.arrive({ kind: 'bytes', bytes });
    },
    read: (limitMs) => mine.read(limitMs),
    end: () => close('end'),
    reset: () => close('reset'),
    async [Symbol.asyncDispose]() {
      close('end');
      mine.arrive({ kind: 'closed', how: 'end' });
    },
  };
}
