import type { Clock } from '#src/base/clock.ts';
import type { Random } from '#src/base/random.ts';
import type { Perceived } from '#src/contract/frame.ts';
import type { Position } from '#src/contract/position.ts';
import type { Protocol } from '#src/contract/protocol.ts';
import type { Settings } from '#src/contract/settings.ts';
import type { Link } from '#src/transport/link.ts';
import { allows, type Warden } from './warden.ts';

/** Longest wait for the answers to all that is said in the end, ms. */
const answersMs = 500;

/** Who leaves, and where the session stands for all that it knows. */
export interface Leaving {
  readonly protocol: Protocol;
  readonly settings: Settings;
  /** The side that leaves. */
  readonly side: string;
  readonly position: Position;
  /** What the other side has said, the last of it. */
  readonly heard: readonly Perceived[];
  readonly random: Random;
  readonly clock: Clock;
  readonly warden?: Warden | undefined;
}

/**
 * Says what is to be said so that nothing of a session is left with a server that outlives it, as
 * far as that goes: nobody judges or records it, and answers are awaited for half a second.
 */
export async function leaveClean(leaving: Leaving, link: Link): Promise<void> {
  const { protocol, settings, side, position, heard, random, clock } = leaving;
  const last = protocol.leaves?.(position, heard) ?? [];
  if (last.length === 0) return;
  let said = 0;
  for (const utterance of last) {
    const { bytes, payload } = protocol.compose(utterance, side, { position, settings, random });
    const perceived = { message: utterance.message, payload, flaws: [] };
    if (!allows(leaving.warden, perceived, position)) continue;
    link.write(bytes);
    said += 1;
  }
  const reader = protocol.reader(settings);
  const untilMs = clock.nowMs() + answersMs;
  for (let answers = 0; answers < said;) {
    const leftMs = untilMs - clock.nowMs();
    const arrival = leftMs > 0 ? await link.read(leftMs) : null;
    if (arrival?.kind !== 'bytes') return;
    answers += reader.push(arrival.bytes).length;
  }
}
