import { describe, expect, it } from 'vitest';
import { httpLimits } from '#src/wire/http/message.ts';
import { MessageReader } from '#src/wire/http/message-reader.ts';
import { readAll } from './cut.ts';

const json = 'Content-Type: application/json\r\n';

/** A request with such header lines, and what follows its head. */
function put(lines: string, rest = ''): string {
  return `PUT /p HTTP/1.1\r\nHost: h\r\n${lines}\r\n${rest}`;
}

function answer(code: number, lines: string, rest = ''): string {
  return `HTTP/1.1 ${code} X\r\n${lines}\r\n${rest}`;
}

function codesOf(stream: string): readonly (readonly string[])[] {
  return readAll(stream).map(({ problems }) => problems.map(({ code }) => code));
}

describe('a message', () => {
  it('is read whole: first line, headers in their order, body and its JSON', () => {
    const stream = put(`X-a:  1 \r\nx-A:2\r\n${json}Content-Length: 8\r\n`, '{"a": 1}');
    expect(readAll(stream)).toEqual([
      {
        kind: 'request',
        method: 'PUT',
        target: '/p',
        version: '1.1',
        headers: [
          { name: 'Host', value: 'h' },
          { name: 'X-a', value: '1' },
          { name: 'x-A', value: '2' },
          { name: 'Content-Type', value: 'application/json' },
          { name: 'Content-Length', value: '8' },
        ],
        framing: 'length',
        body: Uint8Array.from(Buffer.from('{"a": 1}')),
        trailers: [],
        json: { ok: true, value: { a: 1 } },
        problems: [],
        lost: false,
        exchange: 0,
        sizeBytes: stream.length,
      },
    ]);
  });

  it('is read in chunks, with extensions and trailers', () => {
    const chunks = '3;a=b\r\n[1,\r\nA ; c="d;\\""\r\n2       ] \r\n0\r\nEnd: yes\r\n\r\n';
    const [message, next] = readAll(put(`${json}Transfer-Encoding: Chunked\r\n`, chunks) + put(''));
    expect(message).toMatchObject({
      json: { ok: true, value: [1, 2] },
      trailers: [{ name: 'End', value: 'yes' }],
      problems: [],
    });
    expect(next).toMatchObject({ kind: 'request', problems: [], exchange: 1 });
  });

  it('ends with the connection where an answer does not say how long it is', () => {
    const stream = answer(400, json, '{}');
    expect(readAll(stream)).toEqual([]);
    const reader = new MessageReader();
    reader.push(Buffer.from(answer(400, json)));
    expect(reader.pendingBytes).toBe(answer(400, json).length);
    const whole = { framing: 'close', json: { ok: true, value: {} }, problems: [], lost: false };
    expect(readAll(stream, { end: 'end' })).toMatchObject([whole]);
    expect(readAll(stream, { end: 'reset' })).toMatchObject([{ problems: [{ code: 'cut' }] }]);
  });

  it.each([204, 304])('of code %i has no body, whatever follows', (code) => {
    const read = readAll(answer(code, '') + answer(201, 'Content-Length: 0\r\n'));
    expect(read).toMatchObject([
      { code, framing: 'none', problems: [], exchange: 0 },
      { code: 201, problems: [], exchange: 1 },
    ]);
  });

  it('of code 205 is read by its length, as the protocol sends one', () => {
    const lines = `${json}Content-Length: 12\r\n`;
    const read = readAll(answer(205, lines, '{"status":0}'));
    expect(read).toMatchObject([{ code: 205, problems: [], json: { ok: true } }]);
  });

  it('answers HEAD without a body, and turns CONNECT into something else', () => {
    const stream = answer(200, 'Content-Length: 5\r\n') + answer(200, 'Content-Length: 0\r\n');
    expect(readAll(stream, { method: 'HEAD' })).toMatchObject([
      { framing: 'none', problems: [] },
      { framing: 'none', problems: [] },
    ]);
    const tunnel = readAll(answer(200, '') + 'anything', { method: 'CONNECT' });
    expect(tunnel).toMatchObject([{ framing: 'none', lost: true, problems: [] }]);
  });

  it('of code 100 belongs to the exchange of the answer behind it', () => {
    const read = readAll(answer(100, '') + answer(204, '') + answer(204, ''));
    expect(read.map(({ exchange }) => exchange)).toEqual([0, 0, 1]);
  });
});

