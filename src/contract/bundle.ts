/** A TCP address. */
export interface Place {
  readonly host: string;
  readonly port: number;
}

/**
 * Where the connections of a session lie that runs over several at once, opened by both sides, at
 * one or two ends of a link. The side that serves is called at each end; what it opens itself are
 * pushes.
 */
export interface BundleLayout {
  /** How many ends there are. */
  readonly ends: 1 | 2;
  /** Where the second end is called; `null`: where the first one is. */
  readonly peer: Place | null;
  /** Where a client awaits pushes, one for each end; fewer where an end has none of its own. */
  readonly pushAt: readonly Place[];
  /** Where a server sends its pushes, one for each end; fewer where they go to the first. */
  readonly pushTo: readonly Place[];
}

/** How a target is reached whose sessions run over several connections. */
export interface Found {
  /** True where a single address of it is known. */
  readonly alone: boolean;
  /** Where its pushes are awaited, one place for each end; none where it is a client itself. */
  readonly pushAt: readonly Place[];
  /** True where all connections run over TLS. */
  readonly secure: boolean;
}
