import type { Arena } from '#src/fuzz/walker.ts';
import { host } from '#src/play/host.ts';
import { connectTcp, type Address } from '#src/transport/tcp.ts';
import { arenaOf, loopback, openWalker, serverCasting, walk } from './speed-arena.ts';
import { bareClient, bareServer, type BareServer } from './speed-bare.ts';
import { atLeast, contend, lapped, type Contestant, type Outcome } from './speed-contest.ts';
import { recordLaps, type Laps } from './speed-laps.ts';
import type { Recording } from './speed-recording.ts';

/** How often the session is had over one connection in a round. */
const lapsARound = 150;

/**
 * The session again and again over one TCP connection, judged, with a peer that only sends the
 * recorded bytes: the very bytes, and the very peer, of the bare loop. Then with the reference
 * server as the peer; in both cases all in this thread.
 */
export async function socketOutcomes(recording: Recording): Promise<readonly Outcome[]> {
  const laps = await recordLaps(recording, lapsARound);
  await using bare = await bareServer(laps.exchanges.flat());
  await using server = await host(serverCasting(recording), loopback, () => {});
  const against = 'bare request and response, same bytes';
  const theirs = asking(bare, laps);
  const walking = (address: Address) =>
    walkedLaps(
      arenaOf(recording, (limitMs) => connectTcp(address, limitMs)),
      laps,
    );
  return [
    await contend({
      what: 'checked messages over one TCP connection',
      against,
      reach: atLeast(recording.protocol.baseline?.goals.exchange),
      ours: walking(bare),
      theirs,
    }),
    await contend({
      what: 'the same with a reference server as peer',
      against,
      reach: null,
      ours: walking(server),
      theirs,
    }),
  ];
}

function walkedLaps(arena: Arena, { turns, frames, exchanges }: Laps): Contestant {
  return async () => {
    await using walker = await openWalker(arena);
    return await lapped(exchanges.length, frames, () => walk(walker, turns));
  };
}

function asking(server: BareServer, { frames, exchanges }: Laps): Contestant {
  return async () => {
    await using client = await bareClient(server);
    const ahead = exchanges.values();
    return await lapped(exchanges.length, frames, () => client.ask(ahead.next().value ?? []));
  };
}
