import type { Clock } from '#src/base/clock.ts';
import { settingsFor } from '#src/contract/choose.ts';
import type { Protocol } from '#src/contract/protocol.ts';
import type { SideRecord } from '#src/contract/side.ts';
import type { Profile } from '#src/contract/target.ts';
import { connect } from '#src/play/connect.ts';
import { cast, host } from '#src/play/host.ts';
import { perform, standing } from '#src/play/perform.ts';
import type { Exit } from '#src/transport/command.ts';
import { readCredentials, type Credentials } from '#src/transport/credentials.ts';
import type { Link } from '#src/transport/link.ts';
import { connectTcp, type Address } from '#src/transport/tcp.ts';
import { awaitClients, type Client, type ClientPlan } from './await-clients.ts';
import { OwnFaults } from './own-faults.ts';
import { reachBundle } from './reach-bundle.ts';
import { reachInMemory } from './reach-memory.ts';
import { castingOf, recordOf, runCommand, urlOf, waitMs } from './target-parts.ts';

const loopback: Address = { host: '127.0.0.1', port: 0 };

/** The way to a target: each link is a new connection. */
export interface Reach extends AsyncDisposable {
  readonly url: string;
  /** The profile's, with what was found out about the way to the target. */
  readonly options: Profile['options'];
  /** Where the target's pushes are awaited, where it makes any. */
  readonly pushAt?: readonly Address[];
  readonly link: (limitMs: number) => Promise<Link>;
  /** By which everything happens on those links; the machine's own without it. */
  readonly clock?: Clock;
  /**
   * How the client that came last ended by itself, within so long; `null` where it did not. Only
   * where clients come.
   */
  readonly exit?: (limitMs: number) => Promise<Exit | null>;
}

/** A profile with what was found out about the way to its target. */
export function reached(protocol: Protocol, profile: Profile, { options }: Reach): Profile {
  const settings = settingsFor(protocol, { ...profile, options, pinned: profile.readings });
  const absent = protocol.absent?.(settings) ?? [];
  return { ...profile, options, absent: [...profile.absent, ...absent] };
}

/**
 * Opens the way to a profile's target; whatever it starts ends when it is disposed. Reference sides
 * of protocols in which silence is waited for, because both sides may speak at any time, may be
 * talked to in memory, by a time of their own: `inMemory`.
 */
export async function reachTarget(
  protocol: Protocol,
  profile: Profile,
  seed: number,
  how: { readonly inMemory?: boolean } = {},
): Promise<Reach> {
  const { target } = profile;
  const serves = profile.side === protocol.model.server;
  const settings = settingsFor(protocol, { ...profile, pinned: profile.readings });
  const layout = protocol.bundle?.(settings) ?? null;
  const credentials =
    profile.tls === undefined ? null : readCredentials(profile.tls, protocol.oldestTls);
  if (layout !== null) return reachBundle(protocol, profile, { layout, credentials, seed, ...how });
  switch (target.kind) {
    case 'address':
      return toAddress(protocol, profile, { address: target, credentials });
    case 'reference': {
      /** Clients so far: each is another session, and draws its own challenges. */
      let started = 0;
      const record = recordOf(protocol, profile.side, target.mutant);
      if (how.inMemory === true && !protocol.model.turnTaking) {
        return reachInMemory(protocol, profile, { record, seed });
      }
      return serves
        ? reachServer(protocol, profile, { record, seed })
        : reachClient(protocol, profile, {
            credentials: null,
            start: (address) =>
              performClient(protocol, profile, { record, seed, address, started: (started += 1) }),
          });
    }
    case 'command':
      return reachClient(protocol, profile, {
        credentials,
        start: (address) => runCommand(protocol, profile, { places: [address] }),
      });
    case 'listen': {
      const start = () => ({ exited: null, stop: async () => {} });
      return awaitClients(protocol, profile, { address: target, start, credentials });
    }
  }
}

function toAddress(
  protocol: Protocol,
  profile: Profile,
  to: { readonly address: Address; readonly credentials: Credentials | null },
): Reach {
  const settings = settingsFor(protocol, { ...profile, pinned: profile.readings });
  return {
    url: urlOf(protocol, profile, to.address),
    options: profile.options,
    link: (limitMs) => connect(protocol, settings, { ...to, limitMs }),
    async [Symbol.asyncDispose]() {},
  };
}

async function reachServer(
  protocol: Protocol,
  profile: Profile,
  { record, seed }: { record: SideRecord; seed: number },
): Promise<Reach> {
  const casting = castingOf(protocol, profile, { record, seed });
  const faults = new OwnFaults(profile);
  const listener = await host(casting, { host: '127.0.0.1', port: 0 }, (one) => faults.note(one));
  const way = toAddress(protocol, profile, { address: listener, credentials: null });
  return {
    ...way,
    url: `reference:${protocol.name}/${profile.side}`,
    link(limitMs) {
      faults.check();
      return way.link(limitMs);
    },
    async [Symbol.asyncDispose]() {
      await listener[Symbol.asyncDispose]();
      faults.check();
    },
  };
}

async function reachClient(
  protocol: Protocol,
  profile: Profile,
  plan: Omit<ClientPlan, 'address'>,
): Promise<Reach> {
  const reach = await awaitClients(protocol, profile, { ...plan, address: loopback });
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
    await using link = await connectTcp(act.address, waitMs);
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
