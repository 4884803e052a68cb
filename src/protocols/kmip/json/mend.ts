import {
  closeBrace,
  closeBracket,
  comma,
  endOfString,
  openBrace,
  openBracket,
  quote,
} from './cursor.ts';
import type { JsonProblemKind } from './problem-kinds.ts';

/** A text that was brought nearer to JSON. */
export interface Mended {
  readonly text: string;
  /** What was changed, at offsets of the text as it came. */
  readonly changes: readonly Change[];
  /** Where a place of the mended text lies in the text as it came. */
  readonly offsetOf: (at: number) => number;
}

interface Change {
  readonly kind: JsonProblemKind;
  readonly at: number;
  readonly found: string;
  /** Stands before what was at the offset, or (a space) instead of it. */
  readonly text: string;
}

/**
 * Drops commas before closing brackets, and closes brackets that were left open: where a closing
 * bracket is of the wrong kind, up to the bracket that opened on a line of the same indentation.
 *
 * Stops after the first whole value, and where it cannot help; takes linear time.
 */
export function mend(text: string): Mended {
  const mender = new Mender(text);
  mender.run();
  const changes = mender.changes.toSorted(
    (one, other) => one.at - other.at || lengthOf(one) - lengthOf(other),
  );
  return { text: applied(text, changes), changes, offsetOf: offsetsOf(changes) };
}

interface Opened {
  readonly closer: number;
  readonly indent: number;
}

/** Beyond either no message is worth mending. */
const deepest = 1000;
const mostChanges = 10_000;

class Mender {
  readonly changes: Change[] = [];
  readonly #text: string;
  readonly #opened: Opened[] = [];
  #at = 0;
  #lineStart = 0;
  /** After the last token that is no comma. */
  #end = 0;
  /** Of a comma that is the last token. */
  #comma: number | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  run(): void {
    let isOver = false;
    while (this.#at < this.#text.length && !isOver) isOver = this.#step();
    if (!isOver && this.#opened.length > 0) {
      this.#dropComma();
      this.#closeAbove(0);
    }
  }

  /** One token; `true` after the last. */
  #step(): boolean {
    const code = this.#text.charCodeAt(this.#at);
    if (code === 0x0a) this.#lineStart = this.#at + 1;
    if (code <= 0x20) {
      this.#at += 1;
      return false;
    }
    if (code === comma) {
      this.#comma = this.#at;
      this.#at += 1;
      return false;
    }
    if (code === quote) return this.#string();
    if (code === closeBrace || code === closeBracket) return this.#close(code);
    if (code === openBrace || code === openBracket) {
      if (this.#opened.length === deepest) return true;
      this.#opened.push({
        closer: code === openBrace ? closeBrace : closeBracket,
        indent: this.#indent(),
      });
    }
    this.#token(this.#at + 1);
    return false;
  }

  #string(): boolean {
    const end = endOfString(this.#text, this.#at);
    if (end === -1) {
      this.#opened.length = 0;
      return true;
    }
    this.#token(end);
    return false;
  }

  #token(end: number): void {
    this.#at = end;
    this.#end = end;
    this.#comma = undefined;
  }

  #close(code: number): boolean {
    const opener = this.#openerOf(code);
    if (opener === undefined) {
      this.#change('strayBracket', this.#at, ' ');
      this.#at += 1;
    } else {
      this.#dropComma();
      this.#closeAbove(opener + 1);
      this.#opened.pop();
      this.#token(this.#at + 1);
    }
    return this.#opened.length === 0 || this.changes.length >= mostChanges;
  }

  /** Which bracket a closing one closes: the last, or one of its kind, best on such a line. */
  #openerOf(code: number): number | undefined {
    const last = this.#opened.length - 1;
    if (this.#opened[last]?.closer === code) return last;
    const indent = this.#indent();
    const aligned = this.#opened.findLastIndex(
      (opened) => opened.closer === code && opened.indent === indent,
    );
    if (aligned !== -1) return aligned;
    const deepest = this.#opened.findLastIndex(({ closer }) => closer === code);
    return deepest === -1 ? undefined : deepest;
  }

  #closeAbove(count: number): void {
    while (this.#opened.length > count) {
      const { closer } = this.#opened.pop() ?? { closer: closeBracket };
      this.#change('missingBracket', this.#end, String.fromCharCode(closer));
    }
  }

  #dropComma(): void {
    if (this.#comma !== undefined) this.#change('trailingComma', this.#comma, ' ');
    this.#comma = undefined;
  }

  #change(kind: keyof typeof found, at: number, text: string): void {
    this.changes.push({ kind, at, text, found: found[kind](text) });
  }

  /** Of the line. */
  #indent(): number {
    let at = this.#lineStart;
    while (this.#text.charCodeAt(at) === 0x20 || this.#text.charCodeAt(at) === 0x09) at += 1;
    return at - this.#lineStart;
  }
}

const found = {
  trailingComma: () => 'a comma before a closing bracket',
  missingBracket: (bracket: string) => `no ${bracket}`,
  strayBracket: () => 'a closing bracket that nothing opened',
} as const satisfies Partial<Record<JsonProblemKind, (text: string) => string>>;

/** How much of the text it stands for: a bracket is put before what was there. */
function lengthOf({ kind }: Change): number {
  return kind === 'missingBracket' ? 0 : 1;
}

function applied(text: string, changes: readonly Change[]): string {
  const pieces: string[] = [];
  let from = 0;
  for (const change of changes) {
    pieces.push(text.slice(from, change.at), change.text);
    from = change.at + lengthOf(change);
  }
  pieces.push(text.slice(from));
  return pieces.join('');
}

/** Only inserted brackets move what comes after them. */
function offsetsOf(changes: readonly Change[]): (at: number) => number {
  const inserted = changes.filter((change) => lengthOf(change) === 0).map(({ at }) => at);
  return (at) => {
    let count = 0;
    for (const [index, insertedAt] of inserted.entries()) {
      if (insertedAt + index >= at) break;
      count += 1;
    }
    return at - count;
  };
}
