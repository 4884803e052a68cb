import { describe, expect, it } from 'vitest';
import { readClose, writeClose } from '#src/wire/websocket/close-payload.ts';
import { writeFrame, type FrameBend } from '#src/wire/websocket/frame-writer.ts';
import type { OpcodeName } from '#src/wire/websocket/frame.ts';
import { acceptOf } from '#src/wire/websocket/handshake.ts';
import { WebSocketMessageReader } from '#src/wire/websocket/message-reader.ts';

const frame = (kind: OpcodeName, text: string | Uint8Array, bend: FrameBend = {}) =>
  writeFrame({ kind, payload: Buffer.from(text), mask: null }, bend);

function read(...frames: readonly Uint8Array[]) {
  return new WebSocketMessageReader({ isMasked: false }).push(Buffer.concat(frames));
}

const codes = (messages: ReturnType<typeof read>) =>
  messages.map(({ kind, problems }) => [kind, ...problems.map(({ code }) => code)]);

describe('WebSocket messages', () => {
  it('are put together from fragments, with control frames between them', () => {
    const messages = read(
      frame('text', 'ab', { fin: false }),
      frame('ping', 'p'),
      frame('continuation', 'c', { fin: false }),
      frame('continuation', 'd'),
    );
    expect(messages.map(({ kind, text }) => [kind, text])).toEqual([
      ['ping', null],
      ['text', 'abcd'],
    ]);
    expect(messages.at(1)?.fragments).toBe(3);
  });

  it('may be cut within a character, but not hold bytes that are no UTF-8', () => {
    const [good] = read(
      frame('text', Uint8Array.of(0xc3), { fin: false }),
      frame('continuation', Uint8Array.of(0xa9)),
    );
    expect(good?.text).toBe('é');
    expect(codes(read(frame('text', Uint8Array.of(0xc3))))).toEqual([['text', 'utf8']]);
  });

  it('tell fragments that do not belong together', () => {
    expect(codes(read(frame('continuation', 'x')))).toEqual([['broken', 'continuationUnexpected']]);
    const mixed = read(frame('text', 'x', { fin: false }), frame('text', 'y'));
    expect(codes(mixed)).toEqual([['text', 'fragmentsBroken']]);
  });

  it('tell what comes behind a close frame', () => {
    const messages = read(frame('close', writeClose(1000)), frame('text', 'x'));
    expect(codes(messages)).toEqual([['close'], ['text', 'afterClose']]);
    expect(messages.at(0)?.code).toBe(1000);
  });

  it('tell that the connection cut them off', () => {
    const reader = new WebSocketMessageReader({ isMasked: false });
    reader.push(frame('text', 'x', { fin: false }));
    expect(reader.end()?.problems.map(({ code }) => code)).toEqual(['cut']);
    expect(reader.push(frame('continuation', 'y'))).toEqual([]);
  });

  it.each([
    [Uint8Array.of(3), 'closeLength'],
    [writeClose(999), 'closeCode'],
    [writeClose(1005), 'closeCode'],
    [writeClose(5000), 'closeCode'],
    [Buffer.concat([writeClose(1000), Uint8Array.of(0xff)]), 'closeReason'],
  ])('tell what is wrong with a close payload %#', (payload, code) => {
    expect(readClose(payload).problems.map((problem) => problem.code)).toEqual([code]);
  });

  it('begin with the answer to the key of RFC 6455, section 1.3', () => {
    expect(acceptOf('dGhlIHNhbXBsZSBub25jZQ==')).toBe('s3pPLMBiTxaQ9kYGzzhZRbK+xOo=');
  });
});
