import { HarnessError } from '#src/base/errors.ts';
import { seededRandom } from '#src/base/random.ts';
import { settingsFor } from '#src/contract/choose.ts';
import type { Protocol } from '#src/contract/protocol.ts';
import type { SideRecord } from '#src/contract/side.ts';
import type { Profile } from '#src/contract/target.ts';
import { cast, host } from '#src/play/host.ts';
import { perform, standing } from '#src/play/perform.ts';
import { fillIn, startCommand, type Exit } from '#src/transport/command.ts';
import type { Link } from '#src/transport/link.ts';
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
