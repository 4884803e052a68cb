import type { BareMessage, MessageRound } from '#src/contract/baseline.ts';
import { host } from '#src/play/host.ts';
import { connectTcp, type Address } from '#src/transport/tcp.ts';
import { arenaOf, loopback, openWalker, serverCasting, walk } from './speed-arena.ts';
import { bareServer } from './speed-bare.ts';
import { atLeast, contend, lapped, type Contestant, type Outcome } from './speed-contest.ts';
import { recordLaps, type Laps } from './speed-laps.ts';
import type { Recording } from './speed-recording.ts';
import { bareSocket, echoServer, type EchoServer } from './speed-web-socket.ts';

/** How often the round is had over one connection in a round of the contest. */
const lapsARound = 400;

/**
 * The round again and again over one connection, each answer judged, with a peer that only sends
 * the recorded bytes; against the package `ws` on both ends, which says the same messages and has
 * them said back. Then with the reference server as the peer. All in this thread.
 */
export async function messageOutcomes(
  recording: Recording,
  round: MessageRound,
): Promise<readonly Outcome[]> {
  const laps = await recordLaps(recording, lapsARound);
  const messages = laps.exchanges.map((lap) => lap.map(({ sent }) => round.message(sent)));
  await using bare = await bareServer([...laps.opening.exchanges, ...laps.exchanges.flat()]);
  await using server = await host(serverCasting(recording), loopback, () => {});
  await using echo = await echoServer();
  const against = 'a bare ws echo loop, same messages';
  const theirs = bareMessages(messages, echo);
  return [
    await contend({
      what: 'checked messages over one WebSocket',
      against,
      reach: atLeast(recording.protocol.baseline?.goals.exchange),
      ours: checkedMessages(recording, laps, bare),
      theirs,
    }),
    await contend({
      what: 'the same with a reference server as peer',
      against,
      reach: null,
      ours: checkedMessages(recording, laps, server),
      theirs,
    }),
  ];
}

function checkedMessages(recording: Recording, laps: Laps, address: Address): Contestant {
  const arena = arenaOf(recording, (limitMs) => connectTcp(address, limitMs));
  const { opening, turns, frames, exchanges } = laps;
  return async () => {
    await using walker = await openWalker(arena);
    await walk(walker, opening.turns);
    return await lapped(exchanges.length, frames, () => walk(walker, turns));
  };
}

/** A message and what comes back count as one frame each, as they do of ours. */
function bareMessages(
  messages: readonly (readonly BareMessage[])[],
  server: EchoServer,
): Contestant {
  return async () => {
    await using socket = await bareSocket(server);
    const ahead = messages.values();
    return await lapped(messages.length, 2 * (messages[0]?.length ?? 0), async () => {
      for (const message of ahead.next().value ?? []) await socket.ask(message);
    });
  };
}
