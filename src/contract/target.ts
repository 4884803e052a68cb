/** Where the side under test is. */
export type Target =
  /** It waits for connections at an address. */
  | {
      readonly kind: 'address';
      readonly host: string;
      readonly port: number;
      /** Over TLS. */
      readonly secure?: true;
    }
  /** It is one of our reference sides, or a mutant of one, on a loopback socket of this process. */
  | { readonly kind: 'reference'; readonly mutant: string | null }
  /**
   * It is a client: a command with {host}, {port} and {url} starts it once a case; {peerPort} and
   * {peerUrl} are the second end's, where there are two. URLs are as its software writes them.
   */
  | { readonly kind: 'command'; readonly command: string }
  /** It is a client that connects to us at this address by itself. */
  | { readonly kind: 'listen'; readonly host: string; readonly port: number };

/** Files of PEM, and how strictly certificates are looked at. */
export interface TlsPaths {
  /** The authorities that the target's certificate may be signed by; the system's without it. */
  readonly ca?: string;
  /** Our certificate and its private key. */
  readonly cert?: string;
  readonly key?: string;
  /** The name that a server's certificate must have; without it that of its address. */
  readonly serverName?: string;
  /** Any certificate will do. */
  readonly insecure?: boolean;
}

/** Everything about one target: what a profile file says, with flags laid over it. */
export interface Profile {
  readonly name: string;
  readonly protocol: string;
  readonly target: Target;
  /** The side under test. */
  readonly side: string;
  readonly dialect: string;
  /** Pinned readings, by ambiguity key. */
  readonly readings: Readonly<Record<string, string>>;
  /** The protocol's own settings. */
  readonly options: Readonly<Record<string, unknown>>;
  /** For an owed answer, ms; `null`: calibrated by the sanity exchange. */
  readonly replyMs: number | null;
  readonly replyMsAfter: Readonly<Record<string, number>>;
  /** Phases that the target declares it does not have: their cases are not applicable. */
  readonly absent: readonly string[];
  /** Messages that must never be sent. */
  readonly never: readonly string[];
  /** Nothing malformed: cases tagged `hostile` are not run. */
  readonly safe: boolean;
  /** Shell commands: bring the target up; bring it back to its first state. */
  readonly start: string | null;
  readonly reset: string | null;
  /** All connections run over TLS; without it none does. */
  readonly tls?: TlsPaths;
}
