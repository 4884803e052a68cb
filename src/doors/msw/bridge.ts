import { HttpResponse } from 'msw';
import { encodeRecord, type RecordKind } from '#src/base/records.ts';
import type { Role } from '#src/play/perform.ts';
import { receive } from '#src/play/reception.ts';
import type { Recorder } from '#src/play/recorder.ts';
import { HttpFrameReader, type HttpFrame } from '#src/protocols/etsi-004/index.ts';
import { overheard } from '#src/suite/overheard.ts';
import type { Link } from '#src/transport/link.ts';
import { memoryPair } from '#src/transport/memory.ts';
import { callBytes, jsonOf, responseOf, type Call } from './calls.ts';
import { sayable } from './http-text.ts';
import { answerBytes, KmsUrls, requestOf, unreadable, type End, type Push } from './pushes.ts';

/** What the device performs with, and who takes its pushes. */
export interface Stage {
  readonly role: Role;
  readonly recorder: Recorder;
  readonly onPush: (push: Push) => Response | Promise<Response>;
  readonly pushLimitMs: number;
}

type Answered = (frame: HttpFrame | null) => void;

/** Longest wait for the device's next bytes; then it is waited again, ms. */
const patienceMs = 60_000;

/**
 * Requests and responses on one side, the bytes of a reference device on the other. Each call has a
 * connection of its own; the device opens those of its pushes.
 */
export class Bridge {
  readonly #stage: Stage;
  readonly #link: Link;
  readonly #kms: KmsUrls;
  /** Calls that await their answer, by the name of their connection. */
  readonly #waiting = new Map<string, Answered>();
  /** Pushes that are under way. */
  readonly #pushes = new Set<Promise<void>>();
  readonly #next: Record<End, number> = { a: 0, b: 0 };
  readonly #closing = new AbortController();
  #fault: unknown = null;

  constructor(stage: Stage) {
    const { role, recorder } = stage;
    const { kmsUrl, peerKmsUrl } = role.settings.options;
    const [near, far] = memoryPair();
    this.#stage = stage;
    this.#link = near;
    this.#kms = new KmsUrls({ a: kmsUrl, b: peerKmsUrl });
    recorder.record({ kind: 'opened' });
    const onFault = (fault: unknown) => {
      this.#fault = fault;
      this.#failAll();
    };
    void receive(role, overheard(far, recorder), onFault).catch(onFault);
    void this.#listen();
  }

  /**
   * Calls the device and awaits its answer: a network error where it gives none, or none that
   * fetch can say.
   * @throws whatever went wrong in the device itself.
   */
  async call(end: End, call: Call): Promise<Response> {
    if (this.#fault !== null) throw this.#fault;
    if (this.#closing.signal.aborted) return HttpResponse.error();
    const connection = this.#next[end];
    this.#next[end] += 1;
    const frame = await new Promise<HttpFrame | null>((resolve) => {
      this.#waiting.set(nameOf(end, connection), resolve);
      this.#write('data', { end, by: 0, connection, bytes: callBytes(call) });
    });
    if (this.#fault !== null) throw this.#fault;
    this.#write('ended', { end, by: 0, connection });
    if (call.target.endsWith('/open-connect')) {
      this.#kms.opened(jsonOf(call.body), frame?.message.json?.ok && frame.message.json.value);
    }
    return responseOf(frame);
  }

  /** Waits until no push is under way that was sent by now. */
  async settle(): Promise<void> {
    await Promise.all(this.#pushes);
    if (this.#fault !== null) throw this.#fault;
  }

  async close(): Promise<void> {
    this.#closing.abort();
    this.#failAll();
    this.#link.end();
    await this.#link[Symbol.asyncDispose]();
    await Promise.all(this.#pushes);
  }

  async #listen(): Promise<void> {
    const reader = new HttpFrameReader({ endings: true });
    for (;;) {
      const arrival = await this.#link.read(patienceMs);
      if (arrival.kind === 'closed') return this.#failAll();
      if (arrival.kind !== 'bytes') continue;
      for (const frame of reader.push(arrival.bytes)) this.#take(frame);
    }
  }

  #take(frame: HttpFrame): void {
    const { end, by, connection, message, ended } = frame;
    if (by === 'kms') {
      const isInterim = message.kind === 'response' && message.code < 200;
      const name = nameOf(end, connection);
      if (!isInterim) this.#waiting.get(name)?.(frame);
      if (!isInterim) this.#waiting.delete(name);
    } else if (ended === undefined) {
      const push = this.#push(frame);
      this.#pushes.add(push);
      void push.finally(() => this.#pushes.delete(push));
    }
  }

  /** Hands a push over; no answer in time is a silence, none at all a connection that broke. */
  async #push(frame: HttpFrame): Promise<void> {
    const { end, connection } = frame;
    const strand = { end, by: 1, connection } as const;
    const { pushLimitMs, recorder } = this.#stage;
    const late = AbortSignal.timeout(pushLimitMs);
    const answer = await within(
      this.#deliver(frame),
      AbortSignal.any([late, this.#closing.signal]),
    );
    if (this.#closing.signal.aborted) return;
    if (answer === 'late') return recorder.record({ kind: 'silence', waitedMs: pushLimitMs });
    if (answer === null) return this.#write('reset', strand);
    this.#write('data', { ...strand, bytes: answer });
    if (wantsEnd(frame)) this.#write('ended', strand);
  }

  /** The bytes of the answer; `null` where there is nobody to give one. */
  async #deliver({ end, message }: HttpFrame): Promise<Uint8Array | null> {
    if (message.kind !== 'request') return unreadable;
    const { method, target, headers, body } = message;
    const content = message.json?.ok === true ? message.json.value : undefined;
    const pushed = { end, method, target, headers, body, content };
    const url = sayable(() => this.#kms.of(pushed));
    if (url === null) return null;
    const request = sayable(() => requestOf(pushed, url));
    if (request === null) return unreadable;
    try {
      return await answerBytes(await this.#stage.onPush({ end, request }));
    } catch {
      return null;
    }
  }

  #write(kind: RecordKind, strand: Strand): void {
    const { end, by, connection, bytes = new Uint8Array(0) } = strand;
    this.#link.write(encodeRecord({ kind, end: end === 'a' ? 0 : 1, by, connection, bytes }));
  }

  #failAll(): void {
    for (const answered of this.#waiting.values()) answered(null);
    this.#waiting.clear();
  }
}

interface Strand {
  readonly end: End;
  readonly by: 0 | 1;
  readonly connection: number;
  readonly bytes?: Uint8Array;
}

function nameOf(end: End, connection: number): string {
  return `${end} ${connection}`;
}

/** @see RFC 9112, section 9.6 */
function wantsEnd({ message }: HttpFrame): boolean {
  return message.headers.some(
    ({ name, value }) => name.toLowerCase() === 'connection' && /\bclose\b/i.test(value),
  );
}

function within<Value>(wanted: Promise<Value>, signal: AbortSignal): Promise<Value | 'late'> {
  return Promise.race([
    wanted,
    new Promise<'late'>((resolve) => {
      signal.addEventListener('abort', () => resolve('late'), { once: true });
    }),
  ]);
}
