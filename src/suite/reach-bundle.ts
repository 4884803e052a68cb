import { SimulatedClock, someDateMs } from '#src/base/simulated-clock.ts';
import { systemClock } from '#src/base/clock.ts';
import { HarnessError } from '#src/base/errors.ts';
import { writePlace } from '#src/base/place.ts';
import type { BundleLayout, Found } from '#src/contract/bundle.ts';
import { settingsFor } from '#src/contract/choose.ts';
import type { Protocol } from '#src/contract/protocol.ts';
import type { SideRecord } from '#src/contract/side.ts';
import type { Profile } from '#src/contract/target.ts';
import {
  connect,
  placesToWait,
  sessionInMemory,
  sessionPair,
  welcomeAll,
  type SessionPair,
} from '#src/play/connect.ts';
import { cast } from '#src/play/host.ts';
import { perform, standing } from '#src/play/perform.ts';
import { exitWithin } from '#src/transport/command.ts';
import type { Credentials } from '#src/transport/credentials.ts';
import { tryOut, type DialPlan } from '#src/transport/dial.ts';
import { openGate } from '#src/transport/gate.ts';
import { localAddressTowards } from '#src/transport/local-address.ts';
import type { Link } from '#src/transport/link.ts';
import type { Address } from '#src/transport/tcp.ts';
import { comes, type Client } from './await-clients.ts';
import type { Reach } from './reach.ts';
import { waitedFor } from './reach-memory.ts';
import { castingOf, recordOf, runCommand, urlOf } from './target-parts.ts';

/** What a client has said may still be under way when it has gone, ms. */
const underWayMs = 100;
const pollMs = 100;

/** What a target is reached by whose sessions run over several connections. */
interface Ground {
  readonly layout: BundleLayout;
  readonly credentials: Credentials | null;
  readonly seed: number;
  /** Whether a reference side is talked to without sockets, in a time of its own. */
  readonly inMemory?: boolean;
}

/** Opens the way to a target whose sessions run over several connections. */
export async function reachBundle(
  protocol: Protocol,
  profile: Profile,
  ground: Ground,
): Promise<Reach> {
  const { target, side } = profile;
  switch (target.kind) {
    case 'reference': {
      const record = recordOf(protocol, side, target.mutant);
      return besideOurs(protocol, profile, { ...ground, record });
    }
    case 'address':
      return toServer(protocol, profile, { ...ground, address: target });
    case 'command':
      return fromClients(protocol, profile, { ...ground, at: { host: '127.0.0.1', port: 0 } });
    case 'listen':
      return fromClients(protocol, profile, { ...ground, at: target });
  }
}

/** Sessions with a server that outlives them: its pushes come to the same places in all of them. */
async function toServer(
  protocol: Protocol,
  profile: Profile,
  { layout, credentials, address }: Ground & { readonly address: Address },
): Promise<Reach> {
  const near = await localAddressTowards(address.host);
  const wanted = layout.pushAt.map(({ host, port }) =>
    port === 0 ? { host: near, port } : { host, port },
  );
  const gate = await openGate(wanted, { credentials });
  const found = { alone: layout.peer === null, pushAt: gate.places, secure: credentials !== null };
  const known = settledBy(protocol, profile, found);
  const settings = settingsFor(protocol, { ...known, pinned: known.readings });
  const { peer } = layout;
  const isElsewhere = peer !== null && writePlace(peer) !== writePlace(address);
  const ends =
    isElsewhere && settledLayout(protocol, known, layout).ends === 2 ? [address, peer] : [address];
  let isTried = false;
  return {
    url: urlOf(protocol, profile, address),
    options: known.options,
    pushAt: gate.places,
    async link(limitMs) {
      if (!isTried) await tried(ends, { credentials, limitMs });
      isTried = true;
      return connect(protocol, settings, { address, credentials, limitMs, gate });
    },
    [Symbol.asyncDispose]: () => gate[Symbol.asyncDispose](),
  };
}

