import { settingsFor } from '#src/contract/choose.ts';
import type { Trace } from '#src/contract/trace.ts';
import { duet } from '#src/suite/duet.ts';
import { qosst } from '#src/protocols/qosst/index.ts';

/** One whole session between both reference sides, with Alice as the peer. */
export async function recordSession(): Promise<Trace> {
  const { traces } = await duet({
    protocol: qosst,
    settings: settingsFor(qosst),
    seed: 42,
    signal: new AbortController().signal,
    watch: () => {},
  });
  const trace = traces['alice'];
  if (trace === undefined) throw new Error('the session was not recorded');
  return trace;
}

/** The bytes of each frame, in order. */
export function framesOf(trace: Trace): readonly Uint8Array[] {
  return trace.events.flatMap((event) => ('bytes' in event ? [event.bytes] : []));
}
