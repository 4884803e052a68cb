import { Server, WebSocket } from 'mock-socket';
import { systemClock } from '#src/base/clock.ts';
import { HarnessError } from '#src/base/errors.ts';
import { seededRandom } from '#src/base/random.ts';
import { layerOf } from '#src/cli/layer.ts';
import { subject } from '#src/cli/profile.ts';
import { settingsFor } from '#src/contract/choose.ts';
import type { Profile } from '#src/contract/target.ts';
import type { Trace } from '#src/contract/trace.ts';
import { verdictNames, type Verdict } from '#src/contract/verdict.ts';
import { judge } from '#src/judge/judge.ts';
import { cast } from '#src/play/host.ts';
import { standing } from '#src/play/perform.ts';
import { Recorder } from '#src/play/recorder.ts';
import { Roll } from '#src/play/roll.ts';
import {
  batchesOf,
  centralKms as room,
  healthcheckOf,
  inquiryOf,
  type FoundBatch,
} from '#src/protocols/central-kms/index.ts';
import { recordOf } from '#src/suite/target-parts.ts';
import { Bridge } from './bridge.ts';
import { Desk } from './desk.ts';

/** How the KMS is cast. */
export interface CentralKmsOptions {
  /** Where the sidecar connects; `ws://central-kms.test/sidecar` without it. */
  readonly url?: string;
  /** Whether the global `WebSocket` is Mock Socket's until the KMS is closed; true without it. */
  readonly mock?: boolean;
  /** Pinned readings, by ambiguity key. @see `qkdspec list ambiguities` */
  readonly readings?: Readonly<Record<string, string>>;
  /** Options of the protocol, as they stand in a profile; the KMS asks nothing by itself. */
  readonly options?: Readonly<Record<string, unknown>>;
  /** Keys, challenges and ids come of it; 1 without it. */
  readonly seed?: number;
  /** A KMS that is wrong in one place, by its id: what does your sidecar do then? */
  readonly mutant?: string;
  /** Longest wait for what the sidecar owes; then the verdict says so; 5,000 ms without it. */
  readonly limitMs?: number;
}

/** A central KMS within this process, until disposed. */
export interface CentralKms extends AsyncDisposable {
  readonly url: string;
  /** Mock Socket's class, for sidecars that are given one. */
  readonly WebSocket: typeof WebSocket;
  /** Asks the newest registered sidecar for its health, and awaits the JSON-RPC response. */
  healthcheck(level?: string): Promise<unknown>;
  /** Asks it for the batches between two instants, and awaits all of them. */
  inquire(between: {
    readonly from: Date | string;
    readonly to: Date | string;
  }): Promise<readonly FoundBatch[]>;
  /** Everything on the newest connection so far; the sidecar is the peer. */
  trace(): Trace;
  /** What was said on each connection, oldest first. */
  traces(): readonly Trace[];
  /** What the judge says of what the sidecar did so far: the worst of its connections. */
  verdict(): Verdict;
  /** The sidecar leaves, or has left: its connections are awaited. */
  finish(): Promise<Verdict>;
  /** Ends everything: sockets are told 1006. */
  close(): Promise<void>;
}

const side = 'central-kms';
const usualLimitMs = 5000;
/** Longest time that a timer can wait, ms: the KMS ends when it is closed. */
const forEverMs = 2 ** 31 - 1;

/**
 * The reference central KMS on a server of Mock Socket.
 *
 * What a WebSocket hides is not judged here: the upgrade, frames, masks, pongs and the close
 * handshake are made as a platform makes them. Mock Socket waits 4 ms where a network would.
 *
 * @example
 * ```ts
 * await using kms = centralKms({ url: 'ws://kms.test/sidecar' });
 * const sidecar = new MySidecar(kms.url);        // uses the global WebSocket
 * await kms.healthcheck();
 * sidecar.stop();
 * const { verdict, violation } = await kms.finish();
 * expect(violation?.explanation).toBeUndefined();
 * ```
 * @throws HarnessError `usage` for a reading, an option or a mutant that there is not.
 */