/** Whether each end takes connections of ours, before anything is said. */
async function tried(ends: readonly Address[], plan: DialPlan): Promise<void> {
  for (const [index, end] of ends.entries()) {
    try {
      await tryOut(end, plan);
    } catch (fault) {
      if (!(fault instanceof HarnessError) || index === 0) throw fault;
      throw new HarnessError(fault.code, `at the second end: ${fault.message}`, { cause: fault });
    }
  }
}

/** Clients that a command starts, or that come by themselves, one session after the other. */
async function fromClients(
  protocol: Protocol,
  profile: Profile,
  { layout, credentials, at }: Ground & { readonly at: Address },
): Promise<Reach> {
  const { target } = profile;
  const alone = target.kind === 'command' && !/\{peer(Port|Url)\}/.test(target.command);
  const secure = credentials !== null;
  const known = settledBy(protocol, profile, { alone, pushAt: [], secure });
  const settled = settledLayout(protocol, known, layout);
  const gate = await openGate(placesToWait(settled, at), { credentials });
  const [first = at, ...further] = gate.places;
  let client: Client | null = null;
  const place = urlOf(protocol, profile, first);
  return {
    url: target.kind === 'command' ? `cmd:${target.command}` : `${place} (listening)`,
    options: known.options,
    async link(limitMs) {
      await client?.stop();
      await using held = new AsyncDisposableStack();
      const link = held.use(await welcomeAll(settled, { at: gate, limitMs, credentials }));
      if (target.kind === 'command') {
        client = runCommand(protocol, profile, { places: [first, ...further] });
      }
      await comes(link.visited, { client, limitMs });
      held.move();
      if (client !== null) void leavesWith(client, link);
      return link;
    },
    exit: (limitMs) => exitWithin(client, limitMs),
    async [Symbol.asyncDispose]() {
      await client?.stop();
      await gate[Symbol.asyncDispose]();
    },
  };
}

/** Lets a session end when its client has gone: connections that end say nothing of sessions. */
async function leavesWith(client: Client, link: Link): Promise<void> {
  if (client.exited === null) return;
  await client.exited;
  while (client.lives === true) await systemClock.sleep(pollMs);
  await systemClock.sleep(underWayMs);
  link.end();
}

function settledBy(protocol: Protocol, profile: Profile, found: Found): Profile {
  const options = protocol.settled?.(profile.options, found) ?? profile.options;
  return { ...profile, options };
}

/** Where the connections lie, now that more is known. */
function settledLayout(protocol: Protocol, known: Profile, layout: BundleLayout): BundleLayout {
  const settings = settingsFor(protocol, { ...known, pinned: known.readings });
  return protocol.bundle?.(settings) ?? layout;
}

/** Each link is another session with a reference side of ours, over connections of its own. */
function besideOurs(
  protocol: Protocol,
  profile: Profile,
  act: Ground & { readonly record: SideRecord },
): Reach {
  const { side } = profile;
  const serves = side === protocol.model.server;
  let started = 0;
  let pair: SessionPair | null = null;
  const clock = act.inMemory === true ? new SimulatedClock(someDateMs) : null;
  return {
    url: `reference:${protocol.name}/${side}`,
    options: profile.options,
    ...(clock === null ? {} : { clock }),
    async link(limitMs) {
      await pair?.[Symbol.asyncDispose]();
      pair =
        clock === null
          ? await sessionPair(act.layout, limitMs)
          : sessionInMemory(act.layout, clock);
      started += 1;
      const casting = castingOf(protocol, profile, act);
      const random = casting.random.fork(`start ${started}`);
      const role = cast({ ...casting, random, clock: clock ?? systemClock });
      const [theirs, ours] = serves ? [pair.server, pair.client] : [pair.client, pair.server];
      void perform(role, theirs, standing(role)).catch(() => {});
      return clock === null ? ours : waitedFor(ours, clock);
    },
    async [Symbol.asyncDispose]() {
      await pair?.[Symbol.asyncDispose]();
    },
  };
}
