import { systemClock } from '#src/base/clock.ts';
import { seededRandom } from '#src/base/random.ts';
import type { Protocol } from '#src/contract/protocol.ts';
import type { Settings } from '#src/contract/settings.ts';
import type { SideRecord } from '#src/contract/side.ts';
import type { Trace } from '#src/contract/trace.ts';
import { connectTcp } from '#src/transport/tcp.ts';
import type { Link } from '#src/transport/link.ts';
import { cast, host, type Casting } from './host.ts';
import { perform, standing } from './perform.ts';
import { Recorder } from './recorder.ts';

const idleMs = 30_000;

/** One session between both reference sides. */
export interface DuetOptions {
  readonly protocol: Protocol;
  readonly settings: Settings;
  readonly seed: number;
  readonly signal: AbortSignal;
  /** Hears of every frame as it is read or said. */
  readonly watch: (by: string, line: string) => void;
  /** Other records than the reference's, by side. */
  readonly records?: Readonly<Record<string, SideRecord>>;
}

/** What came of it: the same bytes once with each side as the peer, ready to be judged. */
export interface Duet {
  readonly messages: number;
  readonly durationMs: number;
  readonly traces: Readonly<Record<string, Trace>>;
}

/** Plays a whole session between both reference sides over loopback TCP, recorded in between. */
export async function duet(options: DuetOptions): Promise<Duet> {
  const { protocol, settings, seed, signal, watch } = options;
  const { server } = protocol.model;
  const client = protocol.model.sides.find((side) => side !== server) ?? server;
  const beganMs = systemClock.nowMs();
  const casting = (side: string, record: SideRecord | undefined): Casting => {
    if (record === undefined) throw new TypeError(`${protocol.name} has no side '${side}'`);
    const random = seededRandom(seed).fork(`reference ${side}`);
    return {
      protocol,
      record,
      side,
      settings,
      random,
      idleMs,
      watch: side === server ? watch : () => {},
    };
  };
  const recordOf = (side: string) => options.records?.[side] ?? protocol.sides[side];
  const about = {
    protocol: protocol.name,
    dialect: settings.dialect,
    options: settings.options,
    seed,
  };
  const recorders = {
    [server]: new Recorder({ ...about, peer: server }, systemClock),
    [client]: new Recorder({ ...about, peer: client }, systemClock),
  };
  await using listener = await host(casting(server, recordOf(server)), loopback, () => {});
  await using link = await connectTcp(listener, idleMs);
  const stop = () => link.reset();
  signal.addEventListener('abort', stop);
  for (const recorder of Object.values(recorders)) recorder.record({ kind: 'opened' });
  const role = cast(casting(client, recordOf(client)));
  await perform(role, overheard(link, recorders, { server, client }), standing(role));
  signal.removeEventListener('abort', stop);
  const traces = Object.fromEntries(
    Object.entries(recorders).map(([side, recorder]) => [side, recorder.trace()]),
  );
  const { events } = traces[server] ?? { events: [] };
  return {
    messages: events.filter(({ kind }) => kind === 'sent' || kind === 'received').length,
    durationMs: systemClock.nowMs() - beganMs,
    traces,
  };
}

const loopback = { host: '127.0.0.1', port: 0 } as const;

/** The client's link, with everything that passes written into both recorders. */
function overheard(
  link: Link,
  recorders: Readonly<Record<string, Recorder>>,
  { server, client }: { server: string; client: string },
): Link {
  return {
    ...link,
    write(bytes) {
      recorders[server]?.record({ kind: 'sent', bytes });
      recorders[client]?.record({ kind: 'received', bytes });
      link.write(bytes);
    },
    async read(limitMs) {
      const arrival = await link.read(limitMs);
      if (arrival.kind === 'bytes') {
        recorders[server]?.record({ kind: 'received', bytes: arrival.bytes });
        recorders[client]?.record({ kind: 'sent', bytes: arrival.bytes });
      }
      return arrival;
    },
    end() {
      recorders[server]?.record({ kind: 'closed', by: 'player', how: 'end' });
      recorders[client]?.record({ kind: 'closed', by: 'peer', how: 'end' });
      link.end();
    },
  };
}
