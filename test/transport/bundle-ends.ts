import {
  encodeRecord,
  RecordDecoder,
  type BundleRecord,
  type RecordKind,
  type Strand,
} from '#src/base/records.ts';
import {
  bundleAsCaller,
  bundleAsServer,
  type CallerBundle,
  type ServerBundle,
} from '#src/transport/bundle.ts';
import type { Link } from '#src/transport/link.ts';
import type { Address } from '#src/transport/tcp.ts';

export const loopback = { host: '127.0.0.1', port: 0 } as const;
export const plan = { limitMs: 1000 } as const;

/** Both sides of a bundle, over real connections. */
export interface BundlePair extends AsyncDisposable {
  readonly caller: CallerBundle;
  readonly server: ServerBundle;
}

/** A caller and a server with so many ends; pushes go where the caller awaits them. */
export async function bundlePair(ends: 1 | 2): Promise<BundlePair> {
  await using held = new AsyncDisposableStack();
  const each = Array.from({ length: ends }, () => loopback);
  let pushPlaces: readonly Address[] = [];
  const push = (end: 0 | 1) => pushPlaces[end] ?? null;
  const server = held.use(await bundleAsServer({ listen: each, push }, plan));
  const caller = held.use(await bundleAsCaller({ ends: server.listening, pushAt: each }, plan));
  pushPlaces = caller.pushAt;
  const ours = held.move();
  return { caller, server, [Symbol.asyncDispose]: () => ours.disposeAsync() };
}

/** A connection: `a0` is the first call at end a, `b1p` the second push at end b. */
export function strand(name: string): Strand {
  const [, end, digits, push] = /^([ab])(\d+)(p?)$/.exec(name) ?? [];
  return { end: end === 'b' ? 1 : 0, by: push === 'p' ? 1 : 0, connection: Number(digits) };
}

/** One record, its data as text. */
export function record(kind: RecordKind, name: string, text = ''): Uint8Array {
  return encodeRecord({ ...strand(name), kind, bytes: Buffer.from(text) });
}

/** What a link brings, by connection: text, and how it ended. */
export class Ear {
  readonly #link: Link;
  readonly #decoder = new RecordDecoder();
  readonly heard: BundleRecord[] = [];

  constructor(link: Link) {
    this.#link = link;
  }

  /** Reads on until it holds, at most 5 s; every arrival is one record. */
  async until(holds: () => boolean): Promise<void> {
    const untilMs = performance.now() + 5000;
    while (!holds()) {
      const arrival = await this.#link.read(200);
      if (arrival.kind === 'closed') throw new Error('the bundle is closed');
      if (arrival.kind === 'silence') {
        if (performance.now() > untilMs) throw new Error(`only heard ${this.story()}`);
        continue;
      }
      const pieces = this.#decoder.push(arrival.bytes);
      const [piece] = pieces;
      if (pieces.length !== 1 || piece === undefined || piece.kind === 'bad') {
        throw new Error(`${pieces.length} records in one arrival`);
      }
      this.heard.push({ ...piece, bytes: Uint8Array.from(piece.bytes) });
    }
  }

  /** Everything that came on a connection as text. */
  text(name: string): string {
    const bytes = this.#on(name).map((piece) => piece.bytes);
    return Buffer.concat(bytes).toString();
  }

  /** How a connection ended; `null` where it did not. */
  ending(name: string): RecordKind | null {
    return this.#on(name).find(({ kind }) => kind !== 'data')?.kind ?? null;
  }

  /** In short, for the message of a test that fails. */
  story(): string {
    const last = this.heard.slice(-5).map(({ kind, bytes }) => `${kind} ${bytes.length}`);
    return `${this.heard.length} records, the last ones: ${last.join(', ')}`;
  }

  #on(name: string): readonly BundleRecord[] {
    const { end, by, connection } = strand(name);
    return this.heard.filter(
      (piece) => piece.end === end && piece.by === by && piece.connection === connection,
    );
  }
}
