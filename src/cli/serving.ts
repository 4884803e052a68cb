import { systemClock } from '#src/base/clock.ts';
import { writePlace } from '#src/base/place.ts';
import { seededRandom } from '#src/base/random.ts';
import { settingsFor } from '#src/contract/choose.ts';
import type { Profile } from '#src/contract/target.ts';
import { addressUrl, schemesOf } from '#src/contract/schemes.ts';
import { cast, host, type Casting } from '#src/play/host.ts';
import { leaveClean } from '#src/play/leave-clean.ts';
import { perform, standing } from '#src/play/perform.ts';
import { Roll } from '#src/play/roll.ts';
import { protocols } from '#src/protocols/index.ts';
import { printable } from '#src/report/text.ts';
import { reached, reachTarget } from '#src/suite/reach.ts';
import { recordOf } from '#src/suite/target-parts.ts';
import { readCredentials } from '#src/transport/credentials.ts';
import { adminPlace, administer } from './admin.ts';
import { flagLayer, tlsOf } from './layer.ts';
import { subject, subjectOf } from './profile.ts';
import type { Screen } from './screen.ts';
import { mutantOf, parseTargetUrl, protocolOf } from './target-url.ts';
import { usage } from './usage.ts';
import type { ServeFlags } from './verbs/serve.ts';

/** A session in which nothing is said for so long is over. */
const idleMs = 10 * 60_000;
const connectMs = 10_000;

/**
 * Lets a reference side serve until Ctrl-C, or a client perform one session; returns the exit code.
 * @throws HarnessError `usage` for a side, mutant or address that is not there.
 */
export async function serving(name: string, flags: ServeFlags, screen: Screen): Promise<number> {
  const protocol = protocolOf(name, protocols);
  const mutant = flags.mutant === undefined ? null : mutantOf(protocol, flags.mutant);
  const { side, dialect, reading, option } = flags;
  const target = `reference:${name}${mutant === null ? '' : `?mutant=${mutant.id}`}`;
  const given = Object.entries({ side, dialect, reading, option, target });
  const { profile } = await subjectOf(
    Object.fromEntries(given.filter(([, value]) => value !== undefined)),
    protocols,
  );
  const casting: Casting = {
    protocol,
    record: recordOf(protocol, profile.side, mutant?.id ?? null),
    side: profile.side,
    settings: settingsFor(protocol, { ...profile, pinned: profile.readings }),
    random: seededRandom(flags.seed),
    idleMs,
    watch: (by, line) => {
      if (flags.quiet !== true) screen.out(`${by}: ${printable(line)}\n`);
    },
  };
  if (profile.side === protocol.model.server) return hostUntilInterrupted(casting, flags, screen);
  return performOnce({ profile, casting, flags }, screen);
}

async function hostUntilInterrupted(
  casting: Casting,
  flags: ServeFlags,
  screen: Screen,
): Promise<number> {
  const { protocol, side } = casting;
  const { target, host: name, port = protocol.defaultPort } = flags;
  if (target !== undefined) throw usage(`${side} is a server: it takes --port, not --target`);
  const tls = tlsOf(flags) ?? null;
  if (tls !== null && protocol.secure !== true) {
    throw usage(`${protocol.name} is not spoken over TLS here`);
  }
  const credentials = tls === null ? null : readCredentials(tls, protocol.oldestTls);
  let lastTold = '';
  const complaints = {
    fault: (fault: unknown) => screen.err(`qkdspec: ${String(fault)}\n`),
    refused: (why: string) => {
      if (why !== lastTold) screen.err(`qkdspec: a connection was refused: ${why}\n`);
      lastTold = why;
    },
  };
  const at = { host: name, port };
  const roll = new Roll();
  const admin = flags.admin === undefined ? null : adminOf({ ...casting, roll }, flags.admin);
  await using held = new AsyncDisposableStack();
  const watched = admin === null ? {} : { roll };
  const listener = held.use(await host({ ...casting, ...watched, credentials }, at, complaints));
  const others = listener.further.map((address) => `, ${writePlace(address)}`).join('');
  const reached = { secure: tls !== null, dialect: casting.settings.dialect };
  screen.out(`listening on ${addressUrl(protocol, reached, listener)}${others}\n`);
  if (admin !== null) {
    const { url } = held.use(await administer(admin, admin.place));
    screen.out(`admin: ${url}\n`);
    for (const { path, title } of admin.deeds) screen.out(`  ${path}: ${title}\n`);
  }
  await aborted(screen.signal);
  return 0;
}

/** What may be asked of a side, and where. @throws HarnessError `usage` where it has nothing. */
function adminOf(casting: Casting & { readonly roll: Roll }, text: string) {
  const { protocol, side, record, random, roll } = casting;
  const deeds = record.admin ?? [];
  if (deeds.length === 0) throw usage(`${side} of ${protocol.name} takes no --admin`);
  return { deeds, roll, random: random.fork('admin'), place: adminPlace(text) };
}

/** A client's part, for one session. */
interface Part {
  readonly profile: Profile;
  readonly casting: Casting;
  readonly flags: ServeFlags;
}

async function performOnce({ profile, casting, flags }: Part, screen: Screen): Promise<number> {
  const { protocol } = casting;
  const server = serverOf({ profile, casting, flags });
  await using reach = await reachTarget(protocol, server, flags.seed);
  const { readings } = profile;
  const known = reached(protocol, server, reach);
  const settings = settingsFor(protocol, { ...known, pinned: readings });
  await using link = await reach.link(connectMs);
  const pushes = (reach.pushAt ?? []).map(writePlace).join(', ');
  screen.out(`connected to ${reach.url}${pushes === '' ? '' : `; pushes come to ${pushes}`}\n`);
  const role = cast({ ...casting, settings });
  const at = standing(role);
  await Promise.race([perform(role, link, at), aborted(screen.signal)]);
  const { position } = at;
  await leaveClean({ ...role, position, heard: [], clock: systemClock }, link);
  return 0;
}

/** The server that a client is to talk to, as a target. */
function serverOf({ profile, casting, flags }: Part): Profile {
  const { protocol } = casting;
  const { target: url, tlsCa, tlsCert, tlsKey, tlsServerName, tlsInsecure } = flags;
  const schemes = Object.keys(schemesOf(protocol)).join('|');
  const expected = `--target ${schemes}://host:port`;
  if (url === undefined) throw usage(`${profile.side} is a client: it takes ${expected}`);
  const { target } = parseTargetUrl(url, protocols);
  if (target.kind !== 'address')
    throw usage(`${profile.side} connects to ${expected}, not '${url}'`);
  const said = { target: url, tlsCa, tlsCert, tlsKey, tlsServerName, tlsInsecure };
  const given = Object.entries(said).filter(([, value]) => value !== undefined);
  const aimed = subject([flagLayer(Object.fromEntries(given))], protocols);
  const { side, tls } = aimed.profile;
  if (aimed.protocol !== protocol) throw usage(`'${url}' speaks ${aimed.protocol.name}`);
  return { ...profile, target, side, ...(tls === undefined ? {} : { tls }) };
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
