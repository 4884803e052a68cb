import type { Random } from '#src/base/random.ts';
import { systemClock } from '#src/base/clock.ts';
import type { Link } from '#src/transport/link.ts';

/** Chance that a segment is lost: TCP sends it again, and everything behind it waits. */
const loss = 0.02;
const againMs = 30;

/** A link whose other end is far away over a bad line: what is said comes late, and in segments. */
export function overBadLine(link: Link, random: Random): Link {
  let line = Promise.resolve();
  const later = (act: () => void) => {
    const ms = random.unit() < loss ? againMs : random.below(2);
    line = line.then(() => systemClock.sleep(ms)).then(act);
  };
  return {
    ...link,
    write(bytes) {
      const cut = random.below(bytes.length + 1);
      for (const segment of [bytes.subarray(0, cut), bytes.subarray(cut)]) {
        if (segment.length > 0) later(() => link.write(segment));
      }
    },
    end: () => later(() => link.end()),
    async [Symbol.asyncDispose]() {
      await line;
      await link[Symbol.asyncDispose]();
    },
  };
}
