import { latin1Bytes } from '#src/base/bytes.ts';
import type { HttpHeader } from './message.ts';

/** A request to write; `host` as it stands in the header. */
export interface WrittenRequest {
  readonly method: string;
  readonly target: string;
  readonly host: string;
  readonly headers?: readonly HttpHeader[];
  readonly body?: Uint8Array;
}

/** An answer to write; the usual phrase where there is no `reason`. */
export interface WrittenResponse {
  readonly code: number;
  readonly reason?: string;
  readonly headers?: readonly HttpHeader[];
  readonly body?: Uint8Array;
}

/** How a message departs from its canonical form. Texts are written one byte a character. */
export interface HttpBend {
  /** Everything before the body, with its empty line; what else is bent there says nothing then. */
  readonly head?: string;
  readonly startLine?: string;
  /** The value of Content-Length; `null` for none. */
  readonly length?: string | null;
  readonly chunked?: ChunkedBend;
  /** Headers that are left out, in lower case. */
  readonly omit?: readonly string[];
  /** Header lines that follow the others, as they are. */
  readonly extra?: readonly string[];
  readonly names?: 'lower' | 'upper';
  /** Ends every line of the head; CR LF where it is absent. */
  readonly lineEnd?: string;
}

/** A body in chunks. */
export interface ChunkedBend {
  /** Sizes of the chunks, at least 1, in turn, until the body is over. */
  readonly sizes: readonly number[];
  /** Stands behind every size. */
  readonly extension?: string;
  /** Lines before the last empty one. */
  readonly trailers?: readonly string[];
  /** Replaces the size of the last chunk and what follows it. */
  readonly last?: string;
}

/** Writes a request: Host first, then its headers, and of a body its type and its length. */
export function writeRequest(request: WrittenRequest, bend: HttpBend = {}): Uint8Array {
  const { method, target, host, headers = [], body } = request;
  const all = [{ name: 'Host', value: host }, ...headers];
  return written(`${method} ${target} HTTP/1.1`, { headers: all, body, hasLength: false }, bend);
}

/** Writes an answer: its headers, and of a body its type; its length also where it is 0. */
export function writeResponse(response: WrittenResponse, bend: HttpBend = {}): Uint8Array {
  const { code, reason = phrases[code] ?? '', headers = [], body } = response;
  const hasLength = code >= 200 && code !== 204 && code !== 304;
  return written(`HTTP/1.1 ${code} ${reason}`, { headers, body, hasLength }, bend);
}

/** The bytes in pieces, cut at such places; places beyond them say nothing. */
export function cutAt(bytes: Uint8Array, places: readonly number[]): readonly Uint8Array[] {
  const inside = places.filter((place) => place > 0 && place < bytes.length);
  const ends = [...new Set(inside), bytes.length].sort((left, right) => left - right);
  return ends.map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end));
}

interface Parts {
  readonly headers: readonly HttpHeader[];
  readonly body: Uint8Array | undefined;
  /** Content-Length stands there also where there is no body. */
  readonly hasLength: boolean;
}

function written(startLine: string, parts: Parts, bend: HttpBend): Uint8Array {
  const { lineEnd = '\r\n', extra = [] } = bend;
  const lines = [bend.startLine ?? startLine, ...headerLines(parts, bend), ...extra, '', ''];
  const head = latin1Bytes(bend.head ?? lines.join(lineEnd));
  const body = parts.body ?? new Uint8Array(0);
  return Buffer.concat([head, bend.chunked === undefined ? body : chunked(body, bend.chunked)]);
}

function headerLines(parts: Parts, bend: HttpBend): readonly string[] {
  const { omit = [] } = bend;
  return [...parts.headers, ...bodyHeaders(parts, bend)]
    .filter(({ name }) => !omit.includes(name.toLowerCase()))
    .map(({ name, value }) => `${spelled(name, bend.names)}: ${value}`);
}

function bodyHeaders({ headers, body, hasLength }: Parts, bend: HttpBend): readonly HttpHeader[] {
  const found: HttpHeader[] = [];
  const names = headers.map(({ name }) => name.toLowerCase());
  const hasType = names.includes('content-type');
  if (body !== undefined && !hasType)
    found.push({ name: 'Content-Type', value: 'application/json' });
  if (bend.chunked !== undefined) found.push({ name: 'Transfer-Encoding', value: 'chunked' });
  const isMeasured = bend.chunked === undefined && (body !== undefined || hasLength);
  const length = bend.length === undefined && isMeasured ? `${body?.length ?? 0}` : bend.length;
  if (typeof length === 'string') found.push({ name: 'Content-Length', value: length });
  return found;
}

function spelled(name: string, names: HttpBend['names']): string {
  if (names === undefined) return name;
  return names === 'lower' ? name.toLowerCase() : name.toUpperCase();
}

function chunked(body: Uint8Array, bend: ChunkedBend): Uint8Array {
  const { sizes, extension = '', trailers = [] } = bend;
  const pieces: Uint8Array[] = [];
  for (let at = 0, turn = 0; at < body.length; turn += 1) {
    const piece = body.subarray(at, at + Math.max(1, sizes[turn % sizes.length] ?? body.length));
    const size = piece.length.toString(16);
    pieces.push(latin1Bytes(`${size}${extension}\r\n`), piece, latin1Bytes('\r\n'));
    at += piece.length;
  }
  const last = bend.last ?? [`0${extension}`, ...trailers, '', ''].join('\r\n');
  return Buffer.concat([...pieces, latin1Bytes(last)]);
}

/** @see RFC 9110, section 15 */
const phrases: Readonly<Record<number, string>> = {
  100: 'Continue',
  200: 'OK',
  201: 'Created',
  204: 'No Content',
  205: 'Reset Content',
  400: 'Bad Request',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};
