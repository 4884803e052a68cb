import type { ServedSession } from '#src/contract/admin.ts';
import { wakeable } from '#src/transport/wakeable.ts';
import type { Link } from '#src/transport/link.ts';
import type { Standing } from './perform.ts';

/** Sessions that are over and still remembered. */
const mostOver = 256;

interface Entry extends ServedSession {
  isOpen: boolean;
}

/** The sessions of a serving side: those that go on, and the last ones that are over. */
export class Roll {
  #entries: Entry[] = [];

  /** Oldest first. */
  get sessions(): readonly ServedSession[] {
    return this.#entries;
  }

  /** A session begins; it is to be performed over the link that comes back. */
  enter(at: Standing, link: Link): Link {
    const { link: woken, wake } = wakeable(link);
    const entry: Entry = {
      isOpen: true,
      get context() {
        return at.position.context;
      },
      memory: at.session.memory,
      wake,
    };
    this.#entries.push(entry);
    return {
      ...woken,
      [Symbol.asyncDispose]: async () => {
        entry.isOpen = false;
        this.#forget();
        await woken[Symbol.asyncDispose]();
      },
    };
  }

  #forget(): void {
    const over = this.#entries.filter(({ isOpen }) => !isOpen);
    const oldest = new Set(over.slice(0, Math.max(0, over.length - mostOver)));
    this.#entries = this.#entries.filter((entry) => !oldest.has(entry));
  }
}
