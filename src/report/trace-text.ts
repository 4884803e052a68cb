import { settingsFor } from '#src/contract/choose.ts';
import type { Protocol } from '#src/contract/protocol.ts';
import type { Trace, TraceEvent } from '#src/contract/trace.ts';
import { printable } from './text.ts';

/** A trace for people: one line a frame or event, with its time. Contents only by their length. */
export function traceText(protocol: Protocol, trace: Trace): string {
  const { dialect, options, peer } = trace;
  const settings = settingsFor(protocol, { dialect, options });
  const player = protocol.model.sides.find((side) => side !== peer) ?? 'player';
  const reader = () => protocol.reader(settings);
  let mouths = { sent: reader(), received: reader() };
  const told = (event: TraceEvent): readonly string[] => {
    switch (event.kind) {
      case 'opened':
        mouths = { sent: reader(), received: reader() };
        return ['the connection begins'];
      case 'sent':
      case 'received': {
        const by = event.kind === 'sent' ? player : peer;
        const frames = mouths[event.kind].push(event.bytes);
        if (frames.length === 0) return [`${by}: ${event.bytes.length} bytes`];
        return frames.map((frame) => `${by}: ${printable(protocol.describe(frame))}`);
      }
      case 'closed':
        return [`${event.by === 'peer' ? peer : player} ends the connection (${event.how})`];
      case 'silence':
        return [`${peer} says nothing for ${Math.round(event.waitedMs)} ms`];
      case 'omitted':
        return [`left out: ${printable(event.note)}`];
    }
  };
  const timed = (event: TraceEvent) =>
    told(event).map((line) => `${event.atMs.toFixed(1).padStart(10)} ms  ${line}`);
  return trace.events.flatMap(timed).join('\n');
}
