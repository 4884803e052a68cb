import { systemClock } from '#src/base/clock.ts';
import { HarnessError } from '#src/base/errors.ts';
import type { Trace } from '#src/contract/trace.ts';
import { reachOurs, standIn } from '#src/suite/reach-ours.ts';
import { reached } from '#src/suite/reach.ts';
import { sane } from '#src/suite/sanity.ts';
import { wardenOf } from '#src/suite/warden.ts';
import { campaign } from './campaign.ts';
import { restraintOf, sharedProfile, shareOf, type FuzzPlan } from './fuzz-plan.ts';
import { arenaOf } from './target.ts';
import type { Care } from './target-care.ts';
import type { Arena } from './walker.ts';
import { Witness, type WitnessedMessage } from './witness.ts';

/** For an owed answer, ms: in memory it takes no time. */
const replyMs = 1000;

/** A session of a campaign, as it goes with our own side in the target's place. */
export interface PreviewedSession {
  /** Its number in the whole campaign, from 0. */
  readonly number: number;
  readonly connections: number;
  readonly sent: readonly WitnessedMessage[];
  /** Sent and received. */
  readonly messages: number;
  readonly keys: number;
  /** Why the campaign ends in it; `null`: it goes on. */
  readonly ends: string | null;
  readonly trace: Trace;
}

/** Nothing can befall our own side in memory. */
const unneeded: Care = { alone: true, restarts: 0, probe: async () => 'well', async revive() {} };

/**
 * The first sessions of a campaign, played in memory against our own side: nobody is connected to.
 * Of several workers those of the first one.
 * @throws HarnessError `usage` for a profile that our own side cannot stand in for; `spent` where
 * its budget has not even room for the sanity exchange.
 */
export async function preview(plan: FuzzPlan, count: number): Promise<readonly PreviewedSession[]> {
  if (count === 0) return [];
  const { protocol, seed, feedback, begun, workers } = plan;
  await using reach = await reachOurs(protocol, plan.profile, seed);
  const target = workers === 1 ? plan.profile : sharedProfile(plan.profile, workers);
  const profile = reached(protocol, standIn(target), reach);
  const witness = new Witness(protocol, wardenOf(protocol, profile));
  const around = { signal: plan.signal, clock: reach.clock ?? systemClock, warden: witness };
  /** Its cost is the campaign's, where that is one; threads of one are told that all is well. */
  if (workers === 1) await sane({ ...{ protocol, profile, reach, seed, replyMs }, ...around });
  witness.take();
  const previewed: PreviewedSession[] = [];
  const enough = new AbortController();
  const { shard, budget } = shareOf(plan, 0);
  const arena: Arena = {
    ...arenaOf({ protocol, profile }, reach, replyMs),
    outlives: plan.profile.target.kind === 'address',
    warden: witness,
    captured(trace) {
      const number = shard.index + shard.of * ((begun.sessions[0] ?? 0) + previewed.length);
      previewed.push({ ...tookIn(witness, trace), number, ends: null });
      if (previewed.length >= count) enough.abort();
    },
  };
  try {
    await campaign({
      ...{ arena, seed, feedback, shard, budget, care: unneeded },
      restraint: restraintOf(protocol, plan.profile),
      shrinking: { replays: 0, ms: 0 },
      signal: AbortSignal.any([plan.signal, enough.signal]),
      begun: {
        sessions: begun.sessions[0] ?? 0,
        messages: begun.state.messages,
        findings: [],
        triples: begun.state.triples,
      },
      tell: () => {},
      found: () => {},
    });
  } catch (fault) {
    if (!(fault instanceof HarnessError) || fault.code !== 'spent') throw fault;
    const last = previewed.pop();
    if (last !== undefined) previewed.push({ ...last, ends: fault.message });
  }
  return previewed;
}

function tookIn(witness: Witness, trace: Trace): Omit<PreviewedSession, 'number' | 'ends'> {
  const { sent, heard, keys } = witness.take();
  const connections = trace.events.filter(({ kind }) => kind === 'opened').length;
  const said = sent.filter(({ withheld }) => withheld === null);
  return { sent, keys, trace, connections, messages: said.length + heard };
}
