import fc from 'fast-check';
import type { HttpMessage } from '#src/wire/http/message.ts';
import { MessageReader } from '#src/wire/http/message-reader.ts';

/** How a stream is read. */
export interface Course {
  readonly cut?: readonly number[];
  readonly end?: 'end' | 'reset';
  readonly method?: string;
}

/** The messages of a stream, in pieces of such sizes in turn; every piece is overwritten once read. */
export function readAll(stream: Uint8Array | string, course: Course = {}): readonly HttpMessage[] {
  const bytes = typeof stream === 'string' ? Buffer.from(stream, 'latin1') : stream;
  const { cut = [bytes.length + 1], end } = course;
  const reader = new MessageReader(() => course.method);
  const messages: HttpMessage[] = [];
  for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
    const piece = Uint8Array.from(
      bytes.subarray(at, at + Math.max(1, cut[turn % cut.length] ?? 1)),
    );
    messages.push(...reader.push(piece).map(copied));
    piece.fill(0);
    at += piece.length;
  }
  const last = end === undefined ? null : reader.end(end);
  return last === null ? messages : [...messages, copied(last)];
}

/** The message with bytes of its own. */
export function copied(message: HttpMessage): HttpMessage {
  return { ...message, body: Uint8Array.from(message.body) };
}

/** Sizes of pieces, in turn. */
export const cuts = fc.array(fc.nat(40), { minLength: 1, maxLength: 12 });
