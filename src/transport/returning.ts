import type { Arrival, Link } from './link.ts';

/**
 * Connections of one client that comes again, as one: where it ends a connection on which it has its
 * answer, what it says next on another one follows. `again`: its next connection, soon; `null` where
 * it does not come.
 */
export function returning(first: Link, again: () => Promise<Link | null>): Link {
  let current = first;
  let hasAnswer = false;
  let isLeft = false;
  const read = async (limitMs: number): Promise<Arrival> => {
    const arrival = await current.read(limitMs);
    if (arrival.kind === 'bytes') hasAnswer = false;
    if (arrival.kind !== 'closed' || !hasAnswer || isLeft) return arrival;
    hasAnswer = false;
    const next = await again();
    if (next === null) return arrival;
    await current[Symbol.asyncDispose]();
    current = next;
    return read(limitMs);
  };
  return {
    write(bytes) {
      hasAnswer = true;
      current.write(bytes);
    },
    read,
    end() {
      isLeft = true;
      current.end();
    },
    reset() {
      isLeft = true;
      current.reset();
    },
    [Symbol.asyncDispose]: () => current[Symbol.asyncDispose](),
  };
}
