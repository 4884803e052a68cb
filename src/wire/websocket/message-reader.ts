import { utf8Text } from '#src/base/bytes.ts';
import { readClose } from './close-payload.ts';
import { FrameReader } from './frame-reader.ts';
import {
  isControl,
  opcodes,
  webSocketLimits,
  type WebSocketFrame,
  type WebSocketProblem,
} from './frame.ts';

/** What a frame, or several, came to. `broken`: nothing that a receiver could go on with. */
export interface WebSocketMessage {
  readonly kind: 'text' | 'binary' | 'ping' | 'pong' | 'close' | 'broken';
  readonly payload: Uint8Array;
  /** Of a text message; `null` where the bytes are not UTF-8, and for every other kind. */
  readonly text: string | null;
  /** Of a close frame that has one. */
  readonly code: number | null;
  /** Frames that it came in. */
  readonly fragments: number;
  readonly problems: readonly WebSocketProblem[];
  readonly lost: boolean;
}

/** Fragments of a message that is not complete. */
interface Begun {
  readonly opcode: number;
  /** Grows in place: there may be thousands. */
  readonly parts: Uint8Array[];
  readonly sizeBytes: number;
  readonly problems: readonly WebSocketProblem[];
}

/**
 * Puts the frames of one direction together into messages; control frames come out where they
 * stand, also between fragments. Total: nothing throws, and what is held is bounded.
 * @see RFC 6455, section 5.4
 */
export class WebSocketMessageReader {
  readonly #frames: FrameReader;
  #begun: Begun | null = null;
  #isClosed = false;
  #isOver = false;

  /** `isMasked`: whether the frames of this direction have to be, those of clients. */
  constructor(bounds: { readonly isMasked: boolean }) {
    this.#frames = new FrameReader(bounds);
  }

  /** Bytes of an incomplete frame or message so far. */
  get pendingBytes(): number {
    return this.#frames.pendingBytes + (this.#begun?.sizeBytes ?? 0);
  }

  /** The messages that these bytes complete. */
  push(chunk: Uint8Array): readonly WebSocketMessage[] {
    if (this.#isOver) return [];
    return this.#frames.push(chunk).flatMap((frame) => this.#take(frame) ?? []);
  }

  /** The connection has ended: what it cut off; nothing is read any more. */
  end(): WebSocketMessage | null {
    const isCut = !this.#isOver && this.pendingBytes > 0;
    this.#isOver = true;
    if (!isCut) return null;
    const detail = 'expected a whole message, got a part';
    return broken([...(this.#begun?.problems ?? []), { code: 'cut', detail }], { lost: true });
  }

  #take(frame: WebSocketFrame): WebSocketMessage | null {
    if (this.#isOver) return null;
    const problems = [...frame.problems];
    if (this.#isClosed) problems.push({ code: 'afterClose', detail: 'expected nothing more' });
    if (frame.lost) return this.#end(broken(problems, { lost: true }));
    const isReserved = problems.some(({ code }) => code === 'opcode');
    if (isReserved) return broken(problems, { lost: false });
    return isControl(frame.opcode) ? this.#control(frame, problems) : this.#data(frame, problems);
  }

  #end(message: WebSocketMessage): WebSocketMessage {
    this.#isOver = true;
    return message;
  }

  #control({ opcode, payload }: WebSocketFrame, found: readonly WebSocketProblem[]) {
    const plain = { payload, text: null, code: null, fragments: 1, lost: false } as const;
    if (opcode === opcodes.ping) return { ...plain, kind: 'ping', problems: found } as const;
    if (opcode === opcodes.pong) return { ...plain, kind: 'pong', problems: found } as const;
    this.#isClosed = true;
    const { code, problems } = readClose(payload);
    return { ...plain, kind: 'close', code, problems: [...found, ...problems] } as const;
  }

  #data(frame: WebSocketFrame, found: readonly WebSocketProblem[]): WebSocketMessage | null {
    const isMore = frame.opcode === opcodes.continuation;
    const before = this.#begun;
    if (isMore && before === null) {
      const detail = 'expected a text or binary frame, got a continuation';
      return broken([...found, { code: 'continuationUnexpected', detail }], { lost: false });
    }
    const problems = [...(before?.problems ?? []), ...found];
    if (!isMore && before !== null) {
      problems.push({
        code: 'fragmentsBroken',
        detail: 'expected a continuation, got a new frame',
      });
    }
    const parts = isMore && before !== null ? before.parts : [];
    parts.push(frame.payload);
    const begun: Begun = {
      opcode: isMore ? (before?.opcode ?? opcodes.text) : frame.opcode,
      parts,
      sizeBytes: (isMore ? (before?.sizeBytes ?? 0) : 0) + frame.payload.length,
      problems,
    };
    const { messageBytes, fragments } = webSocketLimits;
    if (begun.sizeBytes > messageBytes || begun.parts.length > fragments) {
      const detail = `expected at most ${messageBytes} bytes in ${fragments} fragments, got more`;
      return this.#end(broken([...problems, { code: 'overLimit', detail }], { lost: true }));
    }
    this.#begun = frame.fin ? null : begun;
    return frame.fin ? whole(begun) : null;
  }
}

function whole({ opcode, parts, problems }: Begun): WebSocketMessage {
  const [only = new Uint8Array(0), ...more] = parts;
  const payload = more.length === 0 ? only : Buffer.concat(parts);
  const base = { payload, code: null, fragments: parts.length, lost: false } as const;
  if (opcode === opcodes.binary) return { ...base, kind: 'binary', text: null, problems };
  const text = utf8Text(payload);
  const detail = 'expected UTF-8, got other bytes';
  const found = text === null ? [...problems, { code: 'utf8', detail } as const] : problems;
  return { ...base, kind: 'text', text, problems: found };
}

function broken(
  problems: readonly WebSocketProblem[],
  { lost }: { readonly lost: boolean },
): WebSocketMessage {
  const payload = new Uint8Array(0);
  return { kind: 'broken', payload, text: null, code: null, fragments: 1, problems, lost };
}
