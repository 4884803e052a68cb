import { describe, expect, it } from 'vitest';
import { messages, type MessageName } from '#models/etsi-004/index.ts';
import type { Perceived } from '#src/contract/frame.ts';
import type { Etsi004Bend } from '#src/protocols/etsi-004/codec.ts';
import { framingDialects } from '#src/protocols/etsi-004/framing/dialect.ts';
import { harmless } from '#src/protocols/etsi-004/framing/harmless.ts';
import { Talk } from '../speaking.ts';

const qubip = 'etsi-004/framing-1.0.1';
const talk = (pinned: Readonly<Record<string, string>> = {}, dialect = qubip) =>
  new Talk({}, { dialect, pinned });

/** What is wrong with what was perceived: the kind of the first flaw, and its requirement. */
function flawOf({ flaws }: Perceived): string | null {
  const [flaw] = flaws;
  return flaw === undefined ? null : `${flaw.kind} ${flaw.requirement.id.slice(9)}`;
}

describe.each(Object.keys(framingDialects))('a session of %s', (dialect) => {
  it('opens at both ends, pulls keys, and closes', () => {
    const session = talk({}, dialect).pushing();
    expect(session.states).toEqual(['oneA.pushing', 'oneB.pushing']);
    session.say('kms', 'getKey');
    const given = session.say('qkd-device', 'getKeyAccepted');
    expect(given.flaws).toEqual([]);
    expect(given.payload['content']).toMatchObject({ status: 0, index: 1 });
    for (const _ of [0, 1]) {
      session.say('kms', 'close');
      session.say('qkd-device', 'closeAccepted');
    }
    expect(session.states).toEqual(['oneA.closed', 'oneB.closed']);
  });

  it('never has a key that is pushed', () => {
    const session = talk({}, dialect).pushing();
    const pushed = session.say('qkd-device', 'keyMaterial');
    expect(flawOf(pushed)).toBe('malformed frameService');
    expect(session.states).toEqual(['stray.badPush', 'oneA.pushing', 'oneB.pushing']);
  });

  it('ends a call whose connection ends', () => {
    const session = talk({}, dialect);
    session.say('kms', 'openConnect');
    expect(session.say('qkd-device', 'hungUp').message).toBe('hungUp');
  });
});

describe('the first call', () => {
  const said = (
    bend: { frame?: Etsi004Bend; content?: unknown; bytes?: (frame: Uint8Array) => Uint8Array },
    pinned = {},
  ) => {
    const [first] = talk(pinned).sayAll('kms', 'openConnect', bend);
    return first === undefined ? 'nothing' : flawOf(first);
  };
  const { example } = messages.openConnect;
  const behind = (frame: Uint8Array) => {
    const longer = Buffer.concat([frame, Buffer.of(1)]);
    longer.writeUInt32BE(longer.length - 8, 4);
    return longer;
  };

  it.each([
    ['of another version', { frame: { version: [2, 0, 0] } }, {}, null],
    [
      'of another version, where that is refused',
      { frame: { version: [2, 0, 0] } },
      { otherVersion: 'refused' },
      'malformed frameVersion',
    ],
    ['of an unknown service', { frame: { service: 77 } }, {}, 'malformed frameService'],
    [
      'of an unknown service, where that is passed over',
      { frame: { service: 77 } },
      { otherService: 'ignored' },
      'nothing',
    ],
    ['that is an answer', { frame: { service: 9 } }, {}, 'malformed frameService'],
    ['with bytes behind it', { bytes: behind }, {}, null],
    [
      'with bytes behind it, where that is refused',
      { bytes: behind },
      { bytesBehind: 'refused' },
      'malformed frameLength',
    ],
    ['without payload', { frame: { payload: new Uint8Array(0) } }, {}, 'malformed frameTexts'],
    [
      'cut off by the end of its connection',
      { frame: { leaves: 'ended' }, bytes: (frame: Uint8Array) => frame.subarray(0, 50) },
      {},
      'malformed frameLength',
    ],
    [
      'with a source that is none',
      { content: { ...example, source: 'here' } },
      {},
      'unfit sourceIsUri',
    ],
  ] as const)('%s', (_, bend, pinned, flaw) => {
    expect(said(bend, pinned)).toBe(flaw);
  });

  it('names no stream by 16 zero bytes', () => {
    const perceived = talk().say('kms', 'openConnect');
    expect(perceived.payload['content']).toMatchObject({ key_stream_id: null });
  });

  it('is told to be sayable or not', () => {
    const lossy = (content: unknown, frame?: Etsi004Bend) =>
      talk().compose('kms', 'openConnect', frame === undefined ? { content } : { content, frame })
        .lossy;
    const { qos } = example;
    expect(lossy(example)).toBe(false);
    expect(lossy({ ...example, qos: { ...qos, ttl: null } })).toBe(false);
    expect(lossy({ ...example, qos: { ...qos, ttl: '600' } })).toBe(true);
    expect(lossy({ ...example, qos: { ...qos, ttl: 2 ** 32 } })).toBe(true);
    expect(lossy({ ...example, vendor: 1 })).toBe(true);
    expect(lossy({ source: example.source })).toBe(true);
    expect(lossy(example, { method: 'PUT' })).toBe(true);
    expect(lossy(example, { version: [1, 0, 2] })).toBe(false);
  });
});

