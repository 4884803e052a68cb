import type { Requirement } from '#models/language/index.ts';

/** One configuration of a machine: all that `value` and history say, numbered. */
export interface Place {
  readonly index: number;
  /** The active leaves, `<phase>.<state>`, in document order. */
  readonly states: readonly string[];
  readonly tags: ReadonlySet<string>;
  /** The requirements that the active states name, innermost first. */
  readonly covers: readonly Requirement[];
  /** Event descriptors of the active states, without wildcards. */
  readonly listens: ReadonlySet<string>;
}

/** Where a session stands: a place and what its machine remembers. */
export interface Position {
  readonly place: Place;
  readonly context: unknown;
}
