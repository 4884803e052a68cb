import type { Ending } from '#src/contract/trace.ts';

/** What came next on a connection. */
export type Arrival =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'closed'; readonly how: Ending }
  | { readonly kind: 'silence'; readonly waitedMs: number };

/** One connection, whatever carries it. Reads never reject; what the peer does is an arrival. */
export interface Link extends AsyncDisposable {
  /** Hands the bytes over in one write. Nothing happens on a connection that has ended. */
  write(bytes: Uint8Array): void;
  /** The next arrival, within `limitMs`. One read at a time. */
  read(limitMs: number): Promise<Arrival>;
  /** Ends our half (FIN). */
  end(): void;
  /** Breaks the connection off (RST). */
  reset(): void;
  /** Resolves once its peer takes more bytes; `undefined` where it does now. */
  room?(): Promise<void> | undefined;
  /** Who is at its other end, `host:port`, where that is known. */
  readonly remote?: string;
}

/** Something that waits for connections, until disposed. */
export interface Listener extends AsyncDisposable {
  readonly host: string;
  readonly port: number;
}
