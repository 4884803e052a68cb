import { bodyReader, type BodyReader } from './body.ts';
import { planFraming } from './framing.ts';
import { checkHost, readHead, type Head } from './head.ts';
import { HeadScan, type HeadProgress } from './head-scan.ts';
import type { Framing, HttpMessage } from './message.ts';
import { messageOf } from './message-of.ts';
import { Problems } from './problems.ts';

/** A message of which the head is known. */
interface Opened {
  readonly head: Head;
  readonly framing: Framing;
  readonly announced: Framing;
  readonly body: BodyReader;
  readonly problems: Problems;
  readonly isLost: boolean;
}

/**
 * Cuts the bytes of one direction of one connection into HTTP/1.1 messages.
 *
 * Strict and total: any cut gives the same messages, in linear time, and nothing throws. A message
 * that begins with `HTTP/` is an answer. What is held is bounded by one message within
 * `httpLimits`. After a message that is `lost`, nothing is read any more. Content that was
 * announced by an answer that may have none comes out as a message of its own, once it comes.
 *
 * @see RFC 9112
 */
export class MessageReader {
  readonly #methodOf: (exchange: number) => string | undefined;
  #scan = new HeadScan();
  #opened: Opened | null = null;
  /** Content that the last message announced and could not have: it may come all the same. */
  #announced: Framing = none;
  /** Bytes that may be announced content, or the next message. */
  #doubtful: Uint8Array = nothing;
  #isAfterBodiless = false;
  #sizeBytes = 0;
  #exchange = 0;
  #isOver = false;

  /** `methodOf`: the method of the request of an exchange; only HEAD and CONNECT matter. */
  constructor(methodOf: (exchange: number) => string | undefined = () => undefined) {
    this.#methodOf = methodOf;
  }

  /** Bytes of an incomplete message so far. */
  get pendingBytes(): number {
    return this.#sizeBytes + this.#doubtful.length;
  }

  /** The messages that these bytes complete. */
  push(chunk: Uint8Array): readonly HttpMessage[] {
    const messages: HttpMessage[] = [];
    let bytes = chunk;
    for (let at = 0; at < bytes.length && !this.#isOver;) {
      if (this.#announced.kind === 'none') at = this.#step(bytes, at, messages);
      else {
        bytes = this.#decide(joined(this.#doubtful, bytes.subarray(at)));
        at = 0;
      }
    }
    return messages;
  }

  /** Nothing is read any more. */
  stop(): void {
    this.#isOver = true;
    this.#opened = null;
    this.#scan = new HeadScan();
    this.#sizeBytes = 0;
    this.#doubtful = nothing;
  }

  /** The connection has ended: the message that it ended, or cut off; nothing is read any more. */
  end(how: 'end' | 'reset'): HttpMessage | null {
    const isBegun = this.#opened !== null || this.#scan.begun || this.#doubtful.length > 0;
    if (this.#isOver || !isBegun) return null;
    this.#isOver = true;
    this.#sizeBytes += this.#doubtful.length;
    this.#doubtful = nothing;
    const opened = this.#opened ?? this.#partial();
    const isWhole = opened.framing.kind === 'close' && how === 'end';
    if (!isWhole) opened.problems.add('cut', `expected a whole message, got a part (${how})`);
    return this.#finish(opened, !isWhole);
  }

  /** Whether what comes is the next message or announced content; what is left to read. */
  #decide(bytes: Uint8Array): Uint8Array {
    const seen = bytes.subarray(0, answerStart.length);
    const isAnswer = seen.every((byte, index) => byte === answerStart[index]);
    if (isAnswer && seen.length < answerStart.length) {
      this.#doubtful = Uint8Array.from(bytes);
      return nothing;
    }
    const framing = this.#announced;
    this.#announced = none;
    this.#doubtful = nothing;
    if (!isAnswer) this.#openContent(framing);
    return bytes;
  }

  #openContent(framing: Framing): void {
    const problems = new Problems();
    problems.add('contentForbidden', 'expected no content in this answer, got some');
    const body = bodyReader(framing, problems);
    const head = { start: null, headers: [] };
    this.#opened = { head, framing, announced: none, body, problems, isLost: false };
  }

  #step(bytes: Uint8Array, at: number, messages: HttpMessage[]): number {
    const opened = this.#opened;
    const end = opened === null ? this.#readHead(bytes, at) : opened.body.push(bytes, at);
    this.#sizeBytes += end - at;
    const now = this.#opened;
    if (now !== null && (now.isLost || now.body.state !== 'more')) {
      messages.push(this.#finish(now, now.isLost || now.body.state === 'lost'));
    }
    return end;
  }

  #readHead(bytes: Uint8Array, at: number): number {
    const progress = this.#scan.push(bytes, at);
    if (progress.kind !== 'more') this.#opened = this.#openedBy(progress);
    return progress.at;
  }

  #openedBy(progress: Exclude<HeadProgress, { kind: 'more' }>): Opened | null {
    const problems = new Problems();
    if (progress.kind === 'alien') {
      problems.add(...this.#alien(progress.byte));
      return lostHead({ start: null, headers: [] }, problems);
    }
    const head = readHead(progress.bytes, problems);
    if (progress.kind === 'overLimit') problems.add('overLimit', 'expected a shorter head');
    if (head.start === null || progress.kind === 'overLimit') return lostHead(head, problems);
    if (progress.kind === 'line') return null;
    checkHost(head, problems);
    const { framing, announced, lost } = planFraming(
      head,
      problems,
      this.#methodOf(this.#exchange),
    );
    const body = bodyReader(framing, problems);
    return { head, framing, announced, body, problems, isLost: lost };
  }

  #alien(byte: number): Parameters<Problems['add']> {
    if (this.#isAfterBodiless) return ['contentForbidden', 'expected no content, got some'];
    if (byte === 0x15 || byte === 0x16) return ['tls', 'expected HTTP/1.1, got a TLS record'];
    const hex = byte.toString(16).padStart(2, '0');
    return ['startLine', `expected a message to begin with a letter, got byte ${hex}`];
  }

  /** What is known of a message whose head is cut off. */
  #partial(): Opened {
    const lines = this.#scan.lines();
    const head =
      lines.length === 0 ? { start: null, headers: [] } : readHead(lines, new Problems());
    return lostHead(head, new Problems());
  }

  #finish(opened: Opened, lost: boolean): HttpMessage {
    const message = messageOf({
      ...opened,
      lost,
      exchange: this.#exchange,
      sizeBytes: this.#sizeBytes,
    });
    const isInterim = message.kind === 'response' && message.code < 200;
    this.#isAfterBodiless = message.kind === 'response' && opened.framing.kind === 'none';
    this.#announced = opened.announced;
    if (!isInterim && message.kind !== 'unreadable') this.#exchange += 1;
    this.#isOver ||= lost;
    this.#opened = null;
    this.#scan = new HeadScan();
    this.#sizeBytes = 0;
    return message;
  }
}

const nothing = new Uint8Array(0);
const none: Framing = { kind: 'none' };
const answerStart = Buffer.from('HTTP/');

function lostHead(head: Head, problems: Problems): Opened {
  const body = bodyReader(none, problems);
  return { head, framing: none, announced: none, body, problems, isLost: true };
}

function joined(left: Uint8Array, right: Uint8Array): Uint8Array {
  return left.length === 0 ? right : Buffer.concat([left, right]);
}
