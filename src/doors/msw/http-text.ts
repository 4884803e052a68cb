/** The head and the body of an HTTP/1.1 message. */
export interface HttpText {
  /** Request line or status line. */
  readonly startLine: string;
  readonly headers: Headers;
  readonly body: Uint8Array;
  /** Whether Content-Length stands there also where there is no body. */
  readonly hasLength: boolean;
}

/** Headers about bytes that fetch has taken off already: the body is as it was meant. */
const wireHeaders = ['content-length', 'transfer-encoding', 'content-encoding'];

/** The bytes of a message of fetch, as they could have lain on a connection. */
export function httpText({ startLine, headers, body, hasLength }: HttpText): Uint8Array {
  const kept = [...headers].filter(([name]) => !wireHeaders.includes(name));
  const length = body.length > 0 || hasLength ? [`content-length: ${body.length}`] : [];
  const lines = [startLine, ...kept.map(([name, value]) => `${name}: ${value}`), ...length, '', ''];
  return Buffer.concat([Buffer.from(lines.join('\r\n'), 'latin1'), body]);
}

/** Answers that fetch gives no body. @see Fetch, null body status */
const bodiless = [101, 103, 204, 205, 304];

/** Whether an answer with such code loses its body in fetch and in Mock Service Worker. */
export function isBodiless(code: number): boolean {
  return bodiless.includes(code);
}

/** `null` for what fetch refuses to make. */
export function sayable<Value>(make: () => Value): Value | null {
  try {
    return make();
  } catch {
    return null;
  }
}
