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

/** What a run may cost its target: each without limit where nothing is said. */
export interface Budget {
  /** Keys that are taken or made, by the room's count. */
  readonly keys?: number;
  /** Messages, sent and received. */
  readonly messages?: number;
  readonly messagesPerSecond?: number;
}

/** The commands of a profile, besides `start` and `reset`, and how long each may take. */
export interface Upkeep {
  /** Takes it down: at the end of a run, and before it is started again. */
  readonly stop?: string;
  /** Brings it back when it fell. */
  readonly restart?: string;
  /** The last resort: where it did not come back. */
  readonly powerCycle?: string;
  /** How long each command may take, and the target until it takes connections, ms. */
  readonly limitsMs?: Readonly<Partial<Record<CommandName, number>>>;
}

export type CommandName = 'start' | 'stop' | 'reset' | 'restart' | 'powerCycle';

/** Everything about one target: what a profile file says, with flags laid over it. */
export interface Profile {
  readonly name: string;
  /** Where it was read from, where it was. */
  readonly file?: string;
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
  /** Nothing malformed, and nothing destructive without consent. */
  readonly safe: boolean;
  /** Destructive messages that may be sent all the same. */
  readonly consent?: readonly string[];
  /** What a run may cost its target. */
  readonly budget?: Budget;
  /** Shell commands: bring the target up; bring it back to its first state. */
  readonly start: string | null;
  readonly reset: string | null;
  /** Shell commands for targets that need more care. */
  readonly upkeep?: Upkeep;
  /**
   * Traces of which cases are kept: of those that did not pass, unless it is `all`; then those of all
   * sessions of a campaign, too.
   */
  readonly captures?: 'all';
  /** All connections run over TLS; without it none does. */
  readonly tls?: TlsPaths;
}
