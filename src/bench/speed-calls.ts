import type { BareCall, CallRound } from '#src/contract/baseline.ts';
import { connect } from '#src/play/connect.ts';
import { arenaOf, openWalker, walk } from './speed-arena.ts';
import { bareHttpClient, bareHttpServer, type BareHttpServer } from './speed-http.ts';
import {
  againstRate,
  atLeast,
  contend,
  lapped,
  type Contest,
  type Contestant,
  type Outcome,
} from './speed-contest.ts';
import { recordLaps, type Laps } from './speed-laps.ts';
import type { Recording } from './speed-recording.ts';

/** How often the round is had over its connections in a round of the contest. */
const lapsARound = 400;

/**
 * The round again and again over kept connections, each answer judged, with Node's own server of
 * the recorded answers as the peer; against Node's own client with the same calls and the same
 * server. All in this thread.
 */
export async function callOutcomes(
  recording: Recording,
  round: CallRound,
): Promise<readonly Outcome[]> {
  const laps = await recordLaps(recording, lapsARound);
  const calls = laps.exchanges.map((lap) =>
    lap.map(({ sent, received }) => round.call(sent, received)),
  );
  await using server = await bareHttpServer(calls.flat());
  const ours = checkedCalls(recording, { laps, server });
  const what = 'checked calls of HTTP, connections kept';
  const { exchange, callsPerSecond } = recording.protocol.baseline?.goals ?? {};
  const contest: Contest = {
    what,
    against: 'a bare http.Agent loop, same calls',
    reach: atLeast(exchange),
    ours,
    theirs: bareCalls(calls, server),
  };
  const wanted = callsPerSecond === undefined ? [] : [againstRate({ what, ours }, callsPerSecond)];
  const outcomes: Outcome[] = [];
  for (const one of [contest, ...wanted]) outcomes.push(await contend(one));
  return outcomes;
}

/** Calls a second, each with its answer judged. */
function checkedCalls(
  recording: Recording,
  { laps, server }: { readonly laps: Laps; readonly server: BareHttpServer },
): Contestant {
  const { protocol, settings } = recording;
  const arena = arenaOf(recording, (limitMs) =>
    connect(protocol, settings, { address: server, limitMs }),
  );
  return async () => {
    server.rewind();
    await using walker = await openWalker(arena);
    const { turns, exchanges } = laps;
    return await lapped(exchanges.length, turns.length, () => walk(walker, turns));
  };
}

function bareCalls(calls: readonly (readonly BareCall[])[], server: BareHttpServer): Contestant {
  return async () => {
    server.rewind();
    using client = bareHttpClient(server);
    const ahead = calls.values();
    return await lapped(calls.length, calls[0]?.length ?? 0, async () => {
      for (const call of ahead.next().value ?? []) await client.ask(call);
    });
  };
}
