import { member } from '#models/etsi-004/index.ts';
import { httpText, isBodiless } from './http-text.ts';

/** An end of the link: `a` the source, `b` the destination. */
export type End = 'a' | 'b';

/** A call of the device to the KMS, as it is handed over. */
export interface Push {
  readonly end: End;
  /** Its URL begins with what open-connect named as `source`, at end b as `destination`. */
  readonly request: Request;
}

/** Parts of a call of the device. */
export interface Pushed {
  readonly end: End;
  readonly method: string;
  readonly target: string;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  readonly body: Uint8Array;
  /** The JSON value of the body. */
  readonly content: unknown;
}

/** Streams whose KMSs are remembered. */
const mostStreams = 1024;

/** Where the KMSs are called, as their open-connects say. */
export class KmsUrls {
  readonly #byStream = new Map<string, Readonly<Record<End, unknown>>>();
  #last: Readonly<Record<End, unknown>>;

  /** `configured`: where a stream that nobody knows is pushed to. */
  constructor(configured: Readonly<Record<End, unknown>>) {
    this.#last = configured;
  }

  /** An open-connect was asked for, and answered. */
  opened(asked: unknown, answer: unknown): void {
    const named = { a: member(asked, 'source'), b: member(asked, 'destination') };
    const id = member(answer, 'key_stream_id') ?? member(asked, 'key_stream_id');
    this.#last = named;
    if (typeof id !== 'string') return;
    this.#byStream.set(id.toLowerCase(), named);
    const [oldest] = this.#byStream.keys();
    if (this.#byStream.size > mostStreams && oldest !== undefined) this.#byStream.delete(oldest);
  }

  /** @throws TypeError where nothing says it, or it is no URL. */
  of({ end, target, content }: Pushed): URL {
    const id = member(member(member(content, 'metadata'), 'buffer'), 'key_stream_id');
    const known = this.#byStream.get(String(id).toLowerCase()) ?? this.#last;
    return new URL(target, String(known[end]));
  }
}

/**
 * The request of a push.
 * @throws TypeError where fetch cannot say it: a bent method, header or place.
 */
export function requestOf(push: Pushed, url: URL): Request {
  const { method, body } = push;
  const headers = new Headers();
  for (const { name, value } of push.headers) {
    if (!hopByHop.includes(name.toLowerCase())) headers.append(name, value);
  }
  const content = method === 'GET' || method === 'HEAD' ? {} : { body: Uint8Array.from(body) };
  return new Request(url, { method, headers, ...content });
}

/** What fetch says by itself. */
const hopByHop = ['host', 'connection', 'content-length', 'transfer-encoding'];

/** The bytes of the answer to a push. */
export async function answerBytes(response: Response): Promise<Uint8Array> {
  const { status, statusText, headers } = response;
  return httpText({
    startLine: `HTTP/1.1 ${status} ${statusText}`,
    headers,
    body: await response.bytes(),
    hasLength: !isBodiless(status) || status === 205,
  });
}

/** What a server says that could not read a call at all. */
export const unreadable: Uint8Array = httpText({
  startLine: 'HTTP/1.1 400 Bad Request',
  headers: new Headers({ 'content-type': 'application/json' }),
  body: Buffer.from('{"status":4}'),
  hasLength: true,
});
