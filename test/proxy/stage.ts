import { systemClock } from '#src/base/clock.ts';
import { writePlace } from '#src/base/place.ts';
import { seededRandom } from '#src/base/random.ts';
import { readScript } from '#src/cli/fault-script.ts';
import { settingsFor } from '#src/contract/choose.ts';
import type { Protocol } from '#src/contract/protocol.ts';
import type { Result } from '#src/contract/report.ts';
import type { SideRecord } from '#src/contract/side.ts';
import type { Trace } from '#src/contract/trace.ts';
import { connect } from '#src/play/connect.ts';
import { cast, host, type Casting } from '#src/play/host.ts';
import { perform, standing } from '#src/play/perform.ts';
import type { Bench } from '#src/proxy/court-thread.ts';
import { Court, type CourtPlan, type Told } from '#src/proxy/court.ts';
import { openProxy, type Proxy } from '#src/proxy/proxy.ts';
import type { RelayPlan } from '#src/proxy/relay.ts';
import type { Credentials } from '#src/transport/credentials.ts';
import { openGate } from '#src/transport/gate.ts';

const loopback = { host: '127.0.0.1', port: 0 } as const;

/** A session between our own sides, with a proxy between them. */
export interface Staged {
  readonly protocol: Protocol;
  /** Other records than the references, by side. */
  readonly records?: Readonly<Record<string, SideRecord>>;
  /** A script of faults, as YAML. */
  readonly script?: string;
  readonly dialect?: string;
  readonly options?: Readonly<Record<string, unknown>>;
  /** After how long an answer that is owed counts as silence. */
  readonly replyMs?: number;
  /** Up to when each side waits for the other. */
  readonly idleMs?: number;
  readonly credentials?: { readonly server: Credentials; readonly client: Credentials };
}

/** What came of it. */
export interface Seen {
  /** By side. */
  readonly results: Readonly<Record<string, Result>>;
  readonly traces: Readonly<Record<string, Trace>>;
  readonly told: readonly Told[];
  readonly refused: readonly string[];
}

/** Judges at once, in this thread. */
export function benchHere(
  protocol: Protocol,
  plan: Partial<CourtPlan>,
  tell: (told: Told) => void,
): Bench & { readonly traces: Record<string, Trace> } {
  const traces: Record<string, Trace> = {};
  const whole: CourtPlan = {
    protocol: protocol.name,
    dialect: protocol.defaultDialect,
    options: {},
    readings: {},
    patience: { replyMs: null, replyMsAfter: {} },
    folder: 'run',
    isVerbose: true,
    ...plan,
  };
  const keep = (id: string, trace: Trace) => {
    traces[trace.peer] = trace;
    return `traces/${id}`;
  };
  const court = new Court(protocol, whole, { tell, keep });
  return {
    traces,
    hear: (heard) => court.hear(heard),
    room: () => undefined,
    settled: async () => {},
    failed: new Promise<never>(() => {}),
    async [Symbol.asyncDispose]() {},
  };
}

/** Plays one session between our own sides through a proxy. */
export async function throughProxy(staged: Staged): Promise<Seen> {
  const { protocol, script, options = {}, replyMs = 3000, credentials = null } = staged;
  const { dialect = protocol.defaultDialect } = staged;
  const settings = settingsFor(protocol, { dialect, options });
  const told: Told[] = [];
  const refused: string[] = [];
  await using held = new AsyncDisposableStack();
  const { server } = protocol.model;
  const client = protocol.model.sides.find((side) => side !== server) ?? server;
  const casting = (side: string): Casting => {
    const record = staged.records?.[side] ?? protocol.sides[side];
    if (record === undefined) throw new Error(`no ${side}`);
    const random = seededRandom(42).fork(`reference ${side}`);
    return { protocol, record, side, settings, random, idleMs: staged.idleMs ?? 20_000 };
  };
  const serving = { ...casting(server), credentials: credentials?.server ?? null };
  const target = held.use(await host(serving, loopback, () => {}));
  const gate = held.use(
    await openGate(protocol.bundle === undefined ? [] : [loopback, loopback], {
      credentials: null,
    }),
  );
  const pushes = gate.places.map(() => loopback);
  let proxy: Proxy | null = null;
  const tell = (one: Told) => {
    told.push(one);
    proxy?.hear(one);
  };
  const patience = { replyMs, replyMsAfter: {} };
  const bench = benchHere(protocol, { dialect, options, patience }, tell);
  const stop = new AbortController();
  const plan: RelayPlan = {
    protocol,
    settings,
    listen: protocol.bundle === undefined ? [loopback] : [loopback, loopback],
    targets: [target, ...target.further],
    back: { listen: pushes, targets: gate.places },
    credentials: {
      called: { client: credentials?.server ?? null, server: null },
      calling: { client: null, server: credentials?.client ?? null },
    },
    script: script === undefined ? null : readScript(script, 'faults.yaml', protocol),
    sessions: 1,
    signal: stop.signal,
  };
  proxy = await openProxy(plan, { bench, refused: (why) => refused.push(why) });
  const between = proxy;
  held.defer(() => between.end());
  const [first = loopback, second = first] = proxy.places;
  const [a, b] = proxy.backPlaces.map((place) => `http://${writePlace(place)}`);
  const found = a === undefined ? {} : { awaitedAt: { a, b }, peer: writePlace(second) };
  const known = settingsFor(protocol, { dialect, options: { ...options, ...found } });
  const way = { address: first, limitMs: 5000, gate, credentials: credentials?.client ?? null };
  const role = cast({ ...casting(client), settings: known });
  {
    await using link = await connect(protocol, known, way);
    await perform(role, link, standing(role));
  }
  await Promise.race([
    between.done,
    systemClock.sleep(protocol.bundle === undefined ? 8000 : 2000),
  ]);
  await between.end();
  const results = told.flatMap((one) => (one.kind === 'judged' ? one.results : []));
  return {
    results: Object.fromEntries(results.map((result) => [result.side, result])),
    traces: bench.traces,
    told,
    refused,
  };
}

/** The verdict of each side, and what the blamed ones broke. */
export function verdicts({ results }: Seen): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.values(results).map(({ side, verdict, kind, requirements }) => [
      side,
      kind === null ? verdict : `${verdict} ${requirements[0]}`,
    ]),
  );
}
