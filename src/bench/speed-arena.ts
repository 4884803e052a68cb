import { systemClock } from '#src/base/clock.ts';
import { HarnessError } from '#src/base/errors.ts';
import { seededRandom } from '#src/base/random.ts';
import { chartOf } from '#src/chart/chart-of.ts';
import { Walker, type Arena } from '#src/fuzz/walker.ts';
import { cast, type Casting } from '#src/play/host.ts';
import { perform, standing, type Role } from '#src/play/perform.ts';
import type { Link } from '#src/transport/link.ts';
import { memoryPair } from '#src/transport/memory.ts';
import type { Recording, Turn } from './speed-recording.ts';

/** Where servers that are measured wait. */
export const loopback = { host: '127.0.0.1', port: 0 } as const;

const idleMs = 30_000;
/** For an owed answer: the machine may be busy with something else, ms. */
const replyMs = 10_000;
const seed = 7;

/** The reference server, as it is hosted. */
export function serverCasting({ protocol, server: side, settings }: Recording): Casting {
  const record = protocol.sides[side];
  if (record === undefined) throw new HarnessError('internal', `${protocol.name} has no ${side}`);
  return { protocol, record, side, settings, random: seededRandom(seed).fork(side), idleMs };
}

/** The reference server, ready to perform within this process. */
export function serverRole(recording: Recording): Role {
  return cast(serverCasting(recording));
}

/** A link within this process to a server that performs at its other end. */
export async function linkTo(role: Role): Promise<Link> {
  const [near, far] = memoryPair();
  void perform(role, far, standing(role)).finally(() => far.end());
  return near;
}

/** Where the player walks against the reference server, over these links. */
export function arenaOf(recording: Recording, link: Arena['link']): Arena {
  const { protocol, settings, server, client } = recording;
  return {
    protocol,
    fuzzing: protocol.fuzzing,
    chart: chartOf(protocol.model.session),
    settings,
    pinned: {},
    peer: server,
    side: client,
    clock: systemClock,
    replyMs,
    link,
  };
}

/** Opens a session over a link of its own; the same each time, if the peer is. */
export function openWalker(arena: Arena): Promise<Walker> {
  return Walker.open(arena, { random: seededRandom(seed), seed });
}

/**
 * Says what the client said, and judges each answer.
 * @throws HarnessError `internal` where an answer is not allowed.
 */
export async function walk(walker: Walker, turns: readonly Turn[]): Promise<void> {
  for (const { step } of turns) {
    const { kind, heard } = await walker.take(step);
    if (kind === 'fine' || (kind === 'over' && step === turns.at(-1)?.step)) continue;
    const what = `${kind} after ${step.message}: ${heard}`;
    throw new HarnessError('internal', `the recorded session cannot be walked: ${what}`);
  }
}
