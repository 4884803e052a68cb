import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { messages } from '#models/etsi-004/index.ts';
import { Cutter } from '#src/protocols/etsi-004/framing/cutter.ts';
import { framingDialects, framingRules } from '#src/protocols/etsi-004/framing/dialect.ts';
import { writeService, type ServiceBend } from '#src/protocols/etsi-004/framing/frame-writer.ts';
import type { ServiceMessage } from '#src/protocols/etsi-004/framing/message.ts';
import { cuts } from '../../../wire/http/cut.ts';
import { saying } from './arbitraries.ts';

const seed = 25_575;
const dialects = Object.keys(framingDialects);

function rulesOf(dialect: string) {
  const rules = framingRules({ dialect });
  if (rules === null) throw new RangeError(`no dialect ${dialect}`);
  return rules;
}

const qubip = rulesOf('etsi-004/framing-1.0.1');
const edition3 = rulesOf('etsi-004/framing-2.1.1');

/** What is read of bytes in such pieces. */
function readAll(
  bytes: Uint8Array,
  rules = qubip,
  cut: readonly number[] = [bytes.length + 1],
): { messages: readonly ServiceMessage[]; cutter: Cutter } {
  const cutter = new Cutter(rules);
  const read: ServiceMessage[] = [];
  for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
    const size = Math.max(1, cut[turn % cut.length] ?? 1);
    read.push(...cutter.push(bytes.subarray(at, at + size)));
    at += size;
  }
  return { messages: read, cutter };
}

function written(
  message: keyof typeof messages,
  content: unknown,
  bend: ServiceBend = {},
  rules = qubip,
): Uint8Array {
  return writeService({ message, content }, bend, rules);
}

const id = '4eb81a5c-031f-4d1f-881d-309bee44fc20';
const idHex = '4eb81a5c031f4d1f881d309bee44fc20';
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

describe('frames of known bytes', () => {
  const numbers = '00000020000000800000004000000001000000030000003200000258';
  const { qos } = messages.openConnect.example;
  const content = { source: 'a:b', destination: 'c:d', key_stream_id: null, qos };

  it('open-connect, version 1.0.1: the mimetype takes 256 bytes', () => {
    const mimetype = Buffer.from('application/json').toString('hex').padEnd(512, '0');
    const payload = `613a6200633a6400${numbers}${mimetype}${'00'.repeat(16)}`;
    expect(hex(written('openConnect', content))).toBe(`0100010200000134${payload}`);
  });

  it('open-connect, version 2.1.1: the mimetype ends with a NUL', () => {
    const mimetype = `${Buffer.from('application/json').toString('hex')}00`;
    const payload = `613a6200633a6400${numbers}${mimetype}${idHex}`;
    const named = { ...content, key_stream_id: id };
    expect(hex(written('openConnect', named, {}, edition3))).toBe(`0201010200000045${payload}`);
  });

  it('get-key: the size of the room for metadata, with the room or without it', () => {
    const asked = { key_stream_id: id, index: 7, metadata: { size: 3, buffer: '' } };
    const start = `${idHex}0000000700000003`;
    expect(hex(written('getKey', asked))).toBe(`0100010400000018${start}`);
    expect(hex(written('getKey', asked, {}, edition3))).toBe(`020101040000001b${start}000000`);
  });

  it('the answer to get-key: index, key and metadata, each of the two behind its size', () => {
    const metadata = { size: 2, buffer: '{}' };
    const given = { status: 0, index: 7, key_buffer: '//8A', metadata };
    const payload = '000000000000000700000003ffff00000000027b7d';
    expect(hex(written('getKeyAccepted', given))).toBe(`0100010500000015${payload}`);
  });

  it('a refusal: its status alone, or everything', () => {
    expect(hex(written('getKeyRefused', { status: 3 }))).toBe('010001050000000400000003');
    const whole = `00000003${'00'.repeat(12)}`;
    expect(hex(written('getKeyRefused', { status: 3 }, {}, edition3))).toBe(
      `0201010500000010${whole}`,
    );
    const room = { status: 8, metadata: { size: 33 } };
    expect(hex(written('getKeyRefused', room))).toBe('01000105000000080000000800000021');
  });

  it('close and its answer', () => {
    expect(hex(written('close', { key_stream_id: id }))).toBe(`0100010800000010${idHex}`);
    expect(hex(written('closeAccepted', { status: 0 }))).toBe('010001090000000400000000');
  });
});

