import { RecordDecoder } from '#src/base/records.ts';
import { HarnessError } from '#src/base/errors.ts';
import type { Exchange } from './speed-bare.ts';

/** Exchanges that follow each other on one connection, as they lie there. */
export interface Run {
  /** End of the link at which the connection lies; 0 where there is but one. */
  readonly end: 0 | 1;
  readonly exchanges: readonly Exchange[];
}

/**
 * Exchanges of a session, by the connections that they lie on: of many connections they are
 * recorded, and each end has one.
 */
export function runsOf(exchanges: readonly Exchange[], areRecorded: boolean): readonly Run[] {
  if (!areRecorded) return [{ end: 0, exchanges }];
  const runs: { end: 0 | 1; exchanges: Exchange[] }[] = [];
  for (const { sent, received } of exchanges) {
    const asked = laid(sent);
    const last = runs.at(-1);
    const exchange = { sent: asked.bytes, received: laid(received).bytes };
    if (last?.end === asked.end) last.exchanges.push(exchange);
    else runs.push({ end: asked.end, exchanges: [exchange] });
  }
  return runs;
}

/** All of them at one end, one after the other. */
export function exchangesAt(end: 0 | 1, runs: readonly Run[]): readonly Exchange[] {
  return runs.flatMap((run) => (run.end === end ? run.exchanges : []));
}

/** Bytes as they lie on a connection, out of their records. */
function laid(recorded: Uint8Array): { readonly end: 0 | 1; readonly bytes: Uint8Array } {
  const pieces = new RecordDecoder().push(recorded);
  const bytes = pieces.flatMap((piece) => (piece.kind === 'data' ? [piece.bytes] : []));
  const [first] = pieces.flatMap((piece) => (piece.kind === 'bad' ? [] : [piece]));
  if (first === undefined) throw new HarnessError('internal', 'a call without a connection');
  return { end: first.end, bytes: Buffer.concat(bytes) };
}
