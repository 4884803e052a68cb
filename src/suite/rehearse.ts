import { systemClock } from '#src/base/clock.ts';
import type { Case } from '#src/contract/case.ts';
import type { Perceived } from '#src/contract/frame.ts';
import type { Position } from '#src/contract/position.ts';
import type { Protocol } from '#src/contract/protocol.ts';
import type { Profile } from '#src/contract/target.ts';
import type { Trace } from '#src/contract/trace.ts';
import type { Warden } from '#src/play/warden.ts';
import { applicable } from './applicable.ts';
import { reached, type Reach } from './reach.ts';
import { reachOurs, standIn } from './reach-ours.ts';
import { noted, type PlannedMessage } from './noted.ts';
import { refusal, withheldMessages } from './restraint.ts';
import { playCase, type Bench } from './run-case.ts';

/** For an owed answer, ms: in memory it takes no time. */
const replyMs = 1000;

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
  const { protocol, seed } = plan;
  await using reach = await reachOurs(protocol, plan.profile, seed);
  const known = reached(protocol, standIn(plan.profile), reach);
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
  readonly left = { keys: Number.POSITIVE_INFINITY, messages: Number.POSITIVE_INFINITY };
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
      this.sent.push(noted(this.#protocol, frame, at));
      this.hears(frame);
    }
  }

  demand(): void {}

  hears(frame: Perceived): void {
    this.messages += 1;
    this.keys += this.#protocol.keysOf?.(frame) ?? 0;
  }
}
