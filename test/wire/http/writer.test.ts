import { describe, expect, it } from 'vitest';
import { cutAt, writeRequest, writeResponse } from '#src/wire/http/message-writer.ts';

const body = Buffer.from('{}');
const request = { method: 'POST', target: '/p', host: 'h:1', body };

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1');
}

describe('writing', () => {
  it('gives a request its host, and its body a type and a length', () => {
    expect(text(writeRequest(request))).toBe(
      'POST /p HTTP/1.1\r\nHost: h:1\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}',
    );
    expect(text(writeRequest({ method: 'GET', target: '/', host: 'h' }))).toBe(
      'GET / HTTP/1.1\r\nHost: h\r\n\r\n',
    );
  });

  it('gives an answer its phrase and a length, but 204 none', () => {
    expect(text(writeResponse({ code: 204 }))).toBe('HTTP/1.1 204 No Content\r\n\r\n');
    expect(text(writeResponse({ code: 299, reason: 'Odd' }))).toBe(
      'HTTP/1.1 299 Odd\r\nContent-Length: 0\r\n\r\n',
    );
  });

  it.each([
    ['a raw head', { head: 'junk' }, 'junk{}'],
    [
      'another length',
      { length: '9', omit: ['host', 'content-type'] },
      'POST /p HTTP/1.1\r\nContent-Length: 9\r\n\r\n{}',
    ],
    ['no length', { length: null, omit: ['host', 'content-type'] }, 'POST /p HTTP/1.1\r\n\r\n{}'],
    [
      'more lines',
      {
        head: undefined,
        startLine: 'X',
        extra: ['a', 'b:'],
        omit: ['host', 'content-type', 'content-length'],
      },
      'X\r\na\r\nb:\r\n\r\n{}',
    ],
    [
      'names in lower case, and LF alone',
      { names: 'lower', lineEnd: '\n', omit: ['content-type', 'content-length'] },
      'POST /p HTTP/1.1\nhost: h:1\n\n{}',
    ],
    [
      'chunks',
      {
        chunked: { sizes: [1], extension: ';x', trailers: ['t: 1'] },
        omit: ['host', 'content-type'],
      },
      'POST /p HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1;x\r\n{\r\n1;x\r\n}\r\n0;x\r\nt: 1\r\n\r\n',
    ],
    [
      'chunks with a length',
      { chunked: { sizes: [2], last: '' }, length: '2', omit: ['host', 'content-type'] },
      'POST /p HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n2\r\n{}\r\n',
    ],
  ] as const)('bends a request to %s', (_, { head, ...bend }: Bend, wanted) => {
    const bent = head === undefined ? bend : { ...bend, head };
    expect(text(writeRequest(request, bent))).toBe(wanted);
  });

  it('cuts bytes into pieces', () => {
    const pieces = cutAt(Buffer.from('abcdef'), [4, 1, 0, 9, 4, 6]);
    expect(pieces.map(text)).toEqual(['a', 'bcd', 'ef']);
    expect(cutAt(Buffer.from('ab'), []).map(text)).toEqual(['ab']);
  });
});

type Bend = Omit<NonNullable<Parameters<typeof writeRequest>[1]>, 'head'> & {
  readonly head?: string | undefined;
};
