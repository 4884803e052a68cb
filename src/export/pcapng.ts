import { RecordDecoder, type RecordPiece } from '#src/base/records.ts';
import type { Exhibit } from '#src/contract/exhibit.ts';
import type { Protocol } from '#src/contract/protocol.ts';
import type { Trace, TraceEvent } from '#src/contract/trace.ts';
import { headline, secretsNote } from './notes.ts';
import {
  enhancedPacket,
  interfaceDescription,
  sectionHeader,
  type CapturedFrame,
} from './pcapng/blocks.ts';
import { Conversation, type End } from './pcapng/conversation.ts';
import { packet, type Endpoint } from './pcapng/packet.ts';

/**
 * A trace as a capture that Wireshark opens: TCP between addresses of nobody's, every byte as it was
 * said, at its time; what is wrong stands as a comment at the packet that shows it.
 * `startedAtMs`: since 1970, where it is known.
 */
export function pcapng(
  about: { readonly protocol: Protocol; readonly trace: Trace; readonly exhibit: Exhibit },
  { startedAtMs = 0 }: { readonly startedAtMs?: number } = {},
): Uint8Array {
  const capture = new Capture(about.protocol, about.trace, startedAtMs);
  const wrongAt = about.exhibit.verdict.violation?.at ?? null;
  for (const [at, event] of about.trace.events.entries()) {
    capture.take(event);
    if (at === wrongAt) capture.comment(headline(about.exhibit).join('\n'));
  }
  const secrets = secretsNote(about.exhibit);
  const comments = [...headline(about.exhibit), ...(secrets === null ? [] : [secrets])];
  return Buffer.concat([
    sectionHeader([comments.join('\n')], 'qkdspec'),
    interfaceDescription(),
    ...capture.frames.map(enhancedPacket),
  ]);
}

/** Where a dissector looks for HTTP. */
const httpPort = 8080;
const firstFreePort = 49_152;
/** Last bytes of addresses: of the client at ends a and b, and of the server there. */
const hosts = { client: [1, 3], server: [2, 4] } as const;

class Capture {
  readonly frames: (CapturedFrame & { readonly comments: string[] })[] = [];
  readonly #startedAtUs: bigint;
  readonly #playerIsClient: boolean;
  readonly #port: number;
  readonly #isBundle: boolean;
  #nowUs = 0n;
  #connections = 0;
  /** The one connection, or those of a bundle by name. */
  readonly #open = new Map<string, Conversation>();
  #records = { sent: new RecordDecoder(), received: new RecordDecoder() };

  constructor(protocol: Protocol, trace: Trace, startedAtMs: number) {
    this.#startedAtUs = BigInt(Math.round(startedAtMs * 1000));
    this.#playerIsClient = trace.peer === protocol.model.server;
    this.#isBundle = protocol.bundle !== undefined;
    this.#port = isHttp(trace) ? httpPort : protocol.defaultPort;
  }

  take(event: TraceEvent): void {
    const atUs = this.#startedAtUs + BigInt(Math.round(event.atMs * 1000));
    if (atUs > this.#nowUs) this.#nowUs = atUs;
    switch (event.kind) {
      case 'opened':
        return this.#reopen();
      case 'sent':
      case 'received':
        return this.#carry(event.kind, event.bytes);
      case 'closed':
        return this.#close(event);
      case 'silence':
        return this.comment(`silence for ${Math.round(event.waitedMs)} ms`);
      case 'omitted':
        return this.comment(`left out behind this: ${event.note}`);
    }
  }

  /** Says something of what was seen last. */
  comment(text: string): void {
    this.frames.at(-1)?.comments.push(text);
  }

  #reopen(): void {
    this.#open.clear();
    this.#records = { sent: new RecordDecoder(), received: new RecordDecoder() };
    this.#connections += 1;
  }

  #carry(kind: 'sent' | 'received', bytes: Uint8Array): void {
    const isClient = (kind === 'sent') === this.#playerIsClient;
    if (!this.#isBundle) return this.#only().say(isClient ? 'opener' : 'other', bytes);
    for (const piece of this.#records[kind].push(bytes)) this.#record(piece, isClient);
  }

  #record(piece: RecordPiece, isClient: boolean): void {
    if (piece.kind === 'bad' || piece.kind === 'route') return;
    const end: End = isClient === (piece.by === 0) ? 'opener' : 'other';
    const talk = this.#strand(piece);
    if (piece.kind === 'data') talk.say(end, piece.bytes);
    else if (piece.kind === 'ended') talk.end(end);
    else talk.reset(end);
  }

  #strand({ end, by, connection }: { end: 0 | 1; by: 0 | 1; connection: number }): Conversation {
    const client = hosts.client[end];
    const server = hosts.server[end];
    const ends = by === 0 ? { from: client, to: server } : { from: server, to: client };
    return this.#talk(`${end} ${by} ${connection}`, ends);
  }

  #only(): Conversation {
    return this.#talk('', { from: hosts.client[0], to: hosts.server[0] });
  }

  #talk(name: string, { from, to }: { from: number; to: number }): Conversation {
    const known = this.#open.get(name);
    if (known !== undefined) return known;
    const opener = { host: from, port: this.#freePort() };
    const talk = new Conversation({ opener, other: { host: to, port: this.#port } }, (segment) => {
      this.#nowUs += 1n;
      const bytes = packet(segment, this.frames.length + 1);
      this.frames.push({ bytes, atUs: this.#nowUs, comments: [] });
    });
    this.#open.set(name, talk);
    return talk;
  }

  #freePort(): Endpoint['port'] {
    this.#connections += 1;
    return firstFreePort + (this.#connections % (0xffff - firstFreePort));
  }

  #close({ by, how }: Extract<TraceEvent, { kind: 'closed' }>): void {
    /** What happened on each connection of a bundle was told by its own records. */
    if (this.#isBundle) return;
    const end: End = (by === 'player') === this.#playerIsClient ? 'opener' : 'other';
    const talk = this.#only();
    if (how === 'end') talk.end(end);
    else if (how === 'reset') talk.reset(end);
    else talk.refuse();
  }
}

/** Whether what is said first is a request of HTTP, also in a record of a bundle. */
function isHttp({ events }: Trace): boolean {
  const first = events.find((event) => 'bytes' in event);
  if (first === undefined || !('bytes' in first)) return false;
  return / HTTP\/1\.\d\r?\n/.test(Buffer.from(first.bytes).toString('latin1'));
}
