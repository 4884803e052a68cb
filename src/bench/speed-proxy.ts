import { systemClock } from '#src/base/clock.ts';
import { HarnessError } from '#src/base/errors.ts';
import { courtInThread, type Bench } from '#src/proxy/court-thread.ts';
import type { Told } from '#src/proxy/court.ts';
import { openProxy, type Proxy } from '#src/proxy/proxy.ts';
import { inClear } from '#src/proxy/relay.ts';
import { loopback } from './speed-arena.ts';
import { bareClient, bareServer, type BareClient, type BareServer } from './speed-bare.ts';
import { contend, lapped, type Contestant, type Outcome } from './speed-contest.ts';
import { recordLaps, type Laps } from './speed-laps.ts';
import type { Recording } from './speed-recording.ts';
import { bareRelay } from './speed-relay.ts';
import { exchangesAt, runsOf, type Run } from './speed-runs.ts';

/** How often the session is had in a round. */
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
 * with the time until everything is judged.
 */
export async function proxyOutcomes(
  recording: Recording,
  { judges, signal }: ProxyRow,
): Promise<readonly Outcome[]> {
  const { protocol, settings } = recording;
  const laps = lapsOn(recording, await recordLaps(recording, lapsARound));
  await using held = new AsyncDisposableStack();
  const targets: BareServer[] = [];
  const relays: Place[] = [];
  for (const end of protocol.bundle === undefined ? onlyEnd : bothEnds) {
    const runs = [...laps.opening, ...laps.laps.flat()];
    const server = held.use(await bareServer(exchangesAt(end, runs)));
    targets.push(server);
    relays.push(held.use(await bareRelay(server)));
  }
  const bench = held.use(courtInThread(judges, courtPlan(recording), refuse));
  const open = () =>
    openProxy(
      {
        protocol,
        settings,
        listen: targets.map(() => loopback),
        targets,
        back: { listen: [], targets: [] },
        credentials: inClear,
        script: null,
        sessions: null,
        signal,
      },
      { bench, refused },
    );
  const against = 'a bare TCP relay';
  const theirs = () => through(relays, laps);
  return [
    await contend({
      what: 'messages through the proxy',
      against,
      reach: { least },
      ours: proxied(open, ({ places }) => through(places, laps)),
      theirs,
    }),
    await contend({
      what: 'the same until both sides are judged',
      against,
      reach: null,
      ours: proxied(open, ({ places }) => untilJudged(places, laps, bench)),
      theirs,
    }),
  ];
}

const onlyEnd = [0] as const;
const bothEnds = [0, 1] as const;

type Place = Pick<BareServer, 'host' | 'port'>;

/** The laps by the connections that they lie on. */
interface LaidLaps {
  readonly opening: readonly Run[];
  readonly laps: readonly (readonly Run[])[];
  /** Frames of one lap. */
  readonly frames: number;
}

function lapsOn({ protocol }: Recording, { opening, exchanges, frames }: Laps): LaidLaps {
  const areRecorded = protocol.bundle !== undefined;
  return {
    opening: runsOf(opening.exchanges, areRecorded),
    laps: exchanges.map((lap) => runsOf(lap, areRecorded)),
    frames,
  };
}

function courtPlan({ protocol, settings }: Recording) {
  const { dialect, options, readings } = settings;
  const patience = { replyMs: null, replyMsAfter: {} };
  const about = { protocol: protocol.name, dialect, options, readings };
  return { ...about, patience, folder: null, isVerbose: false };
}

/** The client leaves without a word when its laps are over; nothing else may be amiss. */
function refuse(told: Told): void {
  if (told.kind !== 'blamed' || told.result.kind === 'closed') return;
  throw new HarnessError('internal', `the recorded session is refused: ${told.result.actual}`);
}

function refused(why: string): never {
  throw new HarnessError('internal', why);
}

/** Each round has a proxy of its own: what it was told before is no part of it. */
function proxied(open: () => Promise<Proxy>, round: (proxy: Proxy) => Promise<number>): Contestant {
  return async () => {
    const proxy = await open();
    const speed = await round(proxy);
    await proxy.end();
    return speed;
  };
}

/** The peers are the same, wherever they meet. */
async function through(places: readonly Place[], laps: LaidLaps): Promise<number> {
  await using held = new AsyncDisposableStack();
  const clients: BareClient[] = [];
  for (const place of places) clients.push(held.use(await bareClient(place)));
  const have = async (runs: readonly Run[]) => {
    for (const { end, exchanges } of runs) await clients[end]?.ask(exchanges);
  };
  await have(laps.opening);
  const ahead = laps.laps.values();
  return await lapped(laps.laps.length, laps.frames, () => have(ahead.next().value ?? []));
}

async function untilJudged(
  places: readonly Place[],
  laps: LaidLaps,
  bench: Bench,
): Promise<number> {
  const beganMs = systemClock.nowMs();
  await through(places, laps);
  await bench.settled();
  const tookMs = systemClock.nowMs() - beganMs;
  return (laps.laps.length * laps.frames * 1000) / tookMs;
}
