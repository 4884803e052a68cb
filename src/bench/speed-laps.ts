import type { Link } from '#src/transport/link.ts';
import { arenaOf, linkTo, openWalker, serverRole, walk } from './speed-arena.ts';
import type { Exchange } from './speed-bare.ts';
import { framesOf, type Recording, type Turn } from './speed-recording.ts';

/** A session that is had again and again over one connection, as a player walked it. */
export interface Laps {
  /** What is said once, before the first lap, and its bytes. */
  readonly opening: { readonly turns: readonly Turn[]; readonly exchanges: readonly Exchange[] };
  /** One lap: the session without its last message, which ends it; a round of it is whole. */
  readonly turns: readonly Turn[];
  /** Frames of one lap. */
  readonly frames: number;
  /** The bytes of each lap. */
  readonly exchanges: readonly (readonly Exchange[])[];
}

/** Walks the laps within this process, and keeps the bytes: the same player sends them again. */
export async function recordLaps(recording: Recording, count: number): Promise<Laps> {
  const isRound = recording.protocol.baseline?.round !== undefined;
  const opening = recording.turns.slice(0, recording.opening);
  const turns = recording.turns.slice(recording.opening, isRound ? undefined : -1);
  const heard: { sent: Uint8Array; received: Uint8Array }[] = [];
  const role = serverRole(recording);
  const arena = arenaOf(recording, async () => overheard(await linkTo(role), heard));
  await using walker = await openWalker(arena);
  await walk(walker, opening);
  const begun = heard.splice(0);
  const exchanges: (readonly Exchange[])[] = [];
  for (let lap = 0; lap < count; lap += 1) {
    await walk(walker, turns);
    exchanges.push(heard.splice(0));
  }
  return {
    opening: { turns: opening, exchanges: begun },
    turns,
    frames: framesOf(turns),
    exchanges,
  };
}

/** A link that remembers what is sent, and what comes back for it. */
function overheard(link: Link, heard: { sent: Uint8Array; received: Uint8Array }[]): Link {
  return {
    ...link,
    write(bytes) {
      heard.push({ sent: bytes, received: new Uint8Array(0) });
      link.write(bytes);
    },
    async read(limitMs) {
      const arrival = await link.read(limitMs);
      const last = heard.at(-1);
      if (arrival.kind === 'bytes' && last !== undefined) {
        last.received = Buffer.concat([last.received, arrival.bytes]);
      }
      return arrival;
    },
  };
}
