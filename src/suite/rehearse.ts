import { systemClock } from '#src/base/clock.ts';
import type { Case } from '#src/contract/case.ts';
import { settingsFor } from '#src/contract/choose.ts';
import type { Perceived } from '#src/contract/frame.ts';
import type { Position } from '#src/contract/position.ts';
import type { Protocol } from '#src/contract/protocol.ts';
import type { Profile } from '#src/contract/target.ts';
import type { Trace } from '#src/contract/trace.ts';
import type { Warden } from '#src/play/warden.ts';
import { applicable } from './applicable.ts';
import { reached, reachTarget, type Reach } from './reach.ts';
import { reachInMemory } from './reach-memory.ts';
import { destroyedBy, isMalformed, refusal, withheldMessages } from './restraint.ts';
import { playCase, type Bench } from './run-case.ts';
import { recordOf } from './target-parts.ts';

/** For an owed answer, ms: in memory it takes no time. */
const replyMs = 1000;

/** A message that a case would send. */
export interface PlannedMessage {
  /** Its name; `null` for what is no message of the protocol. */
  readonly message: string | null;
  readonly isMalformed: boolean;
  /** What it does that a target does not forget: names of destructive messages. */
  readonly destroys: readonly string[];
}

/** What a case would do to a target, by what it does to a reference side of ours. */
export interface Rehearsal {
  readonly played: Case;
  /** Why it is left out; `null`: it is not. */
  readonly excuse: string | null;
  readonly sent: readonly PlannedMessage[];
  /** Sent and received. */
  readonly messages: number;
  readonly keys: number;
  /** `null` where nothing was played: the case does not apply. */
  readonly trace: Trace | null;
}

/** What is rehearsed, and for whom. */
export interface RehearsalPlan {
  readonly protocol: Protocol;
  readonly profile: Profile;
  readonly cases: readonly Case[];
  readonly seed: number;
  readonly signal: AbortSignal;
}

/**
 * Plays cases against our own reference side in memory, and tells what each would send to a target.
 * Nothing is sent to the target, and nobody connects.
 */
export async function* rehearsals(plan: RehearsalPlan): AsyncGenerator<Rehearsal> {
  const { tls: _none, ...open } = plan.profile;
  const profile: Profile = { ...open, target: { kind: 'reference', mutant: null } };
  await using reach = await reachOurs(plan.protocol, profile, plan.seed);
  const known = reached(plan.protocol, profile, reach);
  for (const played of plan.cases) {
    if (plan.signal.aborted) return;
    yield await rehearsal({ ...plan, profile: known }, played, reach);
  }
}

async function rehearsal(plan: RehearsalPlan, played: Case, reach: Reach): Promise<Rehearsal> {
  const { protocol, profile, seed, signal } = plan;
  const nothing = { played, sent: [], messages: 0, keys: 0, trace: null };
  const declared = applicable(profile, played);
  if (declared !== null) return { ...nothing, excuse: declared };
  const notes = new Notes(protocol, profile);
  const clock = reach.clock ?? systemClock;
  const bench: Bench = { protocol, profile, reach, clock, seed, replyMs, signal, warden: notes };
  const { trace, verdict } = await playCase(bench, played);
  const isBarred = verdict.verdict === 'untestable' && notes.withheld.size > 0;
  const without = `${verdict.note ?? ''} without ${[...notes.withheld].join(', ')}`;
  const { sent, messages, keys } = notes;
  return { played, sent, messages, keys, trace, excuse: notes.why ?? (isBarred ? without : null) };
}

/** Writes down what is said, and lets everything pass. */
class Notes implements Warden {
  readonly withheld: ReadonlySet<string>;
  readonly sent: PlannedMessage[] = [];
  messages = 0;
  keys = 0;
  /** Why the first message is withheld that is. */
  why: string | null = null;
  readonly #protocol: Protocol;
  readonly #profile: Profile;

  constructor(protocol: Protocol, profile: Profile) {
    this.#protocol = protocol;
    this.#profile = profile;
    this.withheld = withheldMessages(protocol, profile);
  }

  sends(frames: readonly Perceived[], at: Position): void {
    for (const frame of frames) {
      this.why ??= refusal(this.#protocol, this.#profile, { frame, at });
      const destroys = destroyedBy(this.#protocol, frame, at);
      this.sent.push({ message: frame.message, isMalformed: isMalformed(frame), destroys });
      this.hears(frame);
    }
  }

  demand(): void {}

  hears(frame: Perceived): void {
    this.messages += 1;
    this.keys += this.#protocol.keysOf?.(frame) ?? 0;
  }
}

/** Our own side in memory, whatever the protocol. */
async function reachOurs(protocol: Protocol, profile: Profile, seed: number): Promise<Reach> {
  const settings = settingsFor(protocol, { ...profile, pinned: profile.readings });
  const isBundle = (protocol.bundle?.(settings) ?? null) !== null;
  if (isBundle) return reachTarget(protocol, profile, seed, { inMemory: true });
  const record = recordOf(protocol, profile.side, null);
  return reachInMemory(protocol, profile, { record, seed });
}
