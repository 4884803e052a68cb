import type { Arrival, Link } from './link.ts';

/** How one connection follows another. */
export interface Succession {
  readonly open: () => Promise<Link>;
  /** Looks at all that arrives: true where it was the last of its connection. */
  readonly hasLeft: (bytes: Uint8Array) => boolean;
}

/**
 * Connections one after another, as one: where the peer has said that one ends, what is written next
 * goes over a new one. An ending that is read is told as usual.
 */
export function successive(first: Link, { open, hasLeft }: Succession): Link {
  let current: Promise<Link | null> = Promise.resolve(first);
  let last: Link | null = first;
  let isOver = false;
  const follow = async (before: Link | null): Promise<Link | null> => {
    await before?.[Symbol.asyncDispose]();
    try {
      return await open();
    } catch {
      return null;
    }
  };
  const seen = (arrival: Arrival): Arrival => {
    if (arrival.kind === 'bytes' && hasLeft(arrival.bytes)) isOver = true;
    return arrival;
  };
  return {
    write(bytes) {
      if (isOver) {
        isOver = false;
        current = current.then(follow);
        last = null;
        /** Before anything that waits for the new connection, so that writes keep their order. */
        void current.then((link) => {
          last = link;
        });
      }
      if (last !== null) last.write(bytes);
      else void current.then((link) => link?.write(bytes));
    },
    async read(limitMs) {
      const link = await current;
      return link === null ? refused : seen(await link.read(limitMs));
    },
    end: () => void current.then((link) => link?.end()),
    reset: () => void current.then((link) => link?.reset()),
    async [Symbol.asyncDispose]() {
      const link = await current;
      await link?.[Symbol.asyncDispose]();
    },
  };
}

const refused: Arrival = { kind: 'closed', how: 'refused' };
