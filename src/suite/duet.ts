import type { Readings } from '#models/language/index.ts';
import { systemClock } from '#src/base/clock.ts';
import { seededRandom } from '#src/base/random.ts';
import type { Showing } from '#src/contract/picture.ts';
import type { Protocol } from '#src/contract/protocol.ts';
import type { Settings } from '#src/contract/settings.ts';
import type { SideRecord } from '#src/contract/side.ts';
import type { Trace, TraceEvent } from '#src/contract/trace.ts';
import type { Link } from '#src/transport/link.ts';
import type { Verdict } from '#src/contract/verdict.ts';
import { judged } from '#src/judge/judge.ts';
import { connect, sessionPair } from '#src/play/connect.ts';
import { cast, host, type Casting } from '#src/play/host.ts';
import { perform, standing } from '#src/play/perform.ts';
import { Recorder } from '#src/play/recorder.ts';
import { overheard } from './overheard.ts';

const idleMs = 30_000;

/** One session between both reference sides. */
export interface DuetOptions {
  readonly protocol: Protocol;
  readonly settings: Settings;
  readonly seed: number;
  readonly signal: AbortSignal;
  /** Hears of every frame as it is read or said. */
  readonly watch: (by: string, line: string) => void;
  /** Where a side reads the protocol otherwise than the settings say, by side: it is judged by that. */
  readonly readings?: Readonly<Record<string, Readings>>;
  /** Other records than the reference's, by side. */
  readonly records?: Readonly<Record<string, SideRecord>>;
}

/** What came of it: the same bytes once with each side as the peer, and the verdict on each. */
export interface Duet {
  readonly messages: number;
  readonly durationMs: number;
  readonly traces: Readonly<Record<string, Trace>>;
  readonly verdicts: Readonly<Record<string, Verdict>>;
  /** What the session was about, in the protocol's own words. */
  readonly ledger: Readonly<Record<string, string | number>>;
  /** What each side has to show, by side. */
  readonly accounts: Readonly<Record<string, Account>>;
  /** Makes what each side has to show in pictures, by side. */
  readonly showings: () => Readonly<Record<string, Showing>>;
}

type Account = Readonly<Record<string, string | number>>;

/** Plays a whole session between both reference sides over loopback TCP, recorded in between. */
export async function duet(options: DuetOptions): Promise<Duet> {
  const { protocol, settings, seed, signal, watch } = options;
  const { server } = protocol.model;
  const client = protocol.model.sides.find((side) => side !== server) ?? server;
  const beganMs = systemClock.nowMs();
  const readingsOf = (side: string) => ({ ...settings.readings, ...options.readings?.[side] });
  const casting = (side: string, record: SideRecord | undefined): Casting => {
    if (record === undefined) throw new TypeError(`${protocol.name} has no side '${side}'`);
    const random = seededRandom(seed).fork(`reference ${side}`);
    return {
      protocol,
      record,
      side,
      settings: { ...settings, readings: readingsOf(side) },
      random,
      idleMs,
      watch: side === server ? watch : () => {},
    };
  };
  const accounts = new Map<string, () => Account>();
  const showings = new Map<string, () => Showing>();
  const recordOf = (side: string) => {
    const record = options.records?.[side] ?? protocol.sides[side];
    return record === undefined
      ? undefined
      : accountable(record, ({ account, showing }) => {
          accounts.set(side, account);
          showings.set(side, showing);
        });
  };
  const { dialect, options: own } = settings;
  const about = { protocol: protocol.name, dialect, options: own, seed, peer: server };
  const recorder = new Recorder(about, systemClock);
  await using held = new AsyncDisposableStack();
  const serving = casting(server, recordOf(server));
  /** Before anybody connects: settings that make no sense are told here. */
  const role = cast(casting(client, recordOf(client)));
  const at = standing(role);
  const link = await meet(protocol, settings, { serving, held });
  const stop = () => link.reset();
  signal.addEventListener('abort', stop);
  recorder.record({ kind: 'opened' });
  await perform(role, overheard(link, recorder), at);
  signal.removeEventListener('abort', stop);
  const trace = recorder.trace();
  const traces = { [server]: trace, [client]: mirrored(trace, client) };
  const durationMs = Math.round(systemClock.nowMs() - beganMs);
  const judgements = mapped(traces, (trace) =>
    judged(protocol, trace, { pinned: readingsOf(trace.peer) }),
  );
  const { frames = [] } = judgements[server] ?? {};
  return {
    messages: frames.length,
    durationMs,
    traces,
    verdicts: mapped(judgements, ({ verdict }) => verdict),
    ledger: protocol.ledger(frames),
    accounts: called(accounts),
    showings: () => called(showings),
  };
}

/** The same record; says of the session that begins how to get what it has to show. */
function accountable(
  record: SideRecord,
  begun: (of: { account: () => Account; showing: () => Showing }) => void,
): SideRecord {
  return {
    ...record,
    memory(random, settings) {
      const memory = record.memory(random, settings);
      begun({
        account: () => record.account?.(memory) ?? {},
        showing: () => record.shows?.(memory) ?? { setting: {}, found: {}, pictures: [] },
      });
      return memory;
    },
  };
}

/** The client's link to a serving side that was brought to life for it. */
async function meet(
  protocol: Protocol,
  settings: Settings,
  { serving, held }: { readonly serving: Casting; readonly held: AsyncDisposableStack },
): Promise<Link> {
  const layout = protocol.bundle?.(settings) ?? null;
  if (layout === null) {
    const address = held.use(await host(serving, loopback, () => {}));
    return held.use(await connect(protocol, settings, { address, limitMs: idleMs }));
  }
  const pair = held.use(await sessionPair(layout, idleMs));
  const role = cast(serving);
  void perform(role, pair.server, standing(role)).catch(() => {});
  return pair.client;
}

function called<Out>(makers: ReadonlyMap<string, () => Out>): Readonly<Record<string, Out>> {
  return Object.fromEntries([...makers].map(([side, make]) => [side, make()]));
}

function mapped<In, Out>(
  record: Readonly<Record<string, In>>,
  change: (value: In) => Out,
): Readonly<Record<string, Out>> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}

const loopback = { host: '127.0.0.1', port: 0 } as const;

/** The same bytes as the other end saw them. */
function mirrored(trace: Trace, peer: string): Trace {
  const events = trace.events.map((event): TraceEvent => {
    if (event.kind === 'sent') return { ...event, kind: 'received' };
    if (event.kind === 'received') return { ...event, kind: 'sent' };
    if (event.kind !== 'closed') return event;
    return { ...event, by: event.by === 'peer' ? 'player' : 'peer' };
  });
  return { ...trace, peer, events };
}
