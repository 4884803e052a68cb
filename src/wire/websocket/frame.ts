/** One frame of a WebSocket as it lay on its connection. @see RFC 6455, section 5.2 */
export interface WebSocketFrame {
  readonly fin: boolean;
  /** The three reserved bits, 0 … 7; 0 where no extension was agreed on. */
  readonly rsv: number;
  /** 0 … 15; the names of those that have one stand in `opcodes`. */
  readonly opcode: number;
  readonly masked: boolean;
  /** Unmasked; a view of what was received where it was not masked and came in one piece. */
  readonly payload: Uint8Array;
  /** What is wrong with it, the first of each code; empty for a well-formed frame. */
  readonly problems: readonly WebSocketProblem[];
  /** The reader cannot find the next frame any more: it reads nothing after this one. */
  readonly lost: boolean;
  /** Bytes that it took on the connection. */
  readonly sizeBytes: number;
}

/** @see RFC 6455, section 11.8 */
export const opcodes = {
  continuation: 0x0,
  text: 0x1,
  binary: 0x2,
  close: 0x8,
  ping: 0x9,
  pong: 0xa,
} as const satisfies Readonly<Record<string, number>>;

export type OpcodeName = keyof typeof opcodes;

/** True for close, ping, pong and the reserved opcodes beside them. */
export function isControl(opcode: number): boolean {
  return opcode >= 0x8;
}

/** One thing wrong with a frame or a message. */
export interface WebSocketProblem {
  readonly code: WebSocketProblemCode;
  /** What was expected and what was found, in one line; quotes no content. */
  readonly detail: string;
}

/** What can be wrong, and where RFC 6455 says so. */
export const webSocketProblems = {
  rsv: '5.2: a reserved bit without an extension that gives it a meaning',
  opcode: '5.2: a reserved opcode',
  maskMissing: '5.1: a frame of a client that is not masked',
  maskForbidden: '5.1: a frame of a server that is masked',
  lengthNotMinimal: '5.2: a length in more bytes than it needs',
  lengthTooBig: '5.2: a length of 2^63 or more',
  controlFragmented: '5.5: a control frame in fragments',
  controlTooLong: '5.5: a control frame with more than 125 bytes',
  continuationUnexpected: '5.4: a continuation of nothing',
  fragmentsBroken: '5.4: a new message within the fragments of another',
  utf8: '8.1: text that is not UTF-8',
  closeLength: '5.5.1: a close frame with one byte',
  closeCode: '7.4: a close code that may not be sent',
  closeReason: '5.5.1: a reason for closing that is not UTF-8',
  afterClose: '5.5.1: a frame behind the close frame',
  overLimit: 'longer than what is read',
  cut: '7.1: the connection ended within a frame, or within the fragments of a message',
} as const satisfies Readonly<Record<string, string>>;

export type WebSocketProblemCode = keyof typeof webSocketProblems;

/** Longest parts that are read; what is longer is lost. */
export const webSocketLimits = { messageBytes: 16 * 2 ** 20, fragments: 65_536 } as const;
