/** How a connection ended. */
export type Ending = 'end' | 'reset' | 'refused';

/** One thing that happened, seen by the player. `atMs`: since the trace began. */
export type TraceEvent =
  | { readonly kind: 'opened'; readonly atMs: number }
  | { readonly kind: 'sent' | 'received'; readonly bytes: Uint8Array; readonly atMs: number }
  | {
      readonly kind: 'closed';
      readonly by: 'peer' | 'player';
      readonly how: Ending;
      readonly atMs: number;
    }
  | { readonly kind: 'silence'; readonly waitedMs: number; readonly atMs: number }
  /** Frames that a recording left out: what follows is judged as far as it can be. */
  | { readonly kind: 'omitted'; readonly note: string; readonly atMs: number };

/** What happened on one target, with all that a judge needs to know: a verdict needs no more. */
export interface Trace {
  readonly protocol: string;
  readonly dialect: string;
  /** The side under test. */
  readonly peer: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly seed: number;
  readonly events: readonly TraceEvent[];
}
