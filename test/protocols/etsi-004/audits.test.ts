import { describe, expect, it } from 'vitest';
import { requirements } from '#models/etsi-004/index.ts';
import type { JudgedFrame } from '#src/contract/case.ts';
import { etsi004 } from '#src/protocols/etsi-004/index.ts';

const id = '4eb81a5c-031f-4d1f-881d-309bee44fc20';
const other = '7d1c9f4e-5a0b-4c1d-9e8f-0a1b2c3d4e5f';
const key = (byte: number, length = 16) => Buffer.alloc(length, byte).toString('base64');

/** Frames of a trace, one a millisecond, each exchange on a connection of its own. */
class Frames {
  readonly list: JudgedFrame[] = [];
  #connection = 0;
  #nowMs = 0;

  opened(end: string, streamId = id, bytes = 16): this {
    const call = this.#call('player', 'openConnect', { end, content: { qos: { max_bps: 100 } } });
    const content = { key_stream_id: streamId, qos: { key_chunk_size: bytes }, status: 0 };
    return this.#answer('peer', 'opened', { ...call, content, code: 201 });
  }

  /** A key, and how it is answered; `null`: not at all. */
  pushed(
    end: string,
    index: number,
    ...[buffer, how, streamId = id]: [string, 'keyAccepted' | 'keyRefused' | null, string?]
  ): this {
    const metadata = { size: 0, buffer: { key_stream_id: streamId } };
    const content = { status: 0, index, key_buffer: buffer, metadata };
    const call = this.#call('peer', 'keyMaterial', { end, content });
    return how === null ? this : this.#answer('player', how, { ...call, code: 201 });
  }

  closed(end: string): this {
    const call = this.#call('player', 'close', { end, content: { key_stream_id: id } });
    return this.#answer('peer', 'closeAccepted', { ...call, content: undefined, code: 204 });
  }

  later(ms: number): this {
    this.#nowMs += ms;
    return this;
  }

  #call(by: JudgedFrame['by'], message: string, said: { end: string; content: unknown }) {
    const opener = message === 'keyMaterial' ? 'qkd-device' : 'kms';
    const wire = { end: said.end, by: opener, connection: (this.#connection += 1), exchange: 0 };
    this.#answer(by, message, { ...said, ...wire });
    return wire;
  }

  #answer(
    by: JudgedFrame['by'],
    message: string,
    payload: Readonly<Record<string, unknown>>,
  ): this {
    this.#nowMs += 1;
    const perceived = { message, payload, flaws: [] };
    this.list.push({ by, perceived, session: 0, at: this.list.length, atMs: this.#nowMs });
    return this;
  }
}

/** What is found first, and at which frame. */
function found(frames: Frames, peer = 'qkd-device') {
  for (const audit of etsi004.audits) {
    const broken = audit.check(frames.list, peer, {});
    if (broken !== null) return { requirement: audit.requirement, ...broken };
  }
  return null;
}

const open = () => new Frames().opened('a').opened('b');

describe('the audits of a whole trace', () => {
  it('find nothing wrong with equal keys at both ends, also across the largest index', () => {
    const frames = open();
    for (const [at, index] of [4294967294, 4294967295, 0, 1].entries()) {
      frames.pushed('a', index, key(at), 'keyAccepted').pushed('b', index, key(at), 'keyAccepted');
    }
    expect(found(frames.closed('a').closed('b'))).toBeNull();
  });

  it('find keys that differ at the two ends', () => {
    const frames = open()
      .pushed('a', 5, key(1), 'keyAccepted')
      .pushed('b', 5, key(2), 'keyAccepted');
    expect(found(frames)).toMatchObject({ requirement: requirements.keysEqual, at: 6 });
  });

  it('find an index that comes twice', () => {
    const frames = open().pushed('a', 5, key(1), 'keyAccepted');
    expect(found(frames.pushed('a', 5, key(2), 'keyAccepted'))).toMatchObject({
      requirement: requirements.indexUnique,
    });
  });

  it('let a key come again that was refused, or not answered, but no other under its index', () => {
    const again = (how: 'keyRefused' | 'keyAccepted' | null, second = key(1)) =>
      found(open().pushed('a', 5, key(1), how).pushed('a', 5, second, 'keyAccepted'));
    expect([again('keyRefused'), again(null)]).toEqual([null, null]);
    expect(again('keyAccepted')?.requirement).toBe(requirements.indexUnique);
    expect(again('keyRefused', key(2))?.requirement).toBe(requirements.indexUnique);
  });

  it('find an index that falls, but not one that crossed', () => {
    const falls = (how: 'keyAccepted' | null) =>
      found(open().pushed('a', 5, key(1), how).pushed('a', 4, key(2), 'keyAccepted'));
    expect(falls('keyAccepted')?.requirement).toBe(requirements.indexIncreases);
    expect(falls(null)).toBeNull();
  });

  it('find a key of another length', () => {
    expect(found(open().pushed('a', 0, key(1, 15), 'keyAccepted'))).toMatchObject({
      requirement: requirements.chunkSizeKept,
      detail: 'The key of index 0 has 15 bytes, 16 were agreed on.',
    });
  });

  it('find a key that comes under two indices, or in two streams', () => {
    const twice = open().pushed('a', 0, key(1), null).pushed('a', 1, key(1), 'keyAccepted');
    expect(found(twice)?.requirement).toBe(requirements.keysFresh);
    const both = open().opened('a', other).pushed('a', 0, key(1), 'keyAccepted');
    expect(found(both.pushed('a', 0, key(1), 'keyAccepted', other))?.requirement).toBe(
      requirements.keysOfOneStream,
    );
  });

  it('find a key later than the grace after close, none that was under way', () => {
    const after = (ms: number) =>
      found(open().pushed('a', 0, key(1), null).closed('a').later(ms).pushed('a', 1, key(2), null));
    expect(after(900)).toBeNull();
    expect(after(1100)?.requirement).toBe(requirements.closeEndsPushing);
  });

  it('find an id that was given to two streams, one after the other', () => {
    const frames = open().closed('a').closed('b').opened('a');
    expect(found(frames)?.requirement).toBe(requirements.streamIdAssigned);
  });

  it('blame a KMS for no key', () => {
    const frames = open()
      .pushed('a', 5, key(1), 'keyAccepted')
      .pushed('a', 5, key(2), 'keyAccepted');
    expect(found(frames, 'kms')).toBeNull();
  });

  it('never quote a key', () => {
    const frames = open()
      .pushed('a', 5, key(1), 'keyAccepted')
      .pushed('b', 5, key(2), 'keyAccepted');
    const detail = found(frames)?.detail ?? '';
    expect(detail).toContain('16 bytes (SHA-256');
    expect(detail).not.toContain(key(1).slice(0, 8));
    expect(detail).not.toContain(key(2).slice(0, 8));
  });
});