describe('an answer', () => {
  const answered = (message: MessageName, bend: { content?: unknown; frame?: Etsi004Bend }) => {
    const session = talk();
    session.say('kms', 'openConnect');
    return session.say('qkd-device', message, bend);
  };
  const { example } = messages.opened;

  it.each([
    ['good', 'opened', {}, null],
    ['of another version', 'opened', { frame: { version: [1, 0, 2] } }, 'malformed frameVersion'],
    ['of another call', 'closeAccepted', {}, 'unknown frameService'],
    [
      'without an id',
      'opened',
      { content: { ...example, key_stream_id: null } },
      'unfit streamIdIsUuid',
    ],
    [
      'of its status alone',
      'opened',
      { frame: { payload: Buffer.alloc(4) } },
      'malformed frameLength',
    ],
    ['a refusal of its status alone', 'openRefused', { content: { status: 4 } }, null],
    ['an error without status', 'callRefused', { content: undefined }, 'unfit errorNamesStatus'],
  ] as const)('%s', (_, message, bend, flaw) => {
    expect(flawOf(answered(message, bend))).toBe(flaw);
  });

  it('brings the key of the index that was asked for', () => {
    const session = talk().pushing();
    session.say('kms', 'getKey');
    const content = { ...messages.getKeyAccepted.example, index: 9, key_buffer: 'AAAA' };
    expect(flawOf(session.say('qkd-device', 'getKeyAccepted', { content }))).toBe(
      'unfit pulledIndex',
    );
  });

  it('to each of several requests on one connection is told by its place', () => {
    const session = talk({}).pushing();
    const frame = { end: 'a', connection: 7 } as const;
    const [id] = [session.say('kms', 'getKey', { frame }).payload['content']];
    session.say('kms', 'getKey', { content: { ...Object(id), index: 5 }, frame });
    const first = session.say('qkd-device', 'getKeyAccepted');
    expect(first.payload).toMatchObject({ connection: 7, content: { index: 1 } });
    expect(session.states).toContain('oneA.starting');
    const second = session.say('qkd-device', 'getKeyAccepted');
    expect(second.payload).toMatchObject({ connection: 7, content: { index: 5 } });
    expect(session.states).toContain('oneA.pushing');
  });
});

describe('the service that ends servers', () => {
  const compose = (bend: Parameters<Talk['compose']>[2]) =>
    Buffer.from(talk().compose('kms', 'close', bend).bytes).subarray(12);

  it('is never said by chance, in whichever frame', () => {
    const endings = (frame: Uint8Array) => {
      const ending = Buffer.from(frame);
      ending[3] = 255;
      return Buffer.concat([frame, ending, ending]);
    };
    const bytes = compose({ bytes: endings });
    const size = bytes.length / 3;
    expect([0, 1, 2].map((at) => bytes[at * size + 3])).toEqual([8, 127, 127]);
  });

  it('is said where it is meant', () => {
    expect(compose({ frame: { service: 255 } })[3]).toBe(255);
  });

  it('is left alone in payloads', () => {
    const payload = Buffer.alloc(16, 255);
    expect(compose({ frame: { payload } }).subarray(8)).toEqual(payload);
    expect(harmless(payload)).not.toBe(payload);
  });
});
