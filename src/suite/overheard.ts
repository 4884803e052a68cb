import type { Recorder } from '#src/play/recorder.ts';
import type { Link } from '#src/transport/link.ts';

/** A link of ours whose traffic is recorded, with whoever is at its other end as the peer. */
export function overheard(link: Link, recorder: Recorder): Link {
  return {
    ...link,
    write(bytes) {
      recorder.record({ kind: 'sent', bytes });
      link.write(bytes);
    },
    async read(limitMs) {
      const arrival = await link.read(limitMs);
      if (arrival.kind === 'bytes') recorder.record({ kind: 'received', bytes: arrival.bytes });
      if (arrival.kind === 'closed') {
        recorder.record({ kind: 'closed', by: 'peer', how: arrival.how });
      }
      return arrival;
    },
    end() {
      recorder.record({ kind: 'closed', by: 'player', how: 'end' });
      link.end();
    },
    reset() {
      recorder.record({ kind: 'closed', by: 'player', how: 'reset' });
      link.reset();
    },
  };
}
