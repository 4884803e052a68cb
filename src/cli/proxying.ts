import { systemClock } from '#src/base/clock.ts';
import { writePlace, type HostPort } from '#src/base/place.ts';
import { settingsFor } from '#src/contract/choose.ts';
import { addressUrl } from '#src/contract/schemes.ts';
import { courtInThread } from '#src/proxy/court-thread.ts';
import type { Told } from '#src/proxy/court.ts';
import { openProxy, type Proxy } from '#src/proxy/proxy.ts';
import type { RelayPlan } from '#src/proxy/relay.ts';
import { Tally } from '#src/proxy/report.ts';
import { protocols } from '#src/protocols/index.ts';
import { parseReporter } from './formats.ts';
import { scriptOf } from './fault-script.ts';
import { openOutputs } from './outputs.ts';
import { subjectOf, type Subject } from './profile.ts';
import { proxyCredentials } from './proxy-credentials.ts';
import { proxyScreen } from './proxy-screen.ts';
import { folderOf } from './run-folder.ts';
import type { Screen } from './screen.ts';
import { address, formatTargetUrl } from './target-url.ts';
import { usage } from './usage.ts';
import type { ProxyFlags } from './verbs/proxy.ts';

/**
 * Stands between two peers until Ctrl-C or enough sessions, and returns the exit code.
 * @throws HarnessError `usage` for a target, a place or a script that cannot be.
 */
export async function proxying(flags: ProxyFlags, screen: Screen): Promise<number> {
  const { listen: _, ...rest } = flags;
  const subject = await subjectOf(rest, protocols);
  const { protocol, profile } = subject;
  const plan = await planOf(subject, flags, screen.signal);
  const url = formatTargetUrl(protocol, profile);
  const folder = flags.out ?? folderOf(subject, { seed: 0, selectors: ['proxy'] });
  const outputs = openOutputs(folder, (flags.reporter ?? []).map(parseReporter));
  const people = proxyScreen(protocol, screen, outputs.takesStdout ? screen.err : screen.out);
  const tally = new Tally({ protocol, url, profile: { ...profile } });
  let proxy: Proxy | null = null;
  const tell = (told: Told) => {
    if (told.kind === 'judged') tally.add(told);
    proxy?.hear(told);
    people.tell(told);
  };
  const { dialect, options, readings, replyMs, replyMsAfter } = profile;
  const beganMs = systemClock.nowMs();
  await using bench = courtInThread(
    new URL('./proxy-worker.ts', import.meta.url),
    {
      ...{ protocol: protocol.name, dialect, options, readings, folder },
      patience: { replyMs, replyMsAfter },
      isVerbose: flags.verbose === true,
    },
    tell,
  );
  let unreachable: string | null = null;
  const refused = (why: string) => {
    if (why !== unreachable) people.note(why);
    unreachable = why;
  };
  proxy = await openProxy(plan, { bench, refused });
  people.note(standsBetween(subject, plan, proxy));
  await Promise.race([proxy.done, bench.failed]);
  await proxy.end();
  const circumstances = { interrupted: screen.signal.aborted, unreachable };
  const report = tally.report(systemClock.nowMs() - beganMs, circumstances);
  people.end(report, await outputs.write(report, screen.out));
  return report.exit.exitCode;
}

async function planOf(
  { protocol, profile }: Subject,
  flags: ProxyFlags,
  signal: AbortSignal,
): Promise<RelayPlan> {
  const { target, tls, options } = profile;
  if (target.kind !== 'address') {
    throw usage(`proxy takes --target ${protocol.scheme}://host:port: a server that waits there`);
  }
  const settings = settingsFor(protocol, { ...profile, pinned: profile.readings });
  const layout = protocol.bundle?.(settings) ?? null;
  const places = (texts: readonly string[] = []) => texts.map((text) => address(text));
  const ends = layout?.ends ?? 1;
  const listen = places(flags.listen);
  if (listen.length > ends) throw usage(`--listen was given ${listen.length} times, not ${ends}`);
  const back = { listen: places(flags.backListen), targets: places(flags.backTarget) };
  if (back.listen.length !== back.targets.length) {
    throw usage('--back-listen and --back-target belong together: as many of each');
  }
  if (back.listen.length > 0 && layout === null) {
    throw usage(`a server of ${protocol.name} never calls its client: no --back-listen`);
  }
  return {
    protocol,
    settings: { ...settings, options },
    listen: [...listen, ...anyPort.slice(0, ends)].slice(0, Math.max(ends, 1)),
    targets: [target, ...(ends === 2 ? [layout?.peer ?? target] : [])],
    back,
    credentials: proxyCredentials(tls, flags.tlsClientCa, protocol.oldestTls),
    script: flags.script === undefined ? null : await scriptOf(flags.script, protocol),
    sessions: flags.sessions ?? null,
    signal,
  };
}

const anyPort: readonly HostPort[] = [
  { host: '127.0.0.1', port: 0 },
  { host: '127.0.0.1', port: 0 },
];

/** What the user must know to bring both peers together. */
function standsBetween(
  { protocol, profile }: Subject,
  { credentials, targets, back }: RelayPlan,
  { places, backPlaces }: Proxy,
): string {
  const { dialect } = profile;
  const secure = credentials.called.client !== null;
  const [first, ...further] = places.map((place) =>
    addressUrl(protocol, { secure, dialect }, place),
  );
  const others = further.map((url) => `, ${url}`).join('');
  const to = formatTargetUrl(protocol, profile);
  const also = targets
    .slice(1)
    .map((place) => `, ${writePlace(place)}`)
    .join('');
  const calls = backPlaces.map(
    (place, at) =>
      `; the server calls ${writePlace(place)}, passed to ${writePlace(back.targets[at] ?? place)}`,
  );
  const hint =
    credentials.calling.server !== null && !secure
      ? ' (in clear toward the client: no --tls-cert)'
      : '';
  return `listening on ${first}${others}${hint}, passing on to ${to}${also}${calls.join('')}`;
}
