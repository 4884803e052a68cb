import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { ClientRequest } from 'node:http';

const channel = 'http.client.request.created';
/** Marks a request of `node:http` on its way to its handler; taken off there. */
const mark = 'x-qkdspec-get';
/** Bodies that are kept at most: those of requests to others are never asked for. */
const mostBodies = 256;

/**
 * The bodies of GET requests to some origins. Mock Service Worker hands a GET on without its body,
 * as fetch has it; what a client of `node:http` writes is seen here.
 */
export class GetBodies implements Disposable {
  readonly #origins: readonly string[];
  readonly #bodies = new Map<string, Promise<Uint8Array>>();
  readonly #see = (message: unknown) => this.#created(message);
  #count = 0;

  constructor(urls: readonly string[]) {
    this.#origins = urls.map((url) => new URL(url).origin);
    subscribe(channel, this.#see);
  }

  /** The body of a GET that came, and its headers without the mark. */
  async take(request: Request): Promise<{ readonly headers: Headers; readonly body: Uint8Array }> {
    const headers = new Headers(request.headers);
    const name = headers.get(mark) ?? '';
    headers.delete(mark);
    const body = await this.#bodies.get(name);
    this.#bodies.delete(name);
    return { headers, body: body ?? new Uint8Array(0) };
  }

  [Symbol.dispose](): void {
    unsubscribe(channel, this.#see);
    this.#bodies.clear();
  }

  #created(message: unknown): void {
    const request = member(message, 'request');
    if (!(request instanceof ClientRequest) || !this.#isOurs(request)) return;
    this.#count += 1;
    const name = String(this.#count);
    request.setHeader(mark, name);
    this.#bodies.set(name, written(request));
    const [oldest] = this.#bodies.keys();
    if (this.#bodies.size > mostBodies && oldest !== undefined) this.#bodies.delete(oldest);
  }

  /** Headers that were given as a list are sent already: nothing can be marked there. */
  #isOurs(request: ClientRequest): boolean {
    if (request.method !== 'GET' || request.headersSent) return false;
    const host = request.getHeader('host');
    return this.#origins.includes(`${request.protocol}//${String(host).toLowerCase()}`);
  }
}

/** Everything that is written to a request, once it is over. */
function written(request: ClientRequest): Promise<Uint8Array> {
  return new Promise((resolve) => {
    const pieces: Uint8Array[] = [];
    request.write = seen(request.write, (args) => pieces.push(bytesOf(args)));
    request.end = seen(request.end, (args) => {
      pieces.push(bytesOf(args));
      resolve(Buffer.concat(pieces));
    });
    request.once('close', () => resolve(Buffer.concat(pieces)));
  });
}

/** The same method, with somebody who sees its arguments first. */
function seen<Method extends (...args: never[]) => unknown>(
  method: Method,
  see: (args: readonly unknown[]) => void,
): Method {
  return new Proxy(method, {
    apply(target, self, args: readonly unknown[]): unknown {
      see(args);
      return Reflect.apply(target, self, args);
    },
  });
}

function bytesOf([chunk, encoding]: readonly unknown[]): Uint8Array {
  if (chunk instanceof Uint8Array) return Buffer.from(chunk);
  if (typeof chunk !== 'string') return new Uint8Array(0);
  const isNamed = typeof encoding === 'string' && Buffer.isEncoding(encoding);
  return Buffer.from(chunk, isNamed ? encoding : 'utf8');
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
