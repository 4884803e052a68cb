import type { JsonResult } from '#src/base/json.ts';

/** One HTTP/1.1 message as it lay on a connection, or bytes that are none. */
export type HttpMessage = HttpRequest | HttpResponse | HttpUnreadable;

export interface HttpRequest extends HttpParts {
  readonly kind: 'request';
  readonly method: string;
  readonly target: string;
  /** `1.1` where nothing is wrong with it. */
  readonly version: string;
}

export interface HttpResponse extends HttpParts {
  readonly kind: 'response';
  readonly version: string;
  /** Three digits. */
  readonly code: number;
  readonly reason: string;
}

/** Bytes where a message should begin; content that was announced where none may be is its body. */
export interface HttpUnreadable extends HttpParts {
  readonly kind: 'unreadable';
}

/** What every message has. */
export interface HttpParts {
  /** In their order; names as they were spelled, values without the blanks around them. */
  readonly headers: readonly HttpHeader[];
  /** How its receiver knows where the body ends; `none` where there can be no body. */
  readonly framing: Framing['kind'];
  /** Without chunk sizes; a view or a copy of what was received. */
  readonly body: Uint8Array;
  /** The headers behind a chunked body. */
  readonly trailers: readonly HttpHeader[];
  /** The body's JSON; `null` where the body is 0 bytes. */
  readonly json: JsonResult | null;
  /** What is wrong with it, the first of each code; empty for a well-formed message. */
  readonly problems: readonly HttpProblem[];
  /** The reader cannot find the next message any more: it reads nothing after this one. */
  readonly lost: boolean;
  /** Which exchange of its connection it belongs to, from 0; a 1xx belongs to that of its answer. */
  readonly exchange: number;
  /** Bytes that it took on the connection. */
  readonly sizeBytes: number;
}

export interface HttpHeader {
  readonly name: string;
  readonly value: string;
}

/** How the end of a body is known. */
export type Framing =
  | { readonly kind: 'none' | 'chunked' | 'close' }
  | { readonly kind: 'length'; readonly lengthBytes: number };

/** One thing wrong with a message. */
export interface HttpProblem {
  readonly code: HttpProblemCode;
  /** What was expected and what was found, in one line; quotes no content. */
  readonly detail: string;
}

/** What can be wrong, and where the documents say so. */
export const httpProblems = {
  startLine: 'RFC 9112, 3 and 4: no request line and no status line, or one with a wrong part',
  version: 'RFC 9112, 2.3: a version other than HTTP/1.1',
  http2: 'RFC 9113, 3.4: the preface of HTTP/2',
  tls: 'RFC 8446, 5.1: a TLS record',
  emptyLine: 'RFC 9112, 2.2: an empty line before the message',
  bareLf: 'RFC 9112, 2.2: a line that ends with LF alone',
  headerLine: 'RFC 9112, 5: no header line, or a character that none may hold',
  obsFold: 'RFC 9112, 5.2: a header on more than one line',
  hostMissing: 'RFC 9112, 3.2: a request without Host',
  hostTwice: 'RFC 9112, 3.2: a request with more than one Host',
  hostValue: 'RFC 9112, 3.2: a Host that is no host with or without a port',
  lengthInvalid: 'RFC 9112, 6.3: a Content-Length that is no number of 0 or more',
  lengthDiffers: 'RFC 9112, 6.3: two Content-Lengths that differ',
  lengthTwice: 'RFC 9110, 8.6: the same Content-Length twice',
  lengthAndChunked: 'RFC 9112, 6.3: Content-Length together with Transfer-Encoding',
  lengthForbidden: 'RFC 9110, 8.6 and RFC 9112, 6.1: a 1xx or 204 that says how it is framed',
  transferEncoding: 'RFC 9112, 6.1: a Transfer-Encoding other than chunked',
  chunk: 'RFC 9112, 7.1: a chunk that is none',
  contentForbidden: 'RFC 9110, 6.4.1: content behind an answer that has none',
  contentType: 'RFC 9110, 8.3: content that is not said to be JSON',
  overLimit: 'longer than what is read',
  cut: 'RFC 9112, 8: the connection ended within the message',
  record: 'no record of a bundle of connections',
} as const satisfies Record<string, string>;

export type HttpProblemCode = keyof typeof httpProblems;

/** Longest parts of a message that are read; a longer one loses the connection's messages. */
export const httpLimits = {
  /** Also of the trailers. */
  headBytes: 64 * 2 ** 10,
  bodyBytes: 16 * 2 ** 20,
  /** Of the line with a chunk's size and its extensions. */
  chunkLineBytes: 4096,
} as const;
