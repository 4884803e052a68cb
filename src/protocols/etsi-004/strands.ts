import type { Reader } from '#src/contract/frame.ts';
import { RecordDecoder, type BundleRecord, type Strand } from '#src/base/records.ts';

/** Cuts one direction of one connection into messages. */
export interface StrandReader<Message> {
  push(bytes: Uint8Array): readonly Message[];
  /** The connection has ended: the message that it ended, or cut off. */
  end(how: 'end' | 'reset'): Message | null;
  /** Bytes of an incomplete message. */
  readonly pendingBytes: number;
}

/** Where a message was said, and how its connection ended, where that is what is told. */
export interface Spot {
  readonly end: 'a' | 'b';
  /** Who opened the connection: the KMS for its calls, the device for its pushes. */
  readonly by: 'kms' | 'qkd-device';
  readonly connection: number;
  readonly ended?: 'end' | 'reset';
}

/** How the connections of a bundle are read. */
export interface StrandsPlan<Message, Frame> {
  readonly reader: () => StrandReader<Message>;
  readonly frame: (message: Message, spot: Spot) => Frame;
  /** What stands for the end of a connection between two messages; `null`: nothing does. */
  readonly ending: Message | null;
  /** What stands where no record begins. */
  readonly bad: (detail: string) => Message;
}

/** Connections whose end has not come; the one that is quiet longest is let go beyond it. */
const maxConnections = 4096;

/**
 * Cuts one direction of a bundle of connections into the frames of all of them. Any cut gives the
 * same frames. What is no record gives one bad frame, and nothing is read after it.
 */
export class StrandsReader<Message, Frame> implements Reader<Frame> {
  readonly #plan: StrandsPlan<Message, Frame>;
  readonly #records = new RecordDecoder();
  /** The one that spoke last is the last one. */
  readonly #connections = new Map<string, StrandReader<Message>>();
  /** Of all connections together. */
  #pendingBytes = 0;

  constructor(plan: StrandsPlan<Message, Frame>) {
    this.#plan = plan;
  }

  get pendingBytes(): number {
    return this.#records.pendingBytes + this.#pendingBytes;
  }

  push(chunk: Uint8Array): readonly Frame[] {
    return this.#records.push(chunk).flatMap((piece) => {
      if (piece.kind !== 'bad') return this.#read(piece);
      return [this.#plan.frame(this.#plan.bad(piece.detail), spotOf(nowhere))];
    });
  }

  #read(piece: BundleRecord): readonly Frame[] {
    if (piece.kind === 'route') return [];
    const { frame, reader: newReader, ending } = this.#plan;
    const key = `${piece.end} ${piece.by} ${piece.connection}`;
    const reader = this.#connections.get(key) ?? newReader();
    this.#pendingBytes -= reader.pendingBytes;
    this.#connections.delete(key);
    if (piece.kind === 'data') {
      const messages = reader.push(piece.bytes);
      this.#pendingBytes += reader.pendingBytes;
      this.#connections.set(key, reader);
      this.#letGo();
      return messages.map((message) => frame(message, spotOf(piece)));
    }
    const ended = piece.kind === 'ended' ? 'end' : 'reset';
    const message = reader.end(ended) ?? ending;
    return message === null ? [] : [frame(message, { ...spotOf(piece), ended })];
  }

  #letGo(): void {
    if (this.#connections.size <= maxConnections) return;
    const [quietest] = this.#connections;
    if (quietest === undefined) return;
    this.#connections.delete(quietest[0]);
    this.#pendingBytes -= quietest[1].pendingBytes;
  }
}

const nowhere: Strand = { end: 0, by: 0, connection: 0 };

function spotOf({ end, by, connection }: Strand): Spot {
  return { end: end === 0 ? 'a' : 'b', by: by === 0 ? 'kms' : 'qkd-device', connection };
}
