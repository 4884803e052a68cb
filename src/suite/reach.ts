import { systemClock } from '#src/base/clock.ts';
import { HarnessError } from '#src/base/errors.ts';
import { seededRandom } from '#src/base/random.ts';
import { settingsFor } from '#src/contract/choose.ts';
import type { Protocol } from '#src/contract/protocol.ts';
import type { SideRecord } from '#src/contract/side.ts';
import type { Profile } from '#src/contract/target.ts';
import { cast, host } from '#src/play/host.ts';
import { perform, standing } from '#src/play/perform.ts';
import { connectTcp, listenTcp, type Address } from '#src/transport/tcp.ts';
import type { Link } from '#src/transport/link.ts';
import { fillIn, startCommand } from '#src/transport/command.ts';

/** Longest time that an embedded reference side waits for a player. */
const idleMs = 60_000;

/** The way to a target: each link is a new connection. */
export interface Reach extends AsyncDisposable {
  readonly url: string;
  readonly link: (limitMs: number) => Promise<Link>;
}

/** Opens the way to a profile's target; whatever it starts ends when it is disposed. */
export async function reachTarget(
  protocol: Protocol,
  profile: Profile,
  seed: number,
): Promise<Reach> {
  const { target } = profile;
  const serves = profile.side === protocol.model.server;
  switch (target.kind) {
    case 'address':
      return { ...toAddress(protocol, target), async [Symbol.asyncDispose]() {} };
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
      return awaitClients(protocol, target, () => ({ stop: async () => {} }));
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

function toAddress(protocol: Protocol, address: Address): Pick<Reach, 'url' | 'link'> {
  return {
    url: `${protocol.scheme}://${address.host}:${address.port}`,
    link: (limitMs) => connectTcp(address, limitMs),
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
    ...toAddress(protocol, listener),
    url: `reference:${protocol.name}/${profile.side}`,
    [Symbol.asyncDispose]: () => listener[Symbol.asyncDispose](),
  };
}

/** A client that was brought to life for one connection. */
interface Client {
  stop(): Promise<void>;
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

/** Listens; each link is the next client that comes, after it was started. */
async function awaitClients(
  protocol: Protocol,
  address: Address,
  start: (address: Address) => Client,
): Promise<Reach> {
  const waiting: ((link: Link) => void)[] = [];
  const come: Link[] = [];
  const clients: Client[] = [];
  const listener = await listenTcp(address, (link) => {
    const next = waiting.shift();
    if (next === undefined) come.push(link);
    else next(link);
  });
  const dismiss = async () => {
    await Promise.all(clients.splice(0).map((client) => client.stop()));
    for (const link of come.splice(0)) link.reset();
  };
  return {
    url: `${protocol.scheme}://${listener.host}:${listener.port} (listening)`,
    link: async (limitMs) => {
      const early = come.shift();
      if (early !== undefined) return early;
      await dismiss();
      clients.push(start(listener));
      const here = new AbortController();
      const next = new Promise<Link>((resolve) => {
        waiting.push((link) => {
          resolve(link);
          here.abort();
        });
      });
      const link = await Promise.race([next, systemClock.sleep(limitMs, here.signal)]);
      if (link !== undefined) return link;
      waiting.splice(0);
      throw new HarnessError('unreachable', `no client came within ${limitMs} ms`);
    },
    async [Symbol.asyncDispose]() {
      await dismiss();
      await listener[Symbol.asyncDispose]();
    },
  };
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
