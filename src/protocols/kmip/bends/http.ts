import { requirements } from '#models/kmip/index.ts';
import type { Requirement } from '#models/language/index.ts';
import type { FrameOp } from '#src/contract/fuzz.ts';
import type { HttpBend } from '#src/wire/http/message-writer.ts';
import type { KmipBend } from '../compose.ts';
import { pick } from './trees.ts';

const headerLines = [
  ...['Content-Type: text/plain', 'Expect: 100-continue', 'Connection: close'],
  ...['Content-Length: 5', ': no name', 'no colon', 'X-Long: '.padEnd(9000, 'x')],
  ...['Transfer-Encoding: chunked', 'Accept: text/html', 'Content-Encoding: gzip'],
];
const lengths = [null, '0', '-1', '1e2', '5, 6', '99999999999999999999', 'x'];
const chunkings = [
  { sizes: [1] },
  { sizes: [7, 64], extension: ';x=y' },
  { sizes: [16], trailers: ['X-After: 1'] },
  { sizes: [16], last: 'x\r\n\r\n' },
];
const types = [
  ...['application/octet-stream', 'application/json', 'text/xml', 'application/xml'],
  ...['application/json; charset=utf-8', 'text/plain', 'APPLICATION/JSON', ''],
];
const targets = ['/', '/kmip/', '/kmip?x=1', '/kmip/2_1', '/KMIP', '/kmip/../kmip', '*', '//kmip'];

function ofHttp(decides: Requirement, bend: (which: number, more: number) => KmipBend) {
  return {
    decides,
    bend: ([which = 0, more = 0]) => bend(which, more),
  } as const satisfies FrameOp<KmipBend>;
}

const around = (bend: HttpBend): KmipBend => ({ http: bend });

/** Bends of the HTTP around messages; nothing of a stream. */
export const httpBends = {
  httpHead: ofHttp(requirements.httpSyntax, (which, more) =>
    around(
      pick<HttpBend>(
        [
          { extra: [pick(headerLines, more)] },
          { length: pick(lengths, more) },
          { chunked: pick(chunkings, more) },
          { omit: [pick(['host', 'content-type', 'content-length', 'cache-control'], more)] },
          { names: more % 2 === 0 ? 'lower' : 'upper' },
          { lineEnd: more % 2 === 0 ? '\n' : '\r' },
          { startLine: pick(['GET / HTTP/1.1', 'HTTP/2.0 200', 'POST /kmip', ''], more) },
        ],
        which,
      ),
    ),
  ),
  httpPlace: ofHttp(requirements.httpPost, (which, more) =>
    which % 3 === 0
      ? { method: pick(['GET', 'PUT', 'post', 'OPTIONS', 'DELETE'], more) }
      : { target: pick(targets, more) },
  ),
  httpType: ofHttp(requirements.httpContentType, (which) => ({ contentType: pick(types, which) })),
} as const satisfies Readonly<Record<string, FrameOp<KmipBend>>>;
