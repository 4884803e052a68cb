import { HarnessError } from '#src/base/errors.ts';
import { Arrivals } from './arrivals.ts';
import { encodeRecord, RecordDecoder, type BundleRecord, type Strand } from '#src/base/records.ts';
import { OpenStrand } from './bundle-strand.ts';
import type { Arrival, Link, Listener } from './link.ts';
import { connectTcp, type Address } from './tcp.ts';

/** Connections that are open at a time. */
const maxStrands = 1024;
/** Connections that both sides have ended, and that may still have bytes under way. */
const maxFading = 256;
/** Unread bytes of all connections that are held before every peer is made to wait. */
const maxHeldBytes = 32 * 1024 * 1024;

/** Which side of a bundle it is, and where its connections go. */
export interface BundleSide {
  /** Of the connections that are opened here. */
  readonly by: 0 | 1;
  readonly limitMs: number;
  /** Where the connections of an end go that are opened here. */
  readonly place: (end: 0 | 1) => Address | null;
}

/** Many connections as one link, whose bytes are records. */
export class Bundle implements Link {
  readonly #side: BundleSide;
  readonly #decoder = new RecordDecoder();
  readonly #arrivals = new Arrivals();
  readonly #strands = new Map<string, OpenStrand>();
  readonly #fading: OpenStrand[] = [];
  readonly #listeners: Listener[] = [];
  /** Those who wait until bytes were read. */
  #crowd: (() => void)[] = [];
  /** The next number at each end: of connections opened here, and of those that came in. */
  readonly #nextOpened: [number, number] = [0, 0];
  readonly #nextWelcomed: [number, number] = [0, 0];
  #isEnding = false;
  #closed: Promise<void> | null = null;

  constructor(side: BundleSide) {
    this.#side = side;
  }

  /** Ends a listener together with the bundle. */
  keep(listener: Listener): void {
    this.#listeners.push(listener);
  }

  /** Takes in a connection that came. */
  welcome(end: 0 | 1, link: Link): void {
    if (this.#isEnding || this.#strands.size >= maxStrands) return link.reset();
    const connection = this.#nextWelcomed[end];
    this.#nextWelcomed[end] += 1;
    const by = this.#side.by === 0 ? 1 : 0;
    this.#add({ end, by, connection }, Promise.resolve(link));
  }

  write(bytes: Uint8Array): void {
    for (const piece of this.#decoder.push(bytes)) {
      if (piece.kind === 'bad') throw new HarnessError('internal', piece.detail);
      if (!this.#isEnding) this.#perform(piece);
    }
  }

  read(limitMs: number): Promise<Arrival> {
    if (this.#crowd.length > 0 && this.#arrivals.heldBytes < maxHeldBytes) this.#makeRoom();
    return this.#arrivals.read(limitMs);
  }

  /** Ends our half of every connection and takes no more; it is over when the peers have ended. */
  end(): void {
    this.#isEnding = true;
    for (const open of this.#strands.values()) this.#perform({ ...ending, ...open.strand });
    if (this.#strands.size === 0) this.#close();
  }

  reset(): void {
    this.#isEnding = true;
    for (const open of this.#strands.values()) open.reset();
    this.#close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#close();
  }

  #perform(record: BundleRecord): void {
    const open = this.#strands.get(nameOf(record)) ?? this.#dial(record);
    if (open === undefined) return;
    if (record.kind === 'data') open.write(record.bytes);
    else if (record.kind === 'ended') open.end();
    else open.reset();
    this.#forgetIfOver(open);
  }

  /** Opens a connection that was not named before; nothing where it was, or is not ours to open. */
  #dial({ end, by, connection }: Strand): OpenStrand | undefined {
    if (by !== this.#side.by || connection < this.#nextOpened[end]) return undefined;
    this.#nextOpened[end] = connection + 1;
    const place = this.#strands.size < maxStrands ? this.#side.place(end) : null;
    const opened = place === null ? null : connectTcp(place, this.#side.limitMs);
    return this.#add(
      { end, by, connection },
      Promise.resolve(opened).catch(() => null),
    );
  }

  #add(strand: Strand, opened: Promise<Link | null>): OpenStrand {
    const open = new OpenStrand(strand, opened);
    this.#strands.set(nameOf(strand), open);
    void this.#listenTo(open);
    return open;
  }

  async #listenTo(open: OpenStrand): Promise<void> {
    for await (const { kind, bytes } of open.happenings(() => this.#room())) {
      const record = encodeRecord({ ...open.strand, kind, bytes });
      this.#arrivals.arrive({ kind: 'bytes', bytes: record });
      this.#forgetIfOver(open);
    }
  }

  #forgetIfOver(open: OpenStrand): void {
    if (!open.isOver || !this.#strands.delete(nameOf(open.strand))) return;
    this.#fading.push(open);
    if (this.#fading.length > maxFading) void this.#fading.shift()?.[Symbol.asyncDispose]();
    if (this.#isEnding && this.#strands.size === 0) this.#close();
  }

  #room(): Promise<void> | undefined {
    if (this.#arrivals.heldBytes < maxHeldBytes || this.#closed !== null) return undefined;
    return new Promise((resolve) => this.#crowd.push(resolve));
  }

  #makeRoom(): void {
    const crowd = this.#crowd;
    this.#crowd = [];
    for (const enter of crowd) enter();
  }

  #close(): Promise<void> {
    this.#isEnding = true;
    this.#closed ??= this.#closeAll();
    return this.#closed;
  }

  async #closeAll(): Promise<void> {
    this.#arrivals.arrive({ kind: 'closed', how: 'end' });
    this.#makeRoom();
    const open = [...this.#strands.values(), ...this.#fading];
    this.#strands.clear();
    /** A listener would end its connections before those that are reset could be. */
    for (const ended of [open, this.#listeners]) {
      await Promise.all(ended.map((one) => one[Symbol.asyncDispose]()));
    }
  }
}

const ending = { kind: 'ended', bytes: new Uint8Array(0) } as const;

function nameOf({ end, by, connection }: Strand): string {
  return `${end} ${by} ${connection}`;
}
