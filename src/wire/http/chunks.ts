import type { BodyReader } from './body.ts';
import { readFields, tokenCharacters } from './fields.ts';
import { Gathering } from './gathering.ts';
import { readLines } from './head.ts';
import { httpLimits, type HttpHeader, type HttpProblemCode } from './message.ts';
import type { Problems } from './problems.ts';

const lf = 0x0a;
const cr = 0x0d;

const quoted = '"(?:[^"\\\\]|\\\\.)*"';
const extension = `;[ \\t]*${tokenCharacters}+(?:[ \\t]*=[ \\t]*(?:${tokenCharacters}+|${quoted}))?`;
const sizeLine = /^([\da-f]+)(.*)$/i;
const extensions = new RegExp(`^(?:[ \\t]*${extension})*$`);

/**
 * A chunked body, with extensions (which say nothing here) and trailers.
 *
 * @see RFC 9112, section 7.1
 */
export class Chunks implements BodyReader {
  state: BodyReader['state'] = 'more';
  trailers: readonly HttpHeader[] = [];
  readonly #problems: Problems;
  readonly #body = new Gathering();
  readonly #line = new Gathering();
  readonly #trailer = new Gathering();
  #phase: 'size' | 'content' | 'contentEnd' | 'trailer' = 'size';
  #missingBytes = 0;
  /** The CR behind a chunk has come. */
  #hasReturn = false;

  constructor(problems: Problems) {
    this.#problems = problems;
  }

  push(chunk: Uint8Array, at: number): number {
    let next = at;
    while (next < chunk.length && this.state === 'more') {
      if (this.#phase === 'content') next = this.#content(chunk, next);
      else if (this.#phase === 'contentEnd') next = this.#contentEnd(chunk, next);
      else next = this.#readLine(chunk, next);
    }
    return next;
  }

  take(): Uint8Array {
    return this.#body.take();
  }

  #content(chunk: Uint8Array, at: number): number {
    const piece = chunk.subarray(at, at + this.#missingBytes);
    this.#body.add(piece);
    this.#missingBytes -= piece.length;
    if (this.#missingBytes === 0) this.#phase = 'contentEnd';
    return at + piece.length;
  }

  /** CR LF behind a chunk, byte by byte: what else comes says that the size was wrong. */
  #contentEnd(chunk: Uint8Array, at: number): number {
    const byte = chunk[at];
    if (byte === cr && !this.#hasReturn) this.#hasReturn = true;
    else if (byte === lf) {
      if (!this.#hasReturn)
        this.#problems.add('bareLf', 'expected a chunk to end with CR LF, got LF alone');
      this.#hasReturn = false;
      this.#phase = 'size';
    } else this.#lose('chunk', 'expected a chunk to end where its size says, got more');
    return at + 1;
  }

  #readLine(chunk: Uint8Array, at: number): number {
    const stop = Math.min(chunk.length, at + this.#lineLimit - this.#line.length);
    const found = chunk.indexOf(lf, at);
    const isWhole = found !== -1 && found < stop;
    const end = isWhole ? found + 1 : stop;
    this.#line.add(chunk.subarray(at, end));
    if (isWhole) this.#take(this.#line.take());
    else if (this.#line.length >= this.#lineLimit) {
      this.#lose(
        'overLimit',
        `expected a line of at most ${this.#lineLimit} bytes in a chunked body`,
      );
    }
    return end;
  }

  get #lineLimit(): number {
    if (this.#phase === 'size') return httpLimits.chunkLineBytes;
    return httpLimits.headBytes - this.#trailer.length;
  }

  #take(line: Uint8Array): void {
    const [text = ''] = readLines(line, this.#problems);
    if (this.#phase === 'size') this.#size(text);
    else this.#trailerLine(line, text);
  }

  #size(text: string): void {
    const [, digits, rest = ''] = sizeLine.exec(text) ?? [];
    if (digits === undefined) return this.#lose('chunk', 'expected the size of a chunk in hex');
    if (!extensions.test(rest)) {
      this.#problems.add('chunk', 'expected nothing but extensions behind the size of a chunk');
    }
    const size = Number.parseInt(digits, 16);
    if (this.#body.length + size > httpLimits.bodyBytes) {
      const detail = `expected a body of at most ${httpLimits.bodyBytes} bytes, got a longer one`;
      return this.#lose('overLimit', detail);
    }
    this.#missingBytes = size;
    this.#phase = size === 0 ? 'trailer' : 'content';
  }

  #trailerLine(line: Uint8Array, text: string): void {
    this.#trailer.add(line);
    if (text !== '') return;
    const lines = readLines(this.#trailer.take(), this.#problems);
    this.trailers = readFields(lines.slice(0, -1), this.#problems);
    this.state = 'whole';
  }

  #lose(code: HttpProblemCode, detail: string): void {
    this.#problems.add(code, detail);
    this.state = 'lost';
  }
}
