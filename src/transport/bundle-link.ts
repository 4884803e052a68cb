import type { Clock } from '#src/base/clock.ts';
import { HarnessError } from '#src/base/errors.ts';
import { Arrivals } from './arrivals.ts';
import { readPlace } from '#src/base/place.ts';
import { encodeRecord, RecordDecoder, type BundleRecord, type Strand } from '#src/base/records.ts';
import { OpenStrand } from './bundle-strand.ts';
import type { Credentials } from './credentials.ts';
import { dial } from './dial.ts';
import type { Arrival, Link } from './link.ts';
import type { Address } from './tcp.ts';

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
  /**
   * Where a connection of an end goes that is opened here; `route` is what the session said of it
   * before.
   */
  readonly place: (end: 0 | 1, route: Address | null) => Address | null;
  /** For TLS; `null` for TCP. */
  readonly credentials: Credentials | null;
  /** Opened just now, for the first connection of end 0. */
  readonly first?: Link;
  /** Opens a connection within this process, wherever its place is said to be. */
  readonly inside?: (end: 0 | 1) => Link;
  /** Of what happens within this process. */
  readonly clock?: Clock;
}

/** An idle connection that is older may be given up by its server, ms. */
const freshMs = 1000;

/** Many connections as one link, whose bytes are records. */
export class Bundle implements Link {
  readonly #side: BundleSide;
  readonly #decoder = new RecordDecoder();
  readonly #arrivals: Arrivals;
  readonly #strands = new Map<string, OpenStrand>();
  readonly #fading: OpenStrand[] = [];
  /** Of the connection that is to be opened next at each end. */
  readonly #routes: [Address | null, Address | null] = [null, null];
  readonly #kept: AsyncDisposable[] = [];
  /** Those who wait until bytes were read. */
  #crowd: (() => void)[] = [];
  /** The next number at each end: of connections opened here, and of those that came in. */
  readonly #nextOpened: [number, number] = [0, 0];
  readonly #nextWelcomed: [number, number] = [0, 0];
  #first: Link | null;
  readonly #beganMs = performance.now();
  #isEnding = false;
  #closed: Promise<void> | null = null;

  constructor(side: BundleSide) {
    this.#side = side;
    this.#arrivals = new Arrivals(side.clock);
    this.#first = side.first ?? null;
  }

  /** Ends something together with the bundle. */
  keep(ended: AsyncDisposable): void {
    this.#kept.push(ended);
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
    if (record.kind === 'route') {
      this.#routes[record.end] = readPlace(Buffer.from(record.bytes).toString('latin1'));
      return;
    }
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
    const route = this.#routes[end];
    this.#routes[end] = null;
    const place = this.#strands.size < maxStrands ? this.#side.place(end, route) : null;
    const opened = place === null ? null : this.#open(end, place);
    return this.#add(
      { end, by, connection },
      Promise.resolve(opened).catch(() => null),
    );
  }

  async #open(end: 0 | 1, place: Address): Promise<Link> {
    const { inside } = this.#side;
    if (inside !== undefined) return inside(end);
    const first = this.#first;
    if (first === null || end !== 0) return dial(place, this.#side);
    this.#first = null;
    if (performance.now() - this.#beganMs < freshMs) return first;
    await first[Symbol.asyncDispose]();
    return dial(place, this.#side);
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
    const unused = this.#first === null ? [] : [this.#first];
    const open = [...this.#strands.values(), ...this.#fading, ...unused];
    this.#strands.clear();
    /** A listener would end its connections before those that are reset could be. */
    for (const ended of [open, this.#kept]) {
      await Promise.all(ended.map((one) => one[Symbol.asyncDispose]()));
    }
  }
}

/** A link of members of its own, as all links are: whoever changes one spreads it. */
export function plainLink(bundle: Bundle): Link {
  return {
    write: (bytes) => bundle.write(bytes),
    read: (limitMs) => bundle.read(limitMs),
    end: () => bundle.end(),
    reset: () => bundle.reset(),
    [Symbol.asyncDispose]: () => bundle[Symbol.asyncDispose](),
  };
}

const ending = { kind: 'ended', bytes: new Uint8Array(0) } as const;

function nameOf({ end, by, connection }: Strand): string {
  return `${end} ${by} ${connection}`;
}
