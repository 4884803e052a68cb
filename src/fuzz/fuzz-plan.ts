import type { CampaignState } from '#src/contract/finding.ts';
import type { Protocol } from '#src/contract/protocol.ts';
import type { Profile } from '#src/contract/target.ts';
import { withheldMessages } from '#src/suite/restraint.ts';
import type { Budget } from './campaign.ts';
import type { Restraint } from './menu.ts';
import type { Seed } from './seeds.ts';
import type { ShrinkBudget } from './shrink.ts';

/** One fuzzing run against one target. */
export interface FuzzPlan {
  readonly protocol: Protocol;
  readonly profile: Profile;
  readonly seed: number;
  readonly budget: Budget;
  /** This run walks part `index` of `of` of the sessions. */
  readonly shard: { readonly index: number; readonly of: number };
  readonly feedback: boolean;
  readonly shrinking: ShrinkBudget;
  /** Threads, 1 … n; more than one needs the module that they run. */
  readonly workers: number;
  readonly entry: URL | null;
  /** Stored findings, played again first. */
  readonly seeds: readonly Seed[];
  /** What an earlier run of the same came to, which this one goes on with. */
  readonly begun: Begun;
  /** Aborted on Ctrl-C: what was found is kept. */
  readonly signal: AbortSignal;
}

/** How far an earlier run came. */
export interface Begun {
  readonly state: CampaignState;
  /** Sessions that each worker walked. */
  readonly sessions: readonly number[];
}

/** What a profile forbids a campaign. */
export function restraintOf(protocol: Protocol, profile: Profile): Restraint {
  const { safe, absent } = profile;
  return { safe, never: [...withheldMessages(protocol, profile)], absent };
}

/** Which sessions one of several workers walks, and for how long. */
export function shareOf(
  { shard, budget, workers }: Pick<FuzzPlan, 'shard' | 'budget' | 'workers'>,
  worker: number,
): Pick<FuzzPlan, 'shard' | 'budget'> {
  return {
    shard: { index: shard.index + shard.of * worker, of: shard.of * workers },
    budget: { ...budget, messages: Math.ceil(budget.messages / workers) },
  };
}

/** What each of several workers may cost a target that somebody else looks after. */
export function sharedProfile(profile: Profile, workers: number): Profile {
  const { upkeep: _none, budget = {}, ...rest } = profile;
  const share = (whole: number) => Math.floor(whole / workers);
  const { keys, messages, messagesPerSecond } = budget;
  return {
    ...rest,
    start: null,
    reset: null,
    budget: {
      ...(keys === undefined ? {} : { keys: share(keys) }),
      ...(messages === undefined ? {} : { messages: share(messages) }),
      ...(messagesPerSecond === undefined
        ? {}
        : { messagesPerSecond: messagesPerSecond / workers }),
    },
  };
}