describe('content where there can be none', () => {
  const lines = `${json}Content-Length: 12\r\n`;

  it('comes out as a message of its own where its length was announced, and no sync is lost', () => {
    const stream = answer(204, lines, '{"status":0}') + answer(204, '');
    expect(readAll(stream)).toMatchObject([
      { kind: 'response', problems: [{ code: 'lengthForbidden' }] },
      {
        kind: 'unreadable',
        json: { ok: true },
        lost: false,
        problems: [{ code: 'contentForbidden' }],
      },
      { kind: 'response', problems: [], exchange: 1 },
    ]);
  });

  it('is not awaited', () => {
    const stream = answer(204, lines) + answer(201, 'Content-Length: 0\r\n');
    expect(readAll(stream)).toMatchObject([{ code: 204 }, { code: 201, problems: [] }]);
  });

  it('also comes in chunks', () => {
    const stream = answer(204, 'Transfer-Encoding: chunked\r\n', '2\r\n{}\r\n0\r\n\r\n');
    expect(codesOf(stream + answer(204, ''))).toEqual([
      ['lengthForbidden'],
      ['contentForbidden'],
      [],
    ]);
  });

  it('loses the connection where nothing announced it', () => {
    expect(readAll(answer(204, '', '{"status":0}'))).toMatchObject([
      { code: 204, problems: [] },
      { kind: 'unreadable', lost: true, problems: [{ code: 'contentForbidden' }] },
    ]);
  });
});

describe('a message that goes on, with a problem', () => {
  const chunked = 'Transfer-Encoding: chunked\r\n';
  it.each([
    ['an empty line before it', `\r\n\r\n${put('')}`, ['emptyLine']],
    ['LF alone', 'GET / HTTP/1.1\nHost: h\n\n', ['bareLf']],
    ['HTTP/1.0', 'GET / HTTP/1.0\r\n\r\n', ['version']],
    ['a target without a slash', 'GET x HTTP/1.1\r\nHost: h\r\n\r\n', ['startLine']],
    ['no blank behind its code', 'HTTP/1.1 204\r\n\r\n', ['startLine']],
    ['code 600', answer(600, 'Content-Length: 0\r\n'), ['startLine']],
    ['a header without a colon', put('X a\r\n'), ['headerLine']],
    ['a header of one character', put('X\r\n'), ['headerLine']],
    ['a header of one character before LF', put('X\nY: 1\n'), ['bareLf', 'headerLine']],
    ['a blank before the colon', put('Content-Length : 4\r\n'), ['headerLine']],
    ['a control character', put('X: a\u0000b\r\n'), ['headerLine']],
    ['a folded header', put('X: a\r\n b\r\n'), ['obsFold']],
    ['no Host', 'GET / HTTP/1.1\r\n\r\n', ['hostMissing']],
    ['two Hosts', put('HOST: h\r\n'), ['hostTwice']],
    ['a Host that is none', 'GET / HTTP/1.1\r\nHost: a b\r\n\r\n', ['hostValue']],
    ['the same length twice', put(`${json}Content-Length: 2, 2\r\n`, '{}'), ['lengthTwice']],
    [
      'a length and chunks',
      put(`Content-Length: 9\r\n${chunked}`, '0\r\n\r\n'),
      ['lengthAndChunked'],
    ],
    [
      'another coding',
      put('Transfer-Encoding: gzip, chunked\r\n', '0\r\n\r\n'),
      ['transferEncoding'],
    ],
    ['a bad extension', put(chunked, '0 x\r\n\r\n'), ['chunk']],
    ['LF behind a chunk', put(json + chunked, '2\r\n{}\n0\r\n\r\n'), ['bareLf']],
    ['no content type', put('Content-Length: 2\r\n', '{}'), ['contentType']],
    [
      'another content type',
      put('Content-Type: text/json\r\nContent-Length: 2\r\n', '{}'),
      ['contentType'],
    ],
  ])('has %s', (_, stream, codes) => {
    const [message, next, ...more] = readAll(stream + put(''));
    expect(message?.problems.map(({ code }) => code)).toEqual(codes);
    expect(message?.lost).toBe(false);
    expect(next).toMatchObject({ kind: 'request', problems: [] });
    expect(more).toEqual([]);
  });

  it.each(['application/json; charset=utf-8', 'Application/JSON', 'application/problem+json'])(
    'has none where it is said to be %s',
    (type) => {
      expect(codesOf(put(`Content-Type: ${type}\r\nContent-Length: 2\r\n`, '{}'))).toEqual([[]]);
    },
  );

  it('joins the lines of a folded header', () => {
    const [message] = readAll(put('X: a \r\n\t b\r\n'));
    expect(message?.headers[1]).toEqual({ name: 'X', value: 'a b' });
  });
});

