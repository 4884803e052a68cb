import type { Reader } from '#src/contract/frame.ts';
import { valuesOf } from '#src/wire/http/fields.ts';
import type { HttpMessage, HttpProblem } from '#src/wire/http/message.ts';
import { MessageReader } from '#src/wire/http/message-reader.ts';
import {
  RecordDecoder,
  type BundleRecord,
  type RecordPiece,
  type Strand,
} from '#src/base/records.ts';

/** One HTTP message of a session, and where in the session it was said. */
export interface HttpFrame {
  readonly end: 'a' | 'b';
  /** Who opened the connection: the KMS for its calls, the device for its pushes. */
  readonly by: 'kms' | 'qkd-device';
  readonly connection: number;
  /** Which exchange of the connection, from 0: a request and its answer have the same. */
  readonly exchange: number;
  readonly message: HttpMessage;
  /** Those of the message. */
  readonly problems: readonly HttpProblem[];
  /** How the connection ended, where that ended the message or cut it off. */
  readonly ended?: 'end' | 'reset';
}

/** Connections whose end has not come; the one that is quiet longest is let go beyond it. */
const maxConnections = 4096;

/**
 * Cuts one direction of a bundle of connections into HTTP messages; which side speaks is seen at
 * each message: answers begin with `HTTP/`. Any cut gives the same frames. What is no record gives
 * one unreadable frame with the problem `record`, and nothing is read after it. An ending between
 * two messages gives no frame, unless it is asked for.
 */
export class HttpFrameReader implements Reader<HttpFrame> {
  readonly #records = new RecordDecoder();
  /** The one that spoke last is the last one. */
  readonly #connections = new Map<string, MessageReader>();
  /** Of all connections together. */
  #pendingBytes = 0;
  readonly #endings: boolean;

  /** `endings`: an ending between two messages gives a frame of its own, see `isEnding`. */
  constructor({ endings = false }: { readonly endings?: boolean } = {}) {
    this.#endings = endings;
  }

  get pendingBytes(): number {
    return this.#records.pendingBytes + this.#pendingBytes;
  }

  push(chunk: Uint8Array): readonly HttpFrame[] {
    return this.#records.push(chunk).flatMap((piece) => this.#read(piece));
  }

  #read(piece: RecordPiece): readonly HttpFrame[] {
    if (piece.kind === 'bad') return [badRecord(piece.detail)];
    const key = `${piece.end} ${piece.by} ${piece.connection}`;
    const reader = this.#connections.get(key) ?? new MessageReader();
    this.#pendingBytes -= reader.pendingBytes;
    this.#connections.delete(key);
    if (piece.kind !== 'data') return endedFrames(reader, piece, this.#endings);
    const messages = untilLast(reader.push(piece.bytes));
    if (messages.some(isLast)) reader.stop();
    this.#pendingBytes += reader.pendingBytes;
    this.#connections.set(key, reader);
    this.#letGo();
    return messages.map((message) => frameOf(message, piece));
  }

  #letGo(): void {
    if (this.#connections.size <= maxConnections) return;
    const [quietest] = this.#connections;
    if (quietest === undefined) return;
    this.#connections.delete(quietest[0]);
    this.#pendingBytes -= quietest[1].pendingBytes;
  }
}

/**
 * Whether a call is the last one of its connection: nothing behind it is read.
 * @see RFC 9112, section 9.6
 */
export function isLast({ kind, headers }: HttpMessage): boolean {
  if (kind !== 'request') return false;
  const options = valuesOf(headers, 'connection').flatMap((value) => value.split(','));
  return options.some((option) => option.trim().toLowerCase() === 'close');
}

function untilLast(messages: readonly HttpMessage[]): readonly HttpMessage[] {
  const last = messages.findIndex(isLast);
  return last < 0 ? messages : messages.slice(0, last + 1);
}

/** Whether a frame says no more than that its connection ended. */
export function isEnding({ message, problems, ended }: HttpFrame): boolean {
  return ended !== undefined && message.kind === 'unreadable' && problems.length === 0;
}

function endedFrames(
  reader: MessageReader,
  record: BundleRecord,
  endings: boolean,
): readonly HttpFrame[] {
  const ended = record.kind === 'ended' ? 'end' : 'reset';
  const message = reader.end(ended);
  if (message !== null) return [{ ...frameOf(message, record), ended }];
  return endings ? [{ ...frameOf(unreadable([]), record), ended }] : [];
}

function frameOf(message: HttpMessage, { end, by, connection }: Strand): HttpFrame {
  return {
    end: end === 0 ? 'a' : 'b',
    by: by === 0 ? 'kms' : 'qkd-device',
    connection,
    exchange: message.exchange,
    message,
    problems: message.problems,
  };
}

function badRecord(detail: string): HttpFrame {
  const message = unreadable([{ code: 'record', detail }]);
  return frameOf(message, { end: 0, by: 0, connection: 0 });
}

function unreadable(problems: readonly HttpProblem[]): HttpMessage {
  return {
    kind: 'unreadable',
    headers: [],
    framing: 'none',
    body: new Uint8Array(0),
    trailers: [],
    json: null,
    problems,
    lost: true,
    exchange: 0,
    sizeBytes: 0,
  };
}
