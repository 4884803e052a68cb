import { Arrivals } from './arrivals.ts';
import type { Link } from './link.ts';

/** Longest time that a timer can wait, ms. */
const forEverMs = 2 ** 31 - 1;

/** A link whose reader can be woken. */
export interface Wakeable {
  readonly link: Link;
  /** Lets a read return at once, or the next one: with bytes, but none. */
  wake(): void;
}

/** Makes the reader of a link wakeable: at most one arrival is taken from the link ahead of it. */
export function wakeable(link: Link): Wakeable {
  const arrivals = new Arrivals();
  let isReading = false;
  const readOn = async () => {
    isReading = true;
    const arrival = await link.read(forEverMs);
    isReading = false;
    if (arrival.kind !== 'silence') arrivals.arrive(arrival);
  };
  return {
    link: {
      ...link,
      read(limitMs) {
        if (!isReading) void readOn();
        return arrivals.read(limitMs);
      },
    },
    wake: () => arrivals.arrive({ kind: 'bytes', bytes: new Uint8Array(0) }),
  };
}
