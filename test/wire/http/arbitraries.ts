import fc from 'fast-check';
import { writeRequest, writeResponse, type HttpBend } from '#src/wire/http/message-writer.ts';

const tokens = fc.string({ unit: fc.constantFrom(...'abcXYZ019-_'), minLength: 1, maxLength: 9 });
const texts = fc.string({ unit: fc.constantFrom(...'abc 09;=/"\t~'), maxLength: 12 });

export const bodies = fc.oneof(
  fc.json().map((text) => Buffer.from(text)),
  fc.uint8Array({ maxLength: 60 }),
);

export const headerLists = fc.array(
  fc.record({ name: tokens.map((name) => `x-${name}`), value: texts.map((text) => text.trim()) }),
  { maxLength: 4 },
);

const chunkings = fc.record({
  sizes: fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 4 }),
  extension: fc.constantFrom('', ';a', ';a=b', ' ; a = "b;\\"c"'),
  trailers: fc.constantFrom<(readonly string[])[]>([], ['digest: 1'], ['a: 1', 'b: 2']),
});

/** Bends that change nothing of what is meant. */
export const harmless: fc.Arbitrary<HttpBend> = fc.oneof(
  fc.constant({}),
  fc.record({ names: fc.constantFrom('lower', 'upper') }),
  fc.record({ chunked: chunkings }),
);

/** Bends that a reader has to say something about, and some that it need not. */
export const bends: fc.Arbitrary<HttpBend> = fc.oneof(
  harmless,
  fc.record({
    length: fc.constantFrom(null, '0', '3', '5', '+4', '-1', 'x', '4, 4', '4, 5', '99999999999'),
  }),
  fc.record({ extra: fc.array(fc.constantFrom(...oddLines()), { maxLength: 3 }) }),
  fc.record({ omit: fc.subarray(['host', 'content-type', 'content-length']) }),
  fc.record({ lineEnd: fc.constantFrom('\n', '\r', '\r\n ') }),
  fc.record({
    startLine: fc.constantFrom('', 'GET /', 'x y HTTP/1.0', 'HTTP/1.0 200', 'PRI * HTTP/2.0'),
  }),
  fc.record({ head: fc.string({ unit: fc.constantFrom(...'\r\n :aH'), maxLength: 12 }) }),
  fc.record({
    chunked: fc.record({ sizes: fc.constant([3]), last: fc.constantFrom('', 'x\r\n', '0\n\n') }),
  }),
);

function oddLines(): readonly string[] {
  const framing = ['Content-Length: 4', 'Content-Length: 7', 'Transfer-Encoding: chunked'];
  const encodings = ['Transfer-Encoding: gzip', 'Transfer-Encoding: gzip, chunked'];
  return [...framing, ...encodings, ' folded', 'Host: x', 'no colon', 'bad name : 1', 'a: \u0001'];
}

/** One message as bytes: of either direction, bent or not. */
export function messages(bending: fc.Arbitrary<HttpBend>): fc.Arbitrary<Uint8Array> {
  const body = fc.option(bodies, { nil: undefined });
  return fc.oneof(
    fc
      .tuple(fc.constantFrom('GET', 'POST', 'PUT'), headerLists, body, bending)
      .map(([method, headers, content, bend]) =>
        writeRequest({ method, target: '/a', host: 'h:1', headers, ...bodyOf(content) }, bend),
      ),
    fc
      .tuple(fc.constantFrom(100, 200, 201, 204, 205, 304, 400), headerLists, body, bending)
      .map(([code, headers, content, bend]) =>
        writeResponse({ code, headers, ...bodyOf(content) }, bend),
      ),
  );
}

function bodyOf(body: Uint8Array | undefined): { readonly body?: Uint8Array } {
  return body === undefined ? {} : { body };
}

/** Some messages after each other, with a few bytes changed, put in or left out. */
export const streams: fc.Arbitrary<Uint8Array> = fc
  .tuple(
    fc.array(messages(bends), { maxLength: 5 }),
    fc.array(fc.tuple(fc.nat(), fc.nat(255), fc.nat(5)), { maxLength: 3 }),
  )
  .map(([parts, changes]) => changes.reduce(changed, Buffer.concat(parts)));

function changed(
  bytes: Buffer,
  [place, value, kind]: readonly [number, number, number],
): Buffer<ArrayBuffer> {
  const at = place % (bytes.length + 1);
  if (kind > 2) return Buffer.concat([bytes]);
  const rest = bytes.subarray(kind === 0 ? at : at + 1);
  return Buffer.concat([bytes.subarray(0, at), Buffer.of(...(kind === 2 ? [] : [value])), rest]);
}
