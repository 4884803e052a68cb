import { StrandsReader, type Spot, type StrandReader } from './strands.ts';
import { valuesOf } from '#src/wire/http/fields.ts';
import type { HttpMessage, HttpProblem } from '#src/wire/http/message.ts';
import { MessageReader } from '#src/wire/http/message-reader.ts';

/**
 * One HTTP message of a session, and where in the session it was said; `ended`: how the connection
 * ended, where that ended the message or cut it off.
 */
export interface HttpFrame extends Spot {
  /** Which exchange of the connection, from 0: a request and its answer have the same. */
  readonly exchange: number;
  readonly message: HttpMessage;
  /** Those of the message. */
  readonly problems: readonly HttpProblem[];
}

/**
 * Cuts one direction of a bundle of connections into HTTP messages; which side speaks is seen at
 * each message: answers begin with `HTTP/`. What is no record gives one unreadable frame with the
 * problem `record`. An ending between two messages gives no frame, unless it is asked for.
 */
export class HttpFrameReader extends StrandsReader<HttpMessage, HttpFrame> {
  /** `endings`: an ending between two messages gives a frame of its own, see `isEnding`. */
  constructor({ endings = false }: { readonly endings?: boolean } = {}) {
    super({
      reader: () => new CallReader(),
      frame: (message, spot) => {
        const { exchange, problems } = message;
        return { ...spot, exchange, message, problems };
      },
      ending: endings ? unreadable([]) : null,
      bad: (detail) => unreadable([{ code: 'record', detail }]),
    });
  }
}

/** Reads nothing behind the last call of its connection. */
class CallReader implements StrandReader<HttpMessage> {
  readonly #reader = new MessageReader();

  get pendingBytes(): number {
    return this.#reader.pendingBytes;
  }

  push(bytes: Uint8Array): readonly HttpMessage[] {
    const messages = untilLast(this.#reader.push(bytes));
    if (messages.some(isLast)) this.#reader.stop();
    return messages;
  }

  end(how: 'end' | 'reset'): HttpMessage | null {
    return this.#reader.end(how);
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
