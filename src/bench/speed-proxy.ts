import { systemClock } from '#src/base/clock.ts';
import { HarnessError } from '#src/base/errors.ts';
import { courtInThread, type Bench } from '#src/proxy/court-thread.ts';
import type { Told } from '#src/proxy/court.ts';
import { openProxy } from '#src/proxy/proxy.ts';
import { inClear } from '#src/proxy/relay.ts';
import { loopback } from './speed-arena.ts';
import { bareClient, bareServer, type BareServer } from './speed-bare.ts';
import { contend, lapped, type Contestant, type Outcome } from './speed-contest.ts';
import { recordLaps, type Laps } from './speed-laps.ts';
import type { Recording } from './speed-recording.ts';
import { bareRelay } from './speed-relay.ts';

/** How often the session is had over one connection in a round. */
const lapsARound = 150;
/** A proxy is at most twice as slow as a relay that looks at nothing. */
const least = 0.5;

/** Where a proxy that is measured judges, and until when. */
export interface ProxyRow {
  /** The module of the thread that judges. */
  readonly judges: URL;
  readonly signal: AbortSignal;
}

/**
 * The recorded session again and again between peers that only send bytes, through the proxy and
 * through a bare relay; the proxy judges both sides of it meanwhile, in its thread. Then the same
 * with the time until everything is judged. Nothing where a session lies on many connections.
 */
export async function proxyOutcomes(
  recording: Recording,
  { judges, signal }: ProxyRow,
): Promise<readonly Outcome[]> {
  const { protocol, settings } = recording;
  if (protocol.bundle !== undefined) return [];
  const laps = await recordLaps(recording, lapsARound);
  const { dialect, options, readings } = settings;
  const patience = { replyMs: null, replyMsAfter: {} };
  const about = { protocol: protocol.name, dialect, options, readings };
  const tell = (told: Told) => {
    /** The client leaves without a word when its laps are over. */
    if (told.kind !== 'blamed' || told.result.kind === 'closed') return;
    throw new HarnessError('internal', `the recorded session is refused: ${told.result.actual}`);
  };
  await using held = new AsyncDisposableStack();
  const server = held.use(await bareServer([...laps.opening.exchanges, ...laps.exchanges.flat()]));
  const plan = { ...about, patience, folder: null, isVerbose: false };
  const bench = held.use(courtInThread(judges, plan, tell));
  const refused = (why: string) => {
    throw new HarnessError('internal', why);
  };
  const proxy = await openProxy(
    {
      protocol,
      settings,
      listen: [loopback],
      targets: [server],
      back: { listen: [], targets: [] },
      credentials: inClear,
      script: null,
      sessions: null,
      signal,
    },
    { bench, refused },
  );
  held.defer(() => proxy.end());
  const [place = loopback] = proxy.places;
  const relay = held.use(await bareRelay(server));
  const against = 'a bare TCP relay';
  const theirs = through(relay, laps);
  const ours = through(place, laps);
  return [
    await contend({
      what: 'messages through the proxy',
      against,
      reach: { least },
      ours: async () => {
        const speed = await ours();
        await bench.settled();
        return speed;
      },
      theirs,
    }),
    await contend({
      what: 'the same until both sides are judged',
      against,
      reach: null,
      ours: untilJudged(place, laps, bench),
      theirs,
    }),
  ];
}

/** The peers are the same, wherever they meet. */
function through(place: Pick<BareServer, 'host' | 'port'>, laps: Laps): Contestant {
  return async () => {
    await using client = await bareClient(place);
    await client.ask(laps.opening.exchanges);
    const ahead = laps.exchanges.values();
    return await lapped(laps.exchanges.length, laps.frames, () =>
      client.ask(ahead.next().value ?? []),
    );
  };
}

function untilJudged(
  place: Pick<BareServer, 'host' | 'port'>,
  laps: Laps,
  bench: Bench,
): Contestant {
  return async () => {
    const beganMs = systemClock.nowMs();
    await through(place, laps)();
    await bench.settled();
    const tookMs = systemClock.nowMs() - beganMs;
    return (laps.exchanges.length * laps.frames * 1000) / tookMs;
  };
}
