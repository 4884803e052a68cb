import type { Citation } from './citation.ts';

/**
 * One way to read an open question.
 *
 * `open` readings are allowed by the document: a peer that follows one is never red.
 * `deviant` readings contradict it and are followed by some software all the same:
 * they count only when a profile pins them.
 */
export interface Reading {
  readonly text: string;
  readonly standing: 'open' | 'deviant';
}

/** One open question of a document, with its readings and the one that is assumed. */
export interface Ambiguity {
  readonly id: string;
  readonly cite: Citation;
  readonly question: string;
  readonly readings: Readonly<Record<string, Reading>>;
  readonly assumed: string;
  /**
   * By the reading of the side that serves: those of its client that go with it, besides the same.
   * Without it only sides that read it alike understand each other.
   */
  readonly goesWith?: Readonly<Partial<Record<string, readonly string[]>>>;
}

/** Which reading is in force for each ambiguity, by the ambiguity's key. */
export type Readings = Readonly<Record<string, string>>;

/** Marks a reading that contradicts the document and must be pinned to count. */
export function deviant(text: string): Reading {
  return { text, standing: 'deviant' };
}

/** One row of the table; a bare text is an `open` reading. */
export interface AmbiguityRow<Name extends string> {
  readonly cite: Citation;
  readonly question: string;
  readonly readings: Readonly<Record<Name, string | Reading>>;
  readonly assumed: NoInfer<Name>;
  readonly goesWith?: Readonly<Partial<Record<NoInfer<Name>, readonly NoInfer<Name>[]>>>;
}

/** Makes one ambiguity; `id` is `<protocol>/<key>`. */
export function defineAmbiguity<const Name extends string>(
  id: string,
  row: AmbiguityRow<Name>,
): Ambiguity & { readonly readings: Readonly<Record<Name, Reading>>; readonly assumed: Name } {
  const entries = Object.entries<string | Reading>(row.readings).map(([name, reading]) => [
    name,
    typeof reading === 'string' ? { text: reading, standing: 'open' } : reading,
  ]);
  return { id, ...row, readings: Object.fromEntries(entries) as Record<Name, Reading> };
}

/** The readings in force when nothing is pinned. */
export function assumedReadings(ambiguities: Readonly<Record<string, Ambiguity>>): Readings {
  return Object.fromEntries(Object.entries(ambiguities).map(([key, row]) => [key, row.assumed]));
}
