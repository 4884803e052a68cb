import type { StrandReader } from '../strands.ts';
import { Gathering } from '#src/wire/http/gathering.ts';
import type { FramingRules } from './dialect.ts';
import {
  headerBytes,
  mostPayloadBytes,
  type ServiceMessage,
  type ServiceProblem,
} from './message.ts';
import { services } from './layouts.ts';
import { readPayload } from './payload-reader.ts';

/** The header of a frame that is not whole yet. */
interface Header {
  readonly version: string;
  readonly service: number;
  readonly payloadBytes: number;
}

/**
 * Cuts the bytes of one direction of one connection into frames: 3 bytes of version, one of
 * service, 4 of length, then the payload. Total: any cut gives the same frames, in linear time, and
 * nothing throws. No more than one payload is held.
 */
export class Cutter implements StrandReader<ServiceMessage> {
  readonly #rules: FramingRules;
  readonly #held = new Gathering();
  #header: Header | null = null;
  /** Bytes of the payload so far, held or not. */
  #seenBytes = 0;
  #calls = 0;
  #answers = 0;

  constructor(rules: FramingRules) {
    this.#rules = rules;
  }

  get pendingBytes(): number {
    return (this.#header === null ? 0 : headerBytes + this.#seenBytes) + this.#heldOfHeader;
  }

  push(bytes: Uint8Array): readonly ServiceMessage[] {
    const messages: ServiceMessage[] = [];
    for (let at = 0; at < bytes.length;) {
      at += this.#header === null ? this.#readHeader(bytes, at) : this.#readBody(bytes, at);
      if (this.#header !== null && this.#seenBytes === this.#header.payloadBytes) {
        messages.push(this.#finish(this.#header, []));
      }
    }
    return messages;
  }

  end(how: 'end' | 'reset'): ServiceMessage | null {
    if (this.pendingBytes === 0) return null;
    const detail = `expected a whole frame, got ${this.pendingBytes} bytes of one (${how})`;
    const header = this.#header ?? { version: '', service: -1, payloadBytes: 0 };
    return this.#finish(header, [{ code: 'cut', detail }]);
  }

  get #heldOfHeader(): number {
    return this.#header === null ? this.#held.length : 0;
  }

  #readHeader(bytes: Uint8Array, at: number): number {
    const piece = bytes.subarray(at, at + headerBytes - this.#held.length);
    this.#held.add(piece);
    if (this.#held.length < headerBytes) return piece.length;
    const header = this.#held.take();
    this.#header = {
      version: header.subarray(0, 3).join('.'),
      service: header[3] ?? 0,
      payloadBytes: new DataView(header.buffer, header.byteOffset).getUint32(4),
    };
    return piece.length;
  }

  #readBody(bytes: Uint8Array, at: number): number {
    const payloadBytes = this.#header?.payloadBytes ?? 0;
    const piece = bytes.subarray(at, at + payloadBytes - this.#seenBytes);
    if (payloadBytes <= mostPayloadBytes) this.#held.add(piece);
    this.#seenBytes += piece.length;
    return piece.length;
  }

  /** `found`: what is wrong so that there is no payload to read. */
  #finish(header: Header, found: readonly ServiceProblem[]): ServiceMessage {
    const { version, service, payloadBytes } = header;
    const sizeBytes = this.pendingBytes;
    const payload = this.#held.take();
    this.#header = null;
    this.#seenBytes = 0;
    const fatal = found.length > 0 ? found : overLimit(payloadBytes);
    const read =
      fatal.length > 0
        ? { content: undefined, problems: fatal }
        : readPayload(service, payload, this.#rules);
    const problems = [...this.#versionProblem(version), ...read.problems];
    const exchange = this.#nextExchange(service);
    return { version, service, content: read.content, problems, exchange, sizeBytes };
  }

  /** What is no call may be passed over: no answer comes to it. */
  #nextExchange(service: number): number {
    const known = services[service];
    if (known === undefined) return Math.max(this.#calls, this.#answers);
    if (known.isAnswer) return (this.#answers += 1) - 1;
    return (this.#calls += 1) - 1;
  }

  #versionProblem(version: string): readonly ServiceProblem[] {
    const own = this.#rules.version.join('.');
    if (version === own || version === '') return [];
    return [{ code: 'version', detail: `expected version ${own}, got ${version}` }];
  }
}

function overLimit(payloadBytes: number): readonly ServiceProblem[] {
  if (payloadBytes <= mostPayloadBytes) return [];
  const detail = `expected at most ${mostPayloadBytes} bytes of payload, got ${payloadBytes}`;
  return [{ code: 'overLimit', detail }];
}