describe('a message that loses its connection', () => {
  const { headBytes, bodyBytes, chunkLineBytes } = httpLimits;
  const chunked = put(`${json}Transfer-Encoding: chunked\r\n`);
  it.each([
    ['no start line', 'hello\r\n', ['startLine']],
    ['two blanks in its start line', 'GET  / HTTP/1.1\r\n', ['startLine']],
    ['another version', 'GET / HTTP/3.1\r\n', ['version']],
    ['the preface of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', ['http2']],
    ['TLS', '\u0016\u0003\u0001', ['tls']],
    ['JSON alone', '{"status": 0}', ['startLine']],
    ['a length that is no number', put('Content-Length: 1e1\r\n'), ['lengthInvalid']],
    ['a negative length', put('Content-Length: -1\r\n'), ['lengthInvalid']],
    ['an empty length', put('Content-Length: \r\n'), ['lengthInvalid']],
    ['two different lengths', put('Content-Length: 1\r\ncontent-length: 2\r\n'), ['lengthDiffers']],
    ['a request in another coding', put('Transfer-Encoding: gzip\r\n'), ['transferEncoding']],
    ['a long body', put(`Content-Length: ${bodyBytes + 1}\r\n`), ['overLimit']],
    ['a long head', put(`X: ${'x'.repeat(headBytes)}\r\n`), ['overLimit']],
    ['a chunk size that is none', `${chunked}x\r\n`, ['chunk']],
    ['a negative chunk size', `${chunked}-1\r\n`, ['chunk']],
    ['a chunk longer than its size', `${chunked}1\r\n{}\r\n`, ['chunk']],
    ['a long chunk', `${chunked}${(bodyBytes + 1).toString(16)}\r\n`, ['overLimit']],
    ['a long chunk line', `${chunked}1;${'x'.repeat(chunkLineBytes)}`, ['overLimit']],
    ['long trailers', `${chunked}0\r\n${`x: ${'y'.repeat(1000)}\r\n`.repeat(70)}`, ['overLimit']],
  ])('has %s', (_, stream, codes) => {
    const read = readAll(stream + put(''));
    expect(read).toHaveLength(1);
    expect(read[0]?.problems.map(({ code }) => code)).toEqual(codes);
    expect(read[0]?.lost).toBe(true);
    for (const size of [1, 997]) expect(readAll(stream + put(''), { cut: [size] })).toEqual(read);
    const reader = new MessageReader();
    reader.push(Buffer.from(stream + put(''), 'latin1'));
    expect(reader.pendingBytes).toBe(0);
  });
});

