import { keyDigest } from '#src/protocols/etsi-004/keys.ts';
import { describe, expect, it } from 'vitest';
import { requirements } from '#models/etsi-004/index.ts';
import type { Readings } from '#models/language/index.ts';
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

  /** Keys of 16 bytes, and what the answer says of them; 100 bit/s are asked for where it says so. */
  opened(end: string, ...[streamId = id, ...said]: [string?, number?, number?, number?]): this {
    const [bytes, max_bps, status = 0] = said.length === 0 ? [16] : said;
    const asked = max_bps === 1280 ? {} : { max_bps: 100 };
    const call = this.#call('player', 'openConnect', { end, content: { qos: asked } });
    const qos = { key_chunk_size: bytes, max_bps };
    const content = { key_stream_id: streamId, qos, status };
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

  /** A push of any content, accepted. */
  pushedAs(end: string, content: object): this {
    const call = this.#call('peer', 'keyMaterial', { end, content });
    return this.#answer('player', 'keyAccepted', { ...call, code: 201 });
  }

  /** The KMS ends the connection of the last push. */
  hungUp(): this {
    const { end, by, connection } = this.list.at(-1)?.perceived.payload ?? {};
    return this.#answer('player', 'hungUp', { end, by, connection });
  }

  /** The KMS answers the last push although its connection is over. */
  answeredInVain(): this {
    const push = this.list.findLast(({ perceived }) => perceived.message === 'keyMaterial');
    return this.#answer('player', 'keyAccepted', { ...push?.perceived.payload, code: 201 });
  }

  /** A call at end a, and its answer. */
  answered(call: string, message: string, said: { code: number; content: unknown }): this {
    const wire = this.#call('player', call, { end: 'a', content: { key_stream_id: id } });
    return this.#answer('peer', message, { ...wire, ...said });
  }

  /** A call of the KMS's about the stream, without an answer. */
  unanswered(call: string, end: string): this {
    this.#call('player', call, { end, content: { key_stream_id: id } });
    return this;
  }

  closed(end: string, streamId = id): this {
    const call = this.#call('player', 'close', { end, content: { key_stream_id: streamId } });
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
function found(frames: Frames, peer = 'qkd-device', readings: Readings = {}) {
  for (const audit of etsi004.audits) {
    const broken = audit.check(frames.list, peer, readings);
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
    expect(again('keyRefused', key(2))?.requirement).toBe(requirements.pushRepeats);
  });

  it('let a key come again whose connection ended before it was answered', () => {
    const frames = open().pushed('a', 5, key(1), null).hungUp().answeredInVain();
    expect(found(frames.pushed('a', 5, key(1), 'keyAccepted'))).toBeNull();
  });

  it('find an index that falls, but not one that was overtaken', () => {
    const falls = (index: number) =>
      found(
        open().pushed('a', 50, key(1), 'keyAccepted').pushed('a', index, key(2), 'keyAccepted'),
      );
    expect(falls(40)?.requirement).toBe(requirements.indexIncreases);
    expect(falls(48)).toBeNull();
  });

  it('find what comes after the largest index and is not the smallest', () => {
    const wraps = (index: number, indexGaps = 'allowed') =>
      found(
        open()
          .pushed('a', 4294967295, key(1), 'keyAccepted')
          .pushed('a', index, key(2), 'keyAccepted'),
        'qkd-device',
        { indexGaps },
      )?.requirement;
    expect(wraps(2147483648)).toBe(requirements.indexWraps);
    expect([wraps(0, 'none'), wraps(100)]).toEqual([undefined, undefined]);
    expect(wraps(100, 'none')).toBe(requirements.indexWraps);
  });

  it('find keys that come faster than was agreed on, not those that were held back for a while', () => {
    const after = (pauseMs: number, keys: number) => {
      const frames = new Frames().opened('a', id, 16, 1280);
      for (let index = 0; index < keys; index += 1) {
        frames.later(pauseMs).pushed('a', index, key(index), 'keyAccepted');
      }
      return found(frames);
    };
    expect(after(30, 60)?.requirement).toBe(requirements.maxRateKept);
    expect(after(100, 60)).toBeNull();
    expect(after(0, 10)).toBeNull();
  });

  it('find status 1 at the end that is opened second, and no other', () => {
    expect(found(new Frames().opened('a', id, 16, 100, 1))).toBeNull();
    expect(found(new Frames().opened('a').opened('b', id, 16, 100, 1))?.requirement).toBe(
      requirements.peerAbsenceTold,
    );
  });

  it('let status 1 stand once the other end may be closed, answered or not', () => {
    const frames = new Frames().opened('a').unanswered('close', 'a');
    expect(found(frames.opened('b', id, 16, 100, 1))).toBeNull();
    const reopened = new Frames().unanswered('close', 'a').opened('a');
    expect(found(reopened.opened('b', id, 16, 100, 1))?.requirement).toBe(
      requirements.peerAbsenceTold,
    );
  });

  it('find a stream forgotten that is open, none that may be closed or was in other letters', () => {
    const refusal = { code: 400, content: { status: 3 } };
    const after = (frames: Frames) =>
      found(frames.answered('close', 'closeRefused', refusal))?.requirement;
    expect(after(new Frames().opened('a'))).toBe(requirements.closeAnswered);
    expect(after(new Frames().opened('a').unanswered('close', 'a'))).toBeUndefined();
    const digits = id.replaceAll('-', '').toUpperCase();
    expect(after(new Frames().opened('a').closed('a', digits))).toBeUndefined();
  });

  it('find a chunk size unsaid, and more than was asked for', () => {
    const requirementOf = (frames: Frames) => found(frames)?.requirement;
    expect(requirementOf(new Frames().opened('a', id, undefined))).toBe(requirements.qosAnswered);
    expect(requirementOf(new Frames().opened('a', id, 16, 101))).toBe(requirements.qosKept);
  });

  it('find a key with another status, and metadata of another form', () => {
    const pushes = (change: object) =>
      found(open().pushedAs('a', { status: 0, index: 0, key_buffer: key(1), ...change }))
        ?.requirement;
    const buffer = { key_stream_id: id };
    expect(pushes({ metadata: { size: 1, buffer } })).toBeUndefined();
    expect(pushes({ status: 2, metadata: { size: 1, buffer } })).toBe(requirements.pushStatus);
    const text = { size: 1, buffer: JSON.stringify(buffer) };
    expect(pushes({ metadata: text })).toBe(requirements.metadataBuffer);
  });

  it('find a status that its call does not have, a code of another class, and an odd success', () => {
    const refusal = (status: number, code: number) =>
      found(new Frames().answered('getKey', 'getKeyRefused', { code, content: { status } }))
        ?.requirement;
    expect([refusal(3, 404), refusal(2, 503)]).toEqual([undefined, undefined]);
    expect(refusal(3, 500)).toBe(requirements.errorCodes);
    expect(refusal(7, 500)).toBe(requirements.getKeyStatuses);
    expect(refusal(8, 400)).toBe(requirements.metadataSmall);
    const success = (code: number, successCode: string) =>
      found(
        new Frames().answered('close', 'closeAccepted', { code, content: undefined }),
        'qkd-device',
        { successCode },
      )?.requirement;
    expect([success(204, 'listed'), success(200, 'described'), success(202, 'any')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(success(200, 'listed')).toBe(requirements.successCodes);
  });

  it('find content in a 205 only where there must be none', () => {
    const answer = { code: 205, content: { status: 0 } };
    const under = (resetBody: string) =>
      found(new Frames().answered('getKey', 'getKeyAccepted', answer), 'qkd-device', { resetBody });
    expect(under('sent')).toBeNull();
    expect(under('none')?.requirement).toBe(requirements.emptyResetAnswer);
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

  it('find keys of a stream that was not opened, but for those of an earlier session', () => {
    const after = (ms: number) =>
      found(open().later(ms).pushed('a', 0, key(1), 'keyAccepted', other));
    expect(after(500)).toBeNull();
    expect(after(1500)?.requirement).toBe(requirements.pushAfterGetKey);
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

  it('tell no digest that a short key could be found from', () => {
    expect(keyDigest(Uint8Array.of(7))).not.toContain('SHA-256');
    expect(keyDigest(new Uint8Array(8))).toContain('SHA-256');
  });
});
