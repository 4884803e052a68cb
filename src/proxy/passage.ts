import type { TraceEvent } from '#src/contract/trace.ts';

/** One of the two peers that a proxy stands between. */
export type End = 'client' | 'server';

export function otherEnd(end: End): End {
  return end === 'client' ? 'server' : 'client';
}

/**
 * Who saw what passed: both, where it was passed on as it came; its sender alone, where the proxy
 * kept it; its receiver alone, where the proxy made it.
 */
export type Seen = 'both' | 'sender' | 'receiver';

/** Something that passed between two peers. `atMs`: since the session began. */
export type Passage =
  | { readonly kind: 'opened'; readonly atMs: number }
  | {
      readonly kind: 'bytes';
      readonly by: End;
      readonly seen: Seen;
      readonly bytes: Uint8Array;
      readonly atMs: number;
    }
  | {
      readonly kind: 'closed';
      readonly by: End;
      readonly seen: Seen;
      readonly how: 'end' | 'reset';
      readonly atMs: number;
    }
  | {
      readonly kind: 'fault';
      readonly text: string;
      /** True where something was taken away: whoever waits for it in vain may give up. */
      readonly starves: boolean;
      readonly atMs: number;
    };

/** What one peer saw of it, with that peer under test; `null`: nothing. */
export function asSeenBy(end: End, passage: Passage): TraceEvent | null {
  const { atMs } = passage;
  if (passage.kind === 'opened') return { kind: 'opened', atMs };
  if (passage.kind === 'fault') return null;
  const { by, seen } = passage;
  const isIts = by === end;
  if (seen === (isIts ? 'receiver' : 'sender')) return null;
  if (passage.kind === 'bytes') {
    return { kind: isIts ? 'received' : 'sent', bytes: passage.bytes, atMs };
  }
  return { kind: 'closed', by: isIts ? 'peer' : 'player', how: passage.how, atMs };
}
