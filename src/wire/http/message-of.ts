import { parseJson } from '#src/base/json.ts';
import type { BodyReader } from './body.ts';
import { valuesOf } from './fields.ts';
import type { Head } from './head.ts';
import type { Framing, HttpHeader, HttpMessage, HttpParts } from './message.ts';
import type { Problems } from './problems.ts';

/** Everything that is known of a message once it is over. */
export interface MessageSource {
  readonly head: Head;
  readonly framing: Framing;
  readonly body: BodyReader;
  readonly problems: Problems;
  readonly lost: boolean;
  readonly exchange: number;
  readonly sizeBytes: number;
}

/** The message, with the JSON of its body. */
export function messageOf(source: MessageSource): HttpMessage {
  const { head, framing, problems, lost, exchange, sizeBytes } = source;
  const body = source.body.take();
  if (body.length > 0 && head.start !== null) checkContentType(head.headers, problems);
  const parts: HttpParts = {
    headers: head.headers,
    framing: framing.kind,
    body,
    trailers: source.body.trailers,
    json: body.length === 0 ? null : parseJson(body, { specials: false }),
    problems: problems.list(),
    lost,
    exchange,
    sizeBytes,
  };
  return head.start === null ? { kind: 'unreadable', ...parts } : { ...head.start, ...parts };
}

const jsonType = /^application\/(?:[\w.-]+\+)?json[ \t]*(?:;|$)/i;

/** @see RFC 9110, section 8.3 */
function checkContentType(headers: readonly HttpHeader[], problems: Problems): void {
  const types = valuesOf(headers, 'content-type');
  if (types.length === 1 && jsonType.test(types[0] ?? '')) return;
  const got = types.length === 0 ? 'none' : types.length === 1 ? 'another' : `${types.length}`;
  problems.add('contentType', `expected the content type application/json, got ${got}`);
}
