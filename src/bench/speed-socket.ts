import { host } from '#src/play/host.ts';
import { connectTcp } from '#src/transport/tcp.ts';
import { arenaOf, serverCasting, walk } from './speed-arena.ts';
import { bareServer } from './speed-bare.ts';
import { contend, timed, type Outcome } from './speed-contest.ts';
import type { Recording } from './speed-recording.ts';

const loopback = { host: '127.0.0.1', port: 0 } as const;
/** How often the session is had over one connection. */
const laps = 25;

/**
 * The session again and again over one TCP connection against the reference server, judged; both
 * ends in this thread. It ends before the client would take its leave.
 */
export async function socketOutcome(recording: Recording): Promise<Outcome> {
  const stay = recording.turns.slice(0, -1);
  const turns = Array.from({ length: laps }, () => stay).flat();
  const count = turns.reduce((sum, { answers }) => sum + 1 + answers, 0);
  await using listener = await host(serverCasting(recording), loopback, () => {});
  await using bare = await bareServer(stay);
  const arena = arenaOf(recording, (limitMs) => connectTcp(listener, limitMs));
  return contend({
    what: 'checked messages, over one TCP connection',
    against: 'bare request and response, same bytes',
    reach: { least: 0.35 },
    ours: timed(count, () => walk(arena, turns)),
    theirs: timed(count, () => bare.exchange(laps)),
  });
}
