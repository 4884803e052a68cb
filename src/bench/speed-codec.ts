import { do_not_optimize } from 'mitata';
import { atLeast, timed, type Contest } from './speed-contest.ts';
import type { Recording } from './speed-recording.ts';

/** Every frame of a session, made and read again; nothing where the room has no baseline. */
export function codecContests({ protocol, settings, trace }: Recording): readonly Contest[] {
  const { baseline } = protocol;
  if (baseline === undefined) return [];
  const readers = { sent: protocol.reader(settings), received: protocol.reader(settings) };
  const frames = trace.events
    .flatMap((event) => ('bytes' in event ? readers[event.kind].push(event.bytes) : []))
    .flatMap((frame) => baseline.of(frame) ?? []);
  return [
    {
      what: 'codec: a frame made and read',
      against: baseline.what,
      reach: atLeast(baseline.goals.codec),
      ours: timed(frames.length, () => {
        for (const frame of frames) do_not_optimize(frame.ours());
      }),
      theirs: timed(frames.length, () => {
        for (const frame of frames) do_not_optimize(frame.theirs());
      }),
    },
  ];
}