export function centralKms(chosen: CentralKmsOptions = {}): CentralKms {
  const { url = 'ws://central-kms.test/sidecar', seed = 1, mock = true } = chosen;
  const { limitMs = usualLimitMs } = chosen;
  const { readings, target, ...profile } = profileOf(url, chosen);
  const settings = settingsFor(room, { ...profile, pinned: readings });
  const random = seededRandom(seed);
  const role = cast({
    protocol: room,
    record: recordOf(room, side, target.kind === 'reference' ? target.mutant : null),
    side,
    settings,
    random: random.fork(`reference ${side}`),
    idleMs: forEverMs,
  });
  const { dialect, options } = settings;
  const about = { protocol: room.name, dialect, options, seed, peer: 'sidecar' };
  const roll = new Roll();
  const recorders: Recorder[] = [];
  const bridges: Bridge[] = [];
  const client = random.fork('client');
  let fault: unknown = null;
  /** What the client that connects next has offered: Mock Socket asks just before it connects it. */
  let offered: readonly string[] = [];
  const { subprotocol } = options;
  const server = new Server(url, {
    mock,
    selectProtocol: (protocols) => {
      offered = protocols;
      return protocols.find((name) => name === subprotocol) ?? '';
    },
  });
  server.on('connection', (socket) => {
    const recorder = new Recorder(about, systemClock);
    const at = standing(role);
    const content = {
      path: pathOf(url),
      host: new URL(url).host,
      key: Buffer.from(client.bytes(16)).toString('base64'),
      version: '13',
      ...(offered.length === 0 ? {} : { protocols: offered }),
    };
    const making = { position: at.position, settings, random: client };
    const { bytes: upgrade } = room.compose({ message: 'upgrade', content }, 'sidecar', making);
    const onFault = (thrown: unknown) => (fault ??= thrown);
    recorders.push(recorder);
    bridges.push(
      new Bridge(socket, { role, at, roll, recorder, upgrade, random: client, onFault }),
    );
  });
  const silence = () => recorders.at(-1)?.record({ kind: 'silence', waitedMs: limitMs });
  const desk = new Desk(roll, { limitMs, silence });
  const ids = random.fork('calls');
  const traces = () => recorders.map((recorder) => recorder.trace());
  const verdict = () => {
    if (fault !== null) throw fault;
    return worst(traces().map((trace) => judge(room, trace, readings)));
  };
  const close = async () => {
    await Promise.all(bridges.map((bridge) => bridge.close()));
    server.stop();
  };
  return {
    url,
    WebSocket,
    healthcheck: async (level = 'ping') => {
      const { asked } = await desk.ask(healthcheckOf(ids, level));
      return asked.answers[0];
    },
    inquire: async ({ from, to }) => {
      const between = { startTime: instant(from), endTime: instant(to) };
      const { asked, session, kept } = await desk.ask(inquiryOf(ids, between));
      return batchesOf(asked, kept, session.context);
    },
    trace: () => {
      const newest = recorders.at(-1);
      if (newest === undefined) throw new HarnessError('unreachable', 'nobody has connected');
      return newest.trace();
    },
    traces,
    verdict,
    async finish() {
      const late = AbortSignal.timeout(limitMs);
      const over = Promise.all(bridges.map((bridge) => bridge.over));
      await Promise.race([over, new Promise((done) => late.addEventListener('abort', done))]);
      return verdict();
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

function instant(time: Date | string): string {
  return typeof time === 'string' ? time : time.toISOString();
}

/** Worst first. */
const ranks: readonly string[] = ['error', 'fail', 'flaky', 'warn', 'untestable', 'reading'];

/** @throws HarnessError `unreachable` where there was no connection at all. */
function worst(verdicts: readonly Verdict[]): Verdict {
  const rank = ({ verdict }: Verdict) => {
    const at = ranks.indexOf(verdict);
    return at < 0 ? Object.keys(verdictNames).length : at;
  };
  const [first] = verdicts.toSorted((left, right) => rank(left) - rank(right));
  if (first === undefined) throw new HarnessError('unreachable', 'nobody has connected');
  return first;
}

function pathOf(url: string): string {
  const { pathname, search } = new URL(url);
  return `${pathname}${search}`;
}

/** What was chosen, held against the protocol. */
function profileOf(
  url: string,
  { readings = {}, options = {}, mutant }: CentralKmsOptions,
): Profile {
  const query = mutant === undefined ? '' : `?mutant=${encodeURIComponent(mutant)}`;
  const members = {
    target: `reference:${room.name}/${side}${query}`,
    readings,
    options: { path: pathOf(url), healthchecks: 0, inquiries: 0, ...options },
  };
  const where = (path: readonly string[]) => `centralKms ${path.join('.')}: `;
  return subject([layerOf(null, members, where)], [room]).profile;
}
