import type { Protocol } from '#src/contract/protocol.ts';
import type { Profile } from '#src/contract/target.ts';
import { applicable } from './applicable.ts';
import { rehearsals, type RehearsalPlan } from './rehearse.ts';
import { nothingMalformed } from './restraint.ts';

/** What is known of the cases of a run before anything is sent. */
export interface Reckoning {
  /** Why a case is left out, by its id, besides what applies to it anyway. */
  readonly excuses: ReadonlyMap<string, string>;
  /** What a case is going to cost, by its id. */
  readonly costs: ReadonlyMap<string, { readonly keys: number; readonly messages: number }>;
}

/** Of a profile that asks for no care: nothing has to be known. */
const carefree: Reckoning = { excuses: new Map(), costs: new Map() };

/** Rehearses the cases of a run, where what they would send decides whether they are played. */
export async function reckoned(plan: RehearsalPlan): Promise<Reckoning> {
  if (!asksForCare(plan.protocol, plan.profile)) return carefree;
  const excuses = new Map<string, string>();
  const costs = new Map<string, { keys: number; messages: number }>();
  for await (const { played, excuse, keys, messages } of rehearsals(plan)) {
    costs.set(played.id, { keys, messages });
    if (excuse !== null && applicable(plan.profile, played) === null) {
      excuses.set(played.id, excuse);
    }
  }
  return { excuses, costs };
}

function asksForCare({ destructive = {} }: Protocol, profile: Profile): boolean {
  const { safe, never, consent = [], budget = {} } = profile;
  const isBound = Object.keys(destructive).some((name) => !consent.includes(name));
  const isLimited = budget.keys !== undefined || budget.messages !== undefined;
  return (safe && isBound) || never.length > 0 || isLimited;
}

/** How many cases are left out for care and why, in a line; `null`: none. */
export function leftOut({ cases, profile }: RehearsalPlan, { excuses }: Reckoning): string | null {
  const counts = new Map<string, number>();
  for (const played of cases) {
    const isHostile = applicable(profile, played) === nothingMalformed;
    const excuse = isHostile ? nothingMalformed : excuses.get(played.id);
    if (excuse !== undefined) counts.set(excuse, (counts.get(excuse) ?? 0) + 1);
  }
  if (counts.size === 0) return null;
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const told = [...counts].map(([excuse, count]) => `${count}: ${excuse}`);
  return `left out: ${total} ${total === 1 ? 'case' : 'cases'} (${told.join('; ')})`;
}
