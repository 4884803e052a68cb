import { seededRandom } from '#src/base/random.ts';
import { settingsFor } from '#src/contract/choose.ts';
import { connect } from '#src/play/connect.ts';
import { cast, host, type Casting } from '#src/play/host.ts';
import { perform, standing } from '#src/play/perform.ts';
import { protocols } from '#src/protocols/index.ts';
import { printable } from '#src/report/text.ts';
import { recordOf } from '#src/suite/reach.ts';
import { subjectOf, type Subject } from './profile.ts';
import type { Screen } from './screen.ts';
import {
  formatAddress,
  mutantOf,
  parseTargetUrl,
  protocolOf,
  type HostPort,
} from './target-url.ts';
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
  const { profile } = await subjectOf(
    { ...flags, target: `reference:${name}${mutant === null ? '' : `?mutant=${mutant.id}`}` },
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
  const serves = profile.side === protocol.model.server;
  if (!serves) return performOnce({ protocol, profile }, { casting, url: flags.target }, screen);
  if (flags.target !== undefined)
    throw usage(`${profile.side} is a server: it takes --port, not --target`);
  const at = { host: flags.host, port: flags.port ?? protocol.defaultPort };
  return hostUntilInterrupted(casting, at, screen);
}

async function hostUntilInterrupted(
  casting: Casting,
  at: HostPort,
  screen: Screen,
): Promise<number> {
  const complain = (fault: unknown) => screen.err(`qkdspec: ${String(fault)}\n`);
  await using listener = await host(casting, at, complain);
  const [first, ...further] = [listener, ...listener.further].map(formatAddress);
  const others = further.map((address) => `, ${address}`).join('');
  screen.out(`listening on ${casting.protocol.scheme}://${first}${others}\n`);
  await aborted(screen.signal);
  return 0;
}

async function performOnce(
  { protocol, profile }: Subject,
  { casting, url }: { readonly casting: Casting; readonly url: string | undefined },
  screen: Screen,
): Promise<number> {
  const expected = `--target ${protocol.scheme}://host:port`;
  if (url === undefined) throw usage(`${profile.side} is a client: it takes ${expected}`);
  const { target } = parseTargetUrl(url, protocols);
  if (target.kind !== 'address')
    throw usage(`${profile.side} connects to ${expected}, not '${url}'`);
  const { settings } = casting;
  await using link = await connect(protocol, settings, { address: target, limitMs: connectMs });
  screen.out(`connected to ${protocol.scheme}://${formatAddress(target)}\n`);
  const role = cast(casting);
  await Promise.race([perform(role, link, standing(role)), aborted(screen.signal)]);
  return 0;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
