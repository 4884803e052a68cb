import { HarnessError } from '#src/base/errors.ts';
import { seededRandom } from '#src/base/random.ts';
import { settingsFor } from '#src/contract/choose.ts';
import type { Protocol } from '#src/contract/protocol.ts';
import type { SideRecord } from '#src/contract/side.ts';
import type { Profile } from '#src/contract/target.ts';
import { connect, sessionPair, welcomeAll, type SessionPair } from '#src/play/connect.ts';
import { cast, host } from '#src/play/host.ts';
import { perform, standing } from '#src/play/perform.ts';
import { exitWithin, fillIn, startCommand, type Exit } from '#src/transport/command.ts';
import type { Link } from '#src/transport/link.ts';
import type { BundleLayout } from '#src/contract/bundle.ts';
import type { Settings } from '#src/contract/settings.ts';
import { connectTcp, type Address } from '#src/transport/tcp.ts';
import { awaitClients, type Client } from './await-clients.ts';

/** Longest time that an embedded reference side waits for a player. */
const idleMs = 60_000;

/** The way to a target: each link is a new connection. */
export interface Reach extends AsyncDisposable {
  readonly url: string;
  readonly link: (limitMs: number) => Promise<Link>;
  /**
   * How the client that came last ended by itself, within so long; `null` where it did not. Only
   * where clients come.
   */
  readonly exit?: (limitMs: number) => Promise<Exit | null>;
}

/** Opens the way to a profile's target; whatever it starts ends when it is disposed. */
export async function reachTarget(
  protocol: Protocol,
  profile: Profile,
  seed: number,
): Promise<Reach> {
  const { target } = profile;
  const serves = profile.side === protocol.model.server;
  const settings = settingsFor(protocol, { ...profile, pinned: profile.readings });
  const layout = protocol.bundle?.(settings) ?? null;
  if (layout !== null && target.kind !== 'address') {
    return reachBundle(protocol, profile, { layout, seed });
  }
  switch (target.kind) {
    case 'address':
      return { ...toAddress(protocol, settings, target), async [Symbol.asyncDispose]() {} };
    case 'reference': {
      /** Clients so far: each is another session, and draws its own challenges. */
      let started = 0;
      const record = recordOf(protocol, profile.side, target.mutant);
      return serves
        ? reachServer(protocol, profile, { record, seed })
        : reachClient(protocol, profile, (address) =>
            performClient(protocol, profile, { record, seed, address, started: (started += 1) }),
          );
    }
    case 'command':
      return reachClient(protocol, profile, (address) =>
        runCommand(protocol, target.command, address),
      );
    case 'listen':
      return awaitClients(protocol, target, () => ({ exited: null, stop: async () => {} }));
  }
}

/** The record of a reference side, or of one of its mutants. */
export function recordOf(protocol: Protocol, side: string, mutant: string | null): SideRecord {
  const known = protocol.mutants.find((row) => row.id === mutant && row.side === side);
  const record = mutant === null ? protocol.sides[side] : known?.record;
  if (record === undefined) {
    throw new HarnessError('usage', `no ${side} of ${protocol.name} called '${mutant ?? side}'`);
  }
  return record;
}

function toAddress(
  protocol: Protocol,
  settings: Settings,
  address: Address,
): Pick<Reach, 'url' | 'link'> {
  return {
    url: `${protocol.scheme}://${address.host}:${address.port}`,
    link: (limitMs) => connect(protocol, settings, { address, limitMs }),
  };
}

