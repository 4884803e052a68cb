import { HarnessError } from '#src/base/errors.ts';
import { nearest } from '#src/base/nearest.ts';

/** A wrong input, told in one line. */
export function usage(message: string, options?: ErrorOptions): HarnessError {
  return new HarnessError('usage', message, options);
}

/** Words that are few enough to be listed whole. */
const listable = 6;

/** The end of a complaint: the nearest known word, and all of them where they are few. */
export function hint(word: string, known: readonly string[]): string {
  const near = nearest(word, known);
  if (near === null) return 'there is none';
  const list = known.length > 1 && known.length <= listable ? ` (${known.join(', ')})` : '';
  return `did you mean '${near}'?${list}`;
}

/** What a word must be one of. */
export interface Choice {
  readonly known: readonly string[];
  /** What it names: `side`. */
  readonly what: string;
  /** Where it was said; begins the complaint. */
  readonly where?: string;
}

/**
 * The word, where it is known.
 * @throws HarnessError `usage` naming the nearest known word.
 */
export function oneOf(word: string, { known, what, where = '' }: Choice): string {
  if (known.includes(word)) return word;
  throw usage(`${where}unknown ${what} '${word}'; ${hint(word, known)}`);
}

/** Splits `name=value`. */
export function pair(text: string, flag: string): readonly [name: string, value: string] {
  const at = text.indexOf('=');
  if (at < 1) throw usage(`${flag} takes name=value, got '${text}'`);
  return [text.slice(0, at), text.slice(at + 1)];
}
