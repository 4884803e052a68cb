import { valuesOf } from '#src/wire/http/fields.ts';
import { MessageReader } from '#src/wire/http/message-reader.ts';
import type { HttpResponse } from '#src/wire/http/message.ts';

/** Whether HTTP says that its connection ends behind a response. @see RFC 9112, section 9.3 */
export function isLast({ headers, version }: Pick<HttpResponse, 'headers' | 'version'>): boolean {
  const options = valuesOf(headers, 'connection').map((value) => value.toLowerCase());
  return options.includes('close') || (version === '1.0' && !options.includes('keep-alive'));
}

/** Looks at what a server says over HTTP: true behind the last response of a connection. */
export function lastResponseSeen(): (bytes: Uint8Array) => boolean {
  let reader = new MessageReader();
  return (bytes) => {
    const isOver = reader
      .push(bytes)
      .some((message) => message.kind === 'response' && isLast(message));
    if (isOver) reader = new MessageReader();
    return isOver;
  };
}
