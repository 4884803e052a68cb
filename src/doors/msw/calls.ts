import { HttpResponse } from 'msw';
import type { HttpFrame } from '#src/protocols/etsi-004/index.ts';
import { httpText, isBodiless, sayable } from './http-text.ts';

/** A call of the KMS as a handler has it. */
export interface Call {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly headers: Headers;
  readonly body: Uint8Array;
}

/** The bytes of a call, as they could have lain on a connection. */
export function callBytes({ method, target, headers, body }: Call): Uint8Array {
  const startLine = `${method} ${target} HTTP/1.1`;
  return httpText({ startLine, headers, body, hasLength: method !== 'GET' });
}

/** What fetch can say of an answer; a network error for the rest. */
export function responseOf(frame: HttpFrame | null): Response {
  const message = frame?.message;
  if (message?.kind !== 'response' || message.lost) return HttpResponse.error();
  const { code, reason, body } = message;
  const isEmpty = isBodiless(code);
  return (
    sayable(() => {
      const headers = new Headers();
      for (const { name, value } of message.headers) headers.append(name, value);
      if (isEmpty) headers.delete('content-type');
      if (isEmpty && code !== 204) headers.set('content-length', '0');
      const init = { status: code, statusText: reason, headers };
      return new HttpResponse(isEmpty ? null : Uint8Array.from(body), init);
    }) ?? HttpResponse.error()
  );
}

/** The JSON value of a body; `null` where it is none. */
export function jsonOf(body: Uint8Array): unknown {
  return sayable(() => JSON.parse(Buffer.from(body).toString()));
}
