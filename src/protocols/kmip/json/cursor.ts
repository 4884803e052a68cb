/** A number that is written with a fraction or an exponent, as it is written. */
export class OddNumber {
  readonly literal: string;

  constructor(literal: string) {
    this.literal = literal;
  }
}

/** A JSON value that is neither array nor object; integers beyond ±(2^53 - 1) are `bigint`. */
export type Scalar = null | boolean | number | bigint | string | OddNumber;

/** Where a text stops being JSON, and what was expected there. */
export interface Failure {
  readonly at: number;
  readonly found: string;
}

/**
 * Walks through a JSON text. After the first failure it stands at the end of the text, where
 * nothing is found any more: callers need not ask at every step.
 */
export class Cursor {
  readonly #text: string;
  /** Offset of what comes next. */
  at = 0;
  /** The first thing that is not JSON. */
  failure: Failure | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  /** Skips white space; the code of what comes next, `NaN` at the end. */
  peek(): number {
    const code = this.#text.charCodeAt(this.at);
    return code > 0x20 ? code : this.#afterSpace(code);
  }

  /** Steps over a character if it is next. */
  take(code: number): boolean {
    if (this.#text.charCodeAt(this.at) !== code && this.peek() !== code) return false;
    this.at += 1;
    return true;
  }

  fail(expected: string, at = this.at): void {
    if (this.failure !== undefined) return;
    this.failure = { at, found: `expected ${expected}` };
    this.at = this.#text.length;
  }

  /** Steps over a string that is exactly this word, which is next; faster than reading it. */
  takeWord(word: string): boolean {
    if (this.#text.charCodeAt(this.at) !== quote) return false;
    const start = this.at + 1;
    for (let index = 0; index < word.length; index += 1) {
      if (this.#text.charCodeAt(start + index) !== word.charCodeAt(index)) return false;
    }
    if (this.#text.charCodeAt(start + word.length) !== quote) return false;
    this.at = start + word.length + 1;
    return true;
  }

  /** A string, its escapes resolved; empty after a failure. */
  string(): string {
    if (this.peek() !== quote) {
      this.fail('a string');
      return '';
    }
    const start = this.at + 1;
    for (let end = start; ; end += 1) {
      const code = this.#text.charCodeAt(end);
      if (code === quote) {
        this.at = end + 1;
        return this.#text.slice(start, end);
      }
      // NaN, at the end of the text, is not above anything either.
      if (code === backslash || !(code >= 0x20)) return this.#oddString();
    }
  }

  /** Whatever comes next, but an array or an object. */
  scalar(): Scalar {
    const code = this.peek();
    if (code === quote) return this.string();
    if (code === 0x2d || (code >= 0x30 && code <= 0x39)) return this.#number();
    for (const [literal, value] of literals) {
      if (!this.#text.startsWith(literal, this.at)) continue;
      this.at += literal.length;
      return value;
    }
    this.fail('a value');
    return null;
  }

  /** Steps over any value, which must be JSON. */
  skip(): void {
    const code = this.peek();
    const start = this.at;
    if (code === openBrace || code === openBracket) this.stepOver();
    else this.scalar();
    if (this.failure !== undefined) return;
    try {
      JSON.parse(this.#text.slice(start, this.at));
    } catch {
      this.fail('a JSON value', start);
    }
  }

  /** Steps over an array or object by counting brackets; what lies between is not looked at. */
  stepOver(): void {
    let depth = 0;
    for (let at = this.at; at < this.#text.length; at += 1) {
      const code = this.#text.charCodeAt(at);
      if (code === quote) {
        at = endOfString(this.#text, at) - 1;
        if (at < 0) break;
      } else if (code === openBrace || code === openBracket) {
        depth += 1;
      } else if (code === closeBrace || code === closeBracket) {
        depth -= 1;
        if (depth > 0) continue;
        this.at = at + 1;
        return;
      }
    }
    this.fail('a closing bracket', this.#text.length);
  }

  #afterSpace(first: number): number {
    let code = first;
    while (code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09) {
      this.at += 1;
      code = this.#text.charCodeAt(this.at);
    }
    return code;
  }

  #oddString(): string {
    const start = this.at;
    const end = endOfString(this.#text, start);
    if (end === -1) {
      this.fail('a closing quotation mark', this.#text.length);
      return '';
    }
    this.at = end;
    try {
      const value: unknown = JSON.parse(this.#text.slice(start, end));
      return typeof value === 'string' ? value : '';
    } catch {
      this.fail('a string of printable characters and known escapes', start);
      return '';
    }
  }

  #number(): Scalar {
    numberLiteral.lastIndex = this.at;
    const literal = numberLiteral.exec(this.#text)?.[0];
    if (literal === undefined) {
      this.fail('a number');
      return null;
    }
    this.at += literal.length;
    if (/[.eE]/.test(literal) || literal.length > mostDigits) return new OddNumber(literal);
    return exact(literal);
  }
}

/** Where the string ends that opens at `open`: the offset after its last quote; -1: nowhere. */
export function endOfString(text: string, open: number): number {
  for (let at = open + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === backslash) at += 1;
    else if (code === quote) return at + 1;
  }
  return -1;
}

export const openBrace = 0x7b;
export const closeBrace = 0x7d;
export const openBracket = 0x5b;
export const closeBracket = 0x5d;
export const comma = 0x2c;
export const colon = 0x3a;
export const quote = 0x22;
const backslash = 0x5c;

const literals: readonly (readonly [string, null | boolean])[] = [
  ['true', true],
  ['false', false],
  ['null', null],
];

const numberLiteral = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

/** No type of KMIP has a number so long that hex would not be demanded. */
const mostDigits = 4300;

function exact(literal: string): number | bigint {
  // Plus 0: there is no integer -0.
  const value = Number(literal) + 0;
  return Number.isSafeInteger(value) ? value : BigInt(literal);
}