describe('at the limits', () => {
  const { headBytes, bodyBytes, chunkLineBytes } = httpLimits;
  const padded = (before: string, wanted: number, after: string) =>
    `${before}${'x'.repeat(wanted - before.length - after.length)}${after}`;

  it.each([-2, -1, 0, 1, 2])('a head %i bytes too long is read alike in any cut', (more) => {
    const stream = padded('GET / HTTP/1.1\r\nHost: h\r\nX: ', headBytes + more, '\r\n\r\n');
    const read = readAll(stream + put(''));
    expect(read.map(({ lost }) => lost)).toEqual(more > 0 ? [true] : [false, false]);
    for (const cut of [[1], [headBytes - 1, 1, 1, 1, 1], [headBytes, 1]]) {
      expect(readAll(stream + put(''), { cut })).toEqual(read);
    }
  });

  it.each([-1, 0, 1])('a first line %i bytes longer than a head is read alike too', (more) => {
    const stream = padded('GET /', headBytes + more, ' HTTP/1.1\r\n');
    const read = readAll(`${stream}Host: h\r\n\r\n`);
    expect(read).toMatchObject([{ lost: true }]);
    expect(readAll(`${stream}Host: h\r\n\r\n`, { cut: [1] })).toEqual(read);
  });

  it.each([-1, 0, 1])('a chunk line %i bytes too long is read alike in any cut', (more) => {
    const head = put('Transfer-Encoding: chunked\r\n');
    const stream = `${head}${padded('0;', chunkLineBytes + more, '\r\n')}\r\n${put('')}`;
    const read = readAll(stream);
    expect(read.map(({ lost }) => lost)).toEqual(more > 0 ? [true] : [false, false]);
    expect(readAll(stream, { cut: [1] })).toEqual(read);
  });

  it.each([0, 1])('a body until the end, %i bytes too long, is read alike in any cut', (more) => {
    const head = Buffer.from(answer(200, json));
    const stream = Buffer.concat([head, Buffer.alloc(bodyBytes + more, 0x20)]);
    for (const size of [stream.length, 65_536, head.length + bodyBytes]) {
      const [message, ...others] = readAll(stream, { cut: [size], end: 'end' });
      expect(others).toEqual([]);
      expect(message?.body).toHaveLength(bodyBytes);
      expect(message?.lost).toBe(more > 0);
    }
  });
});

describe('a connection that ends', () => {
  it.each([
    ['within the first line', 'PUT /p HT', { kind: 'unreadable' }],
    [
      'within the head',
      'PUT /p HTTP/1.1\r\nHost: h\r\nX',
      { method: 'PUT', headers: [{ name: 'Host', value: 'h' }] },
    ],
    [
      'within the body',
      put(`${json}Content-Length: 9\r\n`, '{"a"'),
      { method: 'PUT', json: { ok: false } },
    ],
    ['within a chunk', put(`${json}Transfer-Encoding: chunked\r\n`, '9\r\n{}'), { method: 'PUT' }],
  ])('%s cuts the message off', (_, stream, known) => {
    const [message, ...more] = readAll(stream, { end: 'end' });
    expect(more).toEqual([]);
    expect(message).toMatchObject({ ...known, lost: true, sizeBytes: stream.length });
    expect(message?.problems.at(-1)?.code).toBe('cut');
  });

  it('between two messages says nothing', () => {
    expect(readAll(`${put('')}\r\n`, { end: 'reset' })).toHaveLength(1);
    expect(new MessageReader().end('end')).toBeNull();
  });

  it('is not read any more', () => {
    const reader = new MessageReader();
    reader.end('end');
    expect(reader.push(Buffer.from(put('')))).toHaveLength(1);
    reader.push(Buffer.from('PUT'));
    expect(reader.end('end')).not.toBeNull();
    expect(reader.push(Buffer.from(put('')))).toEqual([]);
    expect(reader.end('end')).toBeNull();
  });
});

describe('reading byte by byte', () => {
  it('takes linear time', { timeout: 20_000 }, () => {
    const time = (bytes: number) => {
      const began = performance.now();
      const header = `X: ${' '.repeat(20)}${'a '.repeat(bytes / 8)}\r\n`;
      const stream = put(`${header}${json}Content-Length: ${bytes}\r\n`, 'a'.repeat(bytes));
      expect(readAll(stream, { cut: [1] })).toHaveLength(1);
      return performance.now() - began;
    };
    time(20_000);
    const short = Math.max(1, time(20_000));
    expect(time(200_000)).toBeLessThan(100 * short);
  });
});
