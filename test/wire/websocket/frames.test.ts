import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FrameReader } from '#src/wire/websocket/frame-reader.ts';
import { writeFrame, type FrameBend } from '#src/wire/websocket/frame-writer.ts';
import type { OpcodeName, WebSocketFrame } from '#src/wire/websocket/frame.ts';

const mask = Uint8Array.of(0x37, 0xfa, 0x21, 0x3d);
const hello = Buffer.from('Hello');

function read(bytes: Uint8Array, isMasked = true): readonly WebSocketFrame[] {
  return new FrameReader({ isMasked }).push(bytes);
}

function bent(bend: FrameBend, payload: Uint8Array = hello, kind: OpcodeName = 'text') {
  return read(writeFrame({ kind, payload, mask }, bend));
}

describe('a WebSocket frame', () => {
  it('is written as the examples of RFC 6455, section 5.7', () => {
    const bare = writeFrame({ kind: 'text', payload: hello, mask: null });
    expect(Buffer.from(bare).toString('hex')).toBe('810548656c6c6f');
    const masked = writeFrame({ kind: 'text', payload: hello, mask });
    expect(Buffer.from(masked).toString('hex')).toBe('818537fa213d7f9f4d5158');
    const long = writeFrame({ kind: 'binary', payload: new Uint8Array(65_536), mask: null });
    expect(Buffer.from(long.subarray(0, 10)).toString('hex')).toBe('827f0000000000010000');
  });

  it('comes back as it was written, in any cut', () => {
    const kinds = fc.constantFrom('text', 'binary', 'continuation', 'ping', 'pong');
    const frames = fc.array(fc.tuple(kinds, fc.uint8Array({ maxLength: 200 })), { maxLength: 5 });
    fc.assert(
      fc.property(frames, fc.array(fc.nat(300)), fc.boolean(), (said, cuts, isMasked) => {
        const key = isMasked ? mask : null;
        const bytes = Buffer.concat(
          said.map(([kind, payload]) => writeFrame({ kind, payload, mask: key })),
        );
        const reader = new FrameReader({ isMasked });
        const ends = [...cuts.filter((cut) => cut < bytes.length), bytes.length].toSorted(
          (left, right) => left - right,
        );
        const got = ends.flatMap((end, index) =>
          reader.push(bytes.subarray(ends[index - 1] ?? 0, end)),
        );
        expect(got.map(({ payload }) => [...payload])).toEqual(
          said.map(([, payload]) => [...payload]),
        );
        expect(reader.pendingBytes).toBe(0);
      }),
    );
  });

  it('never makes the reader throw, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.boolean(), (bytes, isMasked) => {
        expect(Array.isArray(read(bytes, isMasked))).toBe(true);
      }),
    );
  });

  it.each([
    ['rsv', bent({ rsv: 4 })],
    ['opcode', bent({ opcode: 3 })],
    ['opcode', bent({ opcode: 11 })],
    ['maskMissing', bent({ mask: null })],
    ['lengthNotMinimal', bent({ lengthBytes: 2 })],
    ['lengthNotMinimal', bent({ lengthBytes: 8 })],
    ['controlFragmented', bent({ fin: false }, hello, 'ping')],
    ['controlTooLong', bent({}, new Uint8Array(126), 'ping')],
    ['lengthTooBig', bent({ length: 2n ** 63n, lengthBytes: 8 })],
    ['overLimit', bent({ length: 2n ** 40n, lengthBytes: 8 })],
  ])('tells %s', (code, [frame]) => {
    expect(frame?.problems.map((problem) => problem.code)).toEqual([code]);
  });

  it('is forbidden to be masked by a server', () => {
    const [frame] = read(writeFrame({ kind: 'text', payload: hello, mask }), false);
    expect(frame?.problems.map(({ code }) => code)).toEqual(['maskForbidden']);
  });
});
