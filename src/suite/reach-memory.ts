import { SimulatedClock, someDateMs } from '#src/base/simulated-clock.ts';
import type { Protocol } from '#src/contract/protocol.ts';
import type { SideRecord } from '#src/contract/side.ts';
import type { Profile } from '#src/contract/target.ts';
import { cast, type Casting } from '#src/play/host.ts';
import { perform, standing, type Standing } from '#src/play/perform.ts';
import type { Link } from '#src/transport/link.ts';
import { memoryPair } from '#src/transport/memory.ts';
import { OwnFaults } from './own-faults.ts';
import type { Reach } from './reach.ts';
import { castingOf } from './target-parts.ts';

/**
 * The way to a reference side within this process, by a time of its own: what a session waits for
 * in vain costs nothing, and a busy machine makes nothing late.
 */
export function reachInMemory(
  protocol: Protocol,
  profile: Profile,
  act: { readonly record: SideRecord; readonly seed: number },
): Reach {
  const { side } = profile;
  const clock = new SimulatedClock(someDateMs);
  const casting = { ...castingOf(protocol, profile, act), clock };
  const faults = new OwnFaults(profile);
  const open = new Set<Link>();
  let started = 0;
  let kept: Standing | null = null;
  const session = () => {
    started += 1;
    const role = cast(startedAs(casting, started));
    const at = kept ?? standing(role);
    if (casting.record.keepsSession === true) kept = at;
    return { role, at };
  };
  return {
    url: `reference:${protocol.name}/${side}`,
    options: profile.options,
    clock,
    async link() {
      faults.check();
      const [ours, theirs] = memoryPair(clock);
      const { role, at } = session();
      open.add(theirs);
      void perform(role, theirs, at)
        .catch((fault: unknown) => faults.note(fault))
        .finally(() => {
          open.delete(theirs);
          return theirs[Symbol.asyncDispose]();
        });
      return waitedFor(ours, clock);
    },
    async [Symbol.asyncDispose]() {
      for (const link of open) await link[Symbol.asyncDispose]();
      faults.check();
    },
  };
}

/**
 * Sessions of one server share its chance, unless they would share more by it; each client is
 * another one, and draws its own.
 */
function startedAs(casting: Casting, started: number): Casting {
  const { protocol, record, side, random } = casting;
  if (side === protocol.model.server && record.sharesByChance !== true) return casting;
  return { ...casting, random: random.fork(`start ${started}`) };
}

/** A link whose reader lets the time pass. */
export function waitedFor(link: Link, clock: SimulatedClock): Link {
  return { ...link, read: (limitMs) => clock.passing(link.read(limitMs)) };
}
