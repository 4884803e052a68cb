import { http, type HttpHandler } from 'msw';
import { systemClock } from '#src/base/clock.ts';
import { seededRandom } from '#src/base/random.ts';
import { layerOf } from '#src/cli/layer.ts';
import { subject } from '#src/cli/profile.ts';
import { settingsFor } from '#src/contract/choose.ts';
import type { Profile } from '#src/contract/target.ts';
import type { Trace } from '#src/contract/trace.ts';
import type { Verdict } from '#src/contract/verdict.ts';
import { judge } from '#src/judge/judge.ts';
import { cast } from '#src/play/host.ts';
import { Recorder } from '#src/play/recorder.ts';
import { etsi004 } from '#src/protocols/etsi-004/index.ts';
import { recordOf } from '#src/suite/target-parts.ts';
import { Bridge } from './bridge.ts';
import { GetBodies } from './get-bodies.ts';
import type { Push } from './pushes.ts';

/** How the QKD devices of a link are cast. */
export interface QkdDeviceOptions {
  /** Where the device of end a is called, the source; `http://qkd-a.test` without it. */
  readonly baseUrl?: string;
  /** Where that of end b is called; without it only end a of the link is in sight. */
  readonly peerUrl?: string;
  /**
   * Takes the pushes, and answers them. Without it they go by `fetch` to the URLs that open-connect
   * names as `source` and, at end b, `destination`: to a server, or to handlers of the same worker.
   */
  readonly onPush?: (push: Push) => Response | Promise<Response>;
  /** Longest wait for the answer to a push; then the verdict says so; 5,000 ms without it. */
  readonly pushLimitMs?: number;
  /** Pinned readings, by ambiguity key. @see `qkdspec list ambiguities` */
  readonly readings?: Readonly<Record<string, string>>;
  /** Options of the protocol, as they stand in a profile. */
  readonly options?: Readonly<Record<string, unknown>>;
  /** Ids of streams, and with them the keys, come of it; 1 without it. */
  readonly seed?: number;
  /** A device that is wrong in one place, by its id: what does your KMS do then? */
  readonly mutant?: string;
}

/** The QKD devices of a link, within this process, until disposed. */
export interface QkdDevice extends AsyncDisposable {
  /** For `setupServer(...device.handlers)`: every method and path below the device's URLs. */
  readonly handlers: readonly HttpHandler[];
  /** Everything so far; the KMS is the peer. */
  trace(): Trace;
  /** What the judge says of what the KMS did so far. */
  verdict(): Verdict;
  /** The KMS has done what it wanted: answers under way are awaited, no stream may be open. */
  finish(): Promise<Verdict>;
  /** Ends everything; calls under way fail. */
  close(): Promise<void>;
}

const side = 'qkd-device';
const usualPushLimitMs = 5000;
/** Longest time that a timer can wait, ms: the devices end when they are closed. */
const forEverMs = 2 ** 31 - 1;

/**
 * The reference QKD device of ETSI GS QKD 004 in push mode, at one end of a link or at both, as
 * request handlers of Mock Service Worker.
 *
 * What fetch hides, these handlers do not see: connections, chunks, the spelling of headers, and
 * content behind 204 and 205. `get-key` is a GET with content, which `fetch` cannot send. A client
 * of `node:http` can: with Content-Length, headers given as an object, and by its default import
 * (Mock Service Worker does not see named ones). Others pin the reading `getKeyMethod: 'post'`.
 *
 * @example
 * ```ts
 * const device = qkdDevice({ baseUrl: 'http://qkd-a.test', peerUrl: 'http://qkd-b.test' });
 * const server = setupServer(...device.handlers);
 * server.listen();
 * await runMyKms();
 * const { verdict, violation } = await device.finish();
 * expect(violation?.explanation).toBeUndefined();
 * expect(verdict).toBe('pass');
 * ```
 * @throws HarnessError `usage` for a reading, an option or a mutant that there is not.
 */
export function qkdDevice(chosen: QkdDeviceOptions = {}): QkdDevice {
  const { baseUrl = 'http://qkd-a.test', peerUrl, seed = 1 } = chosen;
  const { readings, target, ...profile } = profileOf(chosen);
  const settings = settingsFor(etsi004, { ...profile, pinned: readings });
  const { dialect, options } = settings;
  const about = { protocol: etsi004.name, dialect, options, seed, peer: 'kms' };
  const recorder = new Recorder(about, systemClock);
  const role = cast({
    protocol: etsi004,
    record: recordOf(etsi004, side, target.kind === 'reference' ? target.mutant : null),
    side,
    settings,
    random: seededRandom(seed).fork(`reference ${side}`),
    idleMs: forEverMs,
  });
  const urls = [baseUrl, ...(peerUrl === undefined ? [] : [peerUrl])];
  const bodies = new GetBodies(urls);
  const { onPush = ({ request }) => fetch(request), pushLimitMs = usualPushLimitMs } = chosen;
  const bridge = new Bridge({ role, recorder, onPush, pushLimitMs });
  const handlers = urls.map((url, index) => {
    const base = url.replace(/\/$/, '');
    return http.all(`${base}/*`, async ({ request }) => {
      const { method } = request;
      const target = request.url.slice(new URL(base).href.replace(/\/$/, '').length);
      const { headers, body } = await bodyOf(request, bodies);
      return bridge.call(index === 0 ? 'a' : 'b', { method, target, headers, body });
    });
  });
  const close = async () => {
    bodies[Symbol.dispose]();
    await bridge.close();
  };
  return {
    handlers,
    trace: () => recorder.trace(),
    verdict: () => judge(etsi004, recorder.trace(), readings),
    async finish() {
      await bridge.settle();
      recorder.record({ kind: 'closed', by: 'peer', how: 'end' });
      return judge(etsi004, recorder.trace(), readings);
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** What was chosen, held against the protocol; of a link one end is in sight, or both. */
function profileOf({ peerUrl, readings = {}, options = {}, mutant }: QkdDeviceOptions): Profile {
  const query = mutant === undefined ? '' : `?mutant=${encodeURIComponent(mutant)}`;
  const members = {
    target: `reference:${etsi004.name}/${side}${query}`,
    readings,
    options: { ends: peerUrl === undefined ? 1 : 2, ...options },
  };
  const where = (path: readonly string[]) => `qkdDevice ${path.join('.')}: `;
  return subject([layerOf(null, members, where)], [etsi004]).profile;
}

/** A GET comes without its body: that is seen elsewhere. */
async function bodyOf(request: Request, bodies: GetBodies) {
  if (request.method === 'GET') return bodies.take(request);
  return { headers: request.headers, body: await request.bytes() };
}