/** A target whose sessions have many connections, and which is ours, or comes to us. */
async function reachBundle(
  protocol: Protocol,
  profile: Profile,
  { layout, seed }: { readonly layout: BundleLayout; readonly seed: number },
): Promise<Reach> {
  const { target, side } = profile;
  if (target.kind === 'reference') {
    const record = recordOf(protocol, side, target.mutant);
    return besideOurs(protocol, profile, { layout, record, seed });
  }
  const address = target.kind === 'listen' ? target : { host: '127.0.0.1', port: 0 };
  let client: Client | null = null;
  return {
    url: target.kind === 'command' ? `cmd:${target.command}` : `listen:${address.port}`,
    async link(limitMs) {
      await client?.stop();
      const link = await welcomeAll(layout, { address, limitMs });
      const [first = address] = link.listening;
      if (target.kind === 'command') client = runCommand(protocol, target.command, first);
      return link;
    },
    exit: (limitMs) => exitWithin(client, limitMs),
    async [Symbol.asyncDispose]() {
      await client?.stop();
    },
  };
}

/** Each link is another session with a reference side of ours, over connections of its own. */
function besideOurs(
  protocol: Protocol,
  profile: Profile,
  act: { readonly layout: BundleLayout; readonly record: SideRecord; readonly seed: number },
): Reach {
  const { side } = profile;
  const serves = side === protocol.model.server;
  let started = 0;
  let pair: SessionPair | null = null;
  return {
    url: `reference:${protocol.name}/${side}`,
    async link(limitMs) {
      await pair?.[Symbol.asyncDispose]();
      pair = await sessionPair(act.layout, limitMs);
      started += 1;
      const casting = castingOf(protocol, profile, act);
      const role = cast({ ...casting, random: casting.random.fork(`start ${started}`) });
      const [theirs, ours] = serves ? [pair.server, pair.client] : [pair.client, pair.server];
      void perform(role, theirs, standing(role)).catch(() => {});
      return ours;
    },
    async [Symbol.asyncDispose]() {
      await pair?.[Symbol.asyncDispose]();
    },
  };
}

async function reachServer(
  protocol: Protocol,
  profile: Profile,
  { record, seed }: { record: SideRecord; seed: number },
): Promise<Reach> {
  const casting = castingOf(protocol, profile, { record, seed });
  const listener = await host(casting, { host: '127.0.0.1', port: 0 }, () => {});
  return {
    ...toAddress(protocol, casting.settings, listener),
    url: `reference:${protocol.name}/${profile.side}`,
    [Symbol.asyncDispose]: () => listener[Symbol.asyncDispose](),
  };
}

async function reachClient(
  protocol: Protocol,
  profile: Profile,
  start: (address: Address) => Client,
): Promise<Reach> {
  const reach = await awaitClients(protocol, { host: '127.0.0.1', port: 0 }, start);
  const { target } = profile;
  const url = target.kind === 'command' ? `cmd:${target.command}` : `reference:${protocol.name}`;
  return { ...reach, url: target.kind === 'command' ? url : `${url}/${profile.side}` };
}

function performClient(
  protocol: Protocol,
  profile: Profile,
  act: { record: SideRecord; seed: number; address: Address; started: number },
): Client {
  const casting = castingOf(protocol, profile, act);
  const role = cast({ ...casting, random: casting.random.fork(`start ${act.started}`) });
  const dismissal = new AbortController();
  const done = (async () => {
    await using link = await connectTcp(act.address, idleMs);
    dismissal.signal.addEventListener('abort', () => link.reset());
    await perform(role, link, standing(role));
  })().catch(() => {});
  return {
    exited: null,
    stop() {
      dismissal.abort();
      return done;
    },
  };
}

function runCommand(protocol: Protocol, command: string, address: Address): Client {
  const { host, port } = address;
  const url = `${protocol.scheme}://${host}:${port}`;
  return startCommand(fillIn(command, { host, port: String(port), url }));
}

function castingOf(
  protocol: Protocol,
  profile: Profile,
  { record, seed }: { record: SideRecord; seed: number },
) {
  return {
    protocol,
    record,
    side: profile.side,
    settings: settingsFor(protocol, { ...profile, pinned: profile.readings }),
    random: seededRandom(seed).fork(`reference ${profile.side}`),
    idleMs,
  };
}
