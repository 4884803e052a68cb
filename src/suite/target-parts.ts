import { HarnessError } from '#src/base/errors.ts';
import { seededRandom } from '#src/base/random.ts';
import { settingsFor } from '#src/contract/choose.ts';
import type { Protocol } from '#src/contract/protocol.ts';
import { addressUrl } from '#src/contract/schemes.ts';
import type { SideRecord } from '#src/contract/side.ts';
import type { Profile } from '#src/contract/target.ts';
import type { Casting } from '#src/play/host.ts';
import { fillIn, startCommand } from '#src/transport/command.ts';
import type { Address } from '#src/transport/tcp.ts';
import type { Client } from './await-clients.ts';

/** Longest time that an embedded reference side waits for a player. */
export const waitMs = 60_000;

/** The record of a reference side, or of one of its mutants. */
export function recordOf(protocol: Protocol, side: string, mutant: string | null): SideRecord {
  const known = protocol.mutants.find((row) => row.id === mutant && row.side === side);
  const record = mutant === null ? protocol.sides[side] : known?.record;
  if (record === undefined) {
    throw new HarnessError('usage', `no ${side} of ${protocol.name} called '${mutant ?? side}'`);
  }
  return record;
}

/** An address as the URL of a target. */
export function urlOf(protocol: Protocol, { tls, dialect }: Profile, place: Address): string {
  return addressUrl(protocol, { secure: tls !== undefined, dialect }, place);
}

/** An address as the URL that a command is given. */
function peerUrlOf(protocol: Protocol, profile: Profile, place: Address): string {
  const { tls, dialect, options } = profile;
  const at = { place, secure: tls !== undefined, dialect, options };
  return protocol.peerUrl?.(at) ?? urlOf(protocol, profile, place);
}

/**
 * Starts the command of a profile, which comes to these places: {port} and {url} are the first,
 * {peerPort} and {peerUrl} the second.
 */
export function runCommand(
  protocol: Protocol,
  profile: Profile,
  { places }: { readonly places: readonly [Address, ...(readonly Address[])] },
): Client {
  const [first, second = first] = places;
  const { target } = profile;
  const command = target.kind === 'command' ? target.command : '';
  return startCommand(
    fillIn(command, {
      host: first.host,
      port: String(first.port),
      url: peerUrlOf(protocol, profile, first),
      peerPort: String(second.port),
      peerUrl: peerUrlOf(protocol, profile, second),
    }),
  );
}

/** What a reference side of ours performs with, as a target. */
export function castingOf(
  protocol: Protocol,
  profile: Profile,
  { record, seed }: { record: SideRecord; seed: number },
): Casting {
  return {
    protocol,
    record,
    side: profile.side,
    settings: settingsFor(protocol, { ...profile, pinned: profile.readings }),
    random: seededRandom(seed).fork(`reference ${profile.side}`),
    idleMs: waitMs,
  };
}
