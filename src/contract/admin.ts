import type { Random } from '#src/base/random.ts';

/** One session of a serving side, as whoever runs the server sees it. */
export interface ServedSession<Memory = unknown> {
  /** False once its connection is over. */
  readonly isOpen: boolean;
  /** The machine's context. */
  readonly context: unknown;
  readonly memory: Memory;
  /** Lets the side look at once whether there is something new that it wants to do. */
  wake(): void;
}

/** What whoever runs the server asks for. */
export interface AdminCall<Memory = unknown> {
  /** Segments of the path that stand for the names in braces. */
  readonly names: Readonly<Record<string, string>>;
  /** The JSON of its body; `undefined` where it has none. */
  readonly content: unknown;
  /** Oldest first; of those that are over only the last ones. */
  readonly sessions: readonly ServedSession<Memory>[];
  readonly random: Random;
}

/** A status code of HTTP and the JSON behind it. */
export interface AdminAnswer {
  readonly code: number;
  readonly content: unknown;
}

/**
 * Something that whoever runs a serving side may ask of it, beside the protocol: by a method and a
 * path of HTTP, `GET /things/{name}`. It changes the memory of sessions, and wakes them.
 */
export interface AdminDeed<Memory = unknown> {
  readonly path: string;
  readonly title: string;
  does(call: AdminCall<Memory>): AdminAnswer;
}
