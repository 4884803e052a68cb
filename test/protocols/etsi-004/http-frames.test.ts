import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writeRequest, writeResponse } from '#src/wire/http/message-writer.ts';
import { HttpFrameReader, type HttpFrame } from '#src/protocols/etsi-004/http-frames.ts';
import { encodeRecord, type BundleRecord, type RecordKind } from '#src/base/records.ts';
import { streams } from '../../wire/http/arbitraries.ts';
import { copied, cuts } from '../../wire/http/cut.ts';

const call = writeRequest({ method: 'POST', target: '/call', host: 'h', body: Buffer.from('{}') });
const created = writeResponse({ code: 201, body: Buffer.from('{"status":0}') });

function record(kind: RecordKind, connection: number, bytes: Uint8Array = Buffer.of()): Uint8Array {
  return encodeRecord({ kind, end: 0, by: 0, connection, bytes });
}

function framesOf(
  bytes: Uint8Array,
  cut: readonly number[] = [bytes.length + 1],
): readonly HttpFrame[] {
  const reader = new HttpFrameReader();
  const frames: HttpFrame[] = [];
  for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
    const chunk = bytes.subarray(at, at + Math.max(1, cut[turn % cut.length] ?? 1));
    const read = reader.push(chunk);
    frames.push(...read.map((frame) => ({ ...frame, message: copied(frame.message) })));
    at += chunk.length;
  }
  return frames;
}

describe('reading one direction of a session', () => {
  it('gives the messages of all connections, where and in which exchange they were said', () => {
    const pushed = { kind: 'data', end: 1, by: 1, connection: 3, bytes: created } as const;
    const bytes = Buffer.concat([
      record('data', 0, call.subarray(0, 20)),
      record('data', 1, Buffer.concat([call, call])),
      encodeRecord(pushed),
      record('data', 0, call.subarray(20)),
    ]);
    const places = framesOf(bytes).map(
      ({ end, by, connection, exchange, message }) =>
        `${end} ${by} ${connection} ${exchange} ${message.kind}`,
    );
    expect(places).toEqual([
      'a kms 1 0 request',
      'a kms 1 1 request',
      'b qkd-device 3 0 response',
      'a kms 0 0 request',
    ]);
  });

  it('says how a connection ended that cut a message off, or ended it', () => {
    const until = Buffer.from('HTTP/1.1 500 X\r\nContent-Type: application/json\r\n\r\n{}');
    const bytes = Buffer.concat([
      record('data', 0, call.subarray(0, 30)),
      record('data', 1, until),
      record('data', 2, call),
      ...[record('reset', 0), record('ended', 1), record('ended', 2), record('reset', 9)],
    ]);
    expect(framesOf(bytes)).toMatchObject([
      { connection: 2, problems: [] },
      { connection: 0, ended: 'reset', problems: [{ code: 'cut' }] },
      { connection: 1, ended: 'end', problems: [], message: { code: 500 } },
    ]);
    expect(framesOf(bytes)[0]).not.toHaveProperty('ended');
  });

  it('tells what it holds of all connections', () => {
    const reader = new HttpFrameReader();
    expect(reader.pendingBytes).toBe(0);
    reader.push(record('data', 0, call.subarray(0, 10)));
    reader.push(record('data', 1, call.subarray(0, 7)));
    expect(reader.pendingBytes).toBe(17);
    reader.push(record('reset', 0).subarray(0, 5));
    expect(reader.pendingBytes).toBe(22);
    reader.push(record('reset', 0).subarray(5));
    expect(reader.pendingBytes).toBe(7);
    reader.push(record('data', 1, call.subarray(7)));
    expect(reader.pendingBytes).toBe(0);
  });

  it('says so where no record begins, and reads nothing more', () => {
    const bytes = Buffer.concat([call, record('data', 0, call)]);
    expect(framesOf(bytes)).toMatchObject([
      { message: { kind: 'unreadable', lost: true }, problems: [{ code: 'record' }] },
    ]);
  });

  it('lets go of the connection that was quiet longest, beyond 4,096', () => {
    const reader = new HttpFrameReader();
    const piece = call.subarray(0, 10);
    for (let index = 0; index < 5000; index += 1) reader.push(record('data', index, piece));
    expect(reader.pendingBytes).toBe(40_960);
    expect(reader.push(record('data', 4999, call.subarray(10)))).toMatchObject([{ problems: [] }]);
  });

  it('gives the same frames from any cut, of records and of the stream', () => {
    const endings = fc.constantFrom<RecordKind[]>('data', 'ended', 'reset');
    const parts = fc.array(fc.tuple(fc.nat(2), streams, endings), { maxLength: 6 });
    const law = fc.property(parts, cuts, (said, cut) => {
      const bytes = Buffer.concat(
        said.flatMap(([connection, stream, ending]) => [
          record('data', connection, stream),
          record(ending, connection),
        ]),
      );
      const whole = framesOf(bytes);
      expect(framesOf(bytes, cut)).toEqual(whole);
      expect(framesOf(recut(bytes))).toEqual(whole);
    });
    fc.assert(law, { seed: 4, numRuns: 200 });
  });
});

/** The same happenings in records of 3 bytes. */
function recut(bytes: Buffer): Uint8Array {
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < bytes.length;) {
    const length = bytes.readUInt32BE(at + 8);
    const header = bytes.subarray(at, at + 12);
    const kind = header[0] === 1 ? 'data' : header[0] === 2 ? 'ended' : 'reset';
    const place: Omit<BundleRecord, 'bytes'> = {
      kind,
      end: 0,
      by: 0,
      connection: header.readUInt32BE(4),
    };
    const content = bytes.subarray(at + 12, at + 12 + length);
    if (length === 0) pieces.push(header);
    for (let from = 0; from < length; from += 3) {
      pieces.push(encodeRecord({ ...place, bytes: content.subarray(from, from + 3) }));
    }
    at += 12 + length;
  }
  return Buffer.concat(pieces);
}