describe.each(dialects)('the codec of %s', (dialect) => {
  const rules = rulesOf(dialect);

  it('reads what it has written, in any cut', () => {
    const law = fc.property(fc.array(saying, { maxLength: 5 }), cuts, (said, cut) => {
      const bytes = said.map(([message, content]) => written(message, content, {}, rules));
      const read = readAll(Buffer.concat(bytes), rules, cut);
      expect(read.messages.flatMap(({ problems }) => problems)).toEqual([]);
      expect(read.messages.map(({ sizeBytes }) => sizeBytes)).toEqual(bytes.map((b) => b.length));
      for (const isCall of [true, false]) {
        const ours = read.messages.filter(({ service }) => (service % 2 === 0) === isCall);
        expect(ours.map(({ exchange }) => exchange)).toEqual(ours.map((_, at) => at));
      }
      expect(read.cutter.pendingBytes).toBe(0);
      for (const [at, [, content]] of said.entries()) {
        expect(read.messages[at]?.content).toMatchObject(Object(content));
      }
    });
    fc.assert(law, { seed, numRuns: 300 });
  });

  it('never throws, reads the same in any cut, and leaves no byte out', () => {
    const noise = fc.array(
      fc.oneof(
        fc.uint8Array({ maxLength: 60 }),
        fc
          .tuple(fc.nat(10), fc.uint8Array({ maxLength: 70 }))
          .map(([service, payload]) => written('close', {}, { service, payload }, rules)),
      ),
      { maxLength: 6 },
    );
    const law = fc.property(noise, cuts, (pieces, cut) => {
      const bytes = Buffer.concat(pieces);
      const whole = readAll(bytes, rules);
      const inPieces = readAll(bytes, rules, cut);
      expect(inPieces.messages).toEqual(whole.messages);
      const sizes = whole.messages.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
      expect(sizes + whole.cutter.pendingBytes).toBe(bytes.length);
      const rest = whole.cutter.pendingBytes;
      const last = whole.cutter.end('end');
      expect(last?.sizeBytes ?? 0).toBe(rest);
      expect(last === null || last.problems.some(({ code }) => code === 'cut')).toBe(true);
    });
    fc.assert(law, { seed, numRuns: 500 });
  });
});

describe('what is wrong with a frame', () => {
  const problemsOf = (bytes: Uint8Array, rules = qubip) =>
    readAll(bytes, rules).messages.map(({ problems }) => problems.map(({ code }) => code));
  const close = { key_stream_id: id };
  const refused = { status: 3 };

  it.each([
    ['another version', written('close', close, { version: [1, 0, 0] }), ['version']],
    ['the version of the other edition', written('close', close, {}, edition3), ['version']],
    ['an unknown service', written('close', close, { service: 6 }), ['service']],
    ['the service that ends servers', written('close', close, { service: 255 }), ['service']],
    ['no payload', written('close', close, { payload: new Uint8Array(0) }), ['short']],
    ['15 bytes of an id', written('close', close, { payload: new Uint8Array(15) }), ['short']],
    ['17 bytes of an id', written('close', close, { payload: new Uint8Array(17) }), ['long']],
    ['a text without end', written('openConnect', {}, { payload: Buffer.from('a:b') }), ['text']],
    [
      'a text that is no UTF-8',
      written(
        'openConnect',
        {},
        { payload: Buffer.concat([Buffer.of(0xff, 0), Buffer.alloc(400)]) },
      ),
      ['text'],
    ],
    [
      'a key that is longer than the payload',
      written(
        'getKeyAccepted',
        {},
        {
          payload: Buffer.from('000000000000000000000100aabb', 'hex'),
        },
      ),
      ['short'],
    ],
    ['half a status', written('closeAccepted', {}, { payload: Buffer.alloc(2) }), ['short']],
    [
      'success without what was asked for',
      written('opened', {}, { payload: Buffer.alloc(4) }),
      ['short'],
    ],
    ['nothing: a refusal alone', written('getKeyRefused', refused), []],
    [
      'nothing: a whole refusal',
      written('getKeyRefused', refused, { version: [1, 0, 1] }, edition3),
      [],
    ],
    ['nothing: an error without a status', written('callRefused', {}), []],
  ])('%s', (_, bytes, codes) => {
    expect(problemsOf(bytes)).toEqual([codes]);
  });

  it('a payload beyond the limit is counted, not held, and the next frame is read', () => {
    const cutter = new Cutter(qubip);
    const size = 17 * 2 ** 20;
    const header = written('close', close, { payload: new Uint8Array(0), payloadLength: size });
    expect(cutter.push(header)).toEqual([]);
    const piece = new Uint8Array(2 ** 20);
    const read = Array.from({ length: 17 }, () => cutter.push(piece)).flat();
    expect(read.map(({ problems }) => problems[0]?.code)).toEqual(['overLimit']);
    expect(cutter.push(written('close', close))).toMatchObject([{ problems: [], exchange: 1 }]);
  });

  it('a huge length takes no memory; the end of the connection cuts it off', () => {
    const cutter = new Cutter(qubip);
    cutter.push(written('close', close, { payloadLength: 2 ** 32 - 1 }));
    expect(cutter.pendingBytes).toBe(24);
    expect(cutter.end('reset')).toMatchObject({ service: 8, problems: [{ code: 'cut' }] });
    expect(cutter.end('end')).toBe(null);
  });
});

describe('contents that have no form in a payload', () => {
  it('are written as what comes nearest', () => {
    const odd = fc.anything({ withBigInt: true, withNullPrototype: true, maxDepth: 3 });
    const names = fc.constantFrom('openConnect', 'opened', 'getKey', 'getKeyAccepted', 'close');
    const law = fc.property(names, odd, odd, fc.constantFrom(qubip, edition3), (...drawn) => {
      const [message, one, other, rules] = drawn;
      const content = { source: one, qos: { ttl: other }, metadata: { size: one, buffer: other } };
      const read = readAll(written(message, { ...content, status: other, index: one }, {}, rules));
      expect(read.messages.length).toBe(1);
    });
    fc.assert(law, { seed, numRuns: 500 });
  });
});
