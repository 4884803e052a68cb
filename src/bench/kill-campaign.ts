import { HarnessError } from '#src/base/errors.ts';
import type { CampaignState, Finding } from '#src/contract/finding.ts';
import type { Protocol } from '#src/contract/protocol.ts';
import type { Mutant } from '#src/contract/side.ts';
import { campaign, type Budget, type CampaignPlan } from '#src/fuzz/campaign.ts';
import { replayTimes } from '#src/fuzz/replay-times.ts';
import { openFuzzTarget, type FuzzTarget } from '#src/fuzz/target.ts';
import type { CampaignKill } from './kill-job.ts';
import { mutantProfile } from './kill-target.ts';

/** How often a finding is played again. */
const replays = 20;
/** Nobody interrupts a thread: it is ended. */
const { signal } = new AbortController();

/** How one campaign of the matrix is run. */
export interface KillCampaign {
  readonly seed: number;
  readonly budget: Budget;
  readonly feedback: boolean;
}

/** One campaign against a mutant, without stored seeds. */
export async function campaignKill(
  protocol: Protocol,
  mutant: Mutant,
  how: KillCampaign,
): Promise<CampaignKill> {
  const profile = mutantProfile(protocol, mutant);
  const { seed } = how;
  try {
    await using target = await openFuzzTarget({ protocol, profile, seed, signal });
    const state = await untilRight(target, mutant, how);
    return { seed, ...(await assessed(target, mutant, state)), because: null };
  } catch (fault) {
    if (!(fault instanceof HarnessError) || fault.code !== 'unreachable') throw fault;
    return { seed, ...nothing, because: fault.message };
  }
}

/** A plan with nothing before it, nothing forbidden, and nobody told. */
export function plainPlan(
  { arena, care }: Pick<FuzzTarget, 'arena' | 'care'>,
  { seed, budget, feedback }: KillCampaign,
): CampaignPlan {
  return {
    ...{ arena, care, seed, budget, feedback, signal },
    shard: { index: 0, of: 1 },
    restraint: { safe: false, never: [], absent: [] },
    shrinking: { replays: 200, ms: 5000 },
    begun: { sessions: 0, messages: 0, findings: [], triples: new Set() },
    tell: () => {},
    found: () => {},
  };
}

/** Ends when the right finding has come for the second time: it is told again once it is shrunk. */
function untilRight(
  target: FuzzTarget,
  { breaks }: Mutant,
  how: KillCampaign,
): Promise<CampaignState> {
  const stop = new AbortController();
  const told = new Set<string>();
  return campaign({
    ...plainPlan(target, how),
    signal: stop.signal,
    found({ id, requirement }) {
      if (told.has(id) && requirement === breaks.id) stop.abort();
      told.add(id);
    },
  });
}

type Assessed = Omit<CampaignKill, 'seed' | 'because'>;

const nothing: Assessed = {
  messages: 0,
  detectedAfter: null,
  rightAfter: null,
  rightFirst: false,
  named: [],
  minimalMessages: null,
  replayed: null,
};

async function assessed(
  target: FuzzTarget,
  { breaks }: Mutant,
  { messages, findings }: CampaignState,
): Promise<Assessed> {
  const inOrder = findings.toSorted((a, b) => a.messagesToDetection - b.messagesToDetection);
  const [first] = inOrder;
  const right = inOrder.filter(({ requirement }) => requirement === breaks.id);
  const shortest = right.toSorted((a, b) => a.minimalMessages - b.minimalMessages)[0];
  const shown = shortest ?? first;
  return {
    messages,
    detectedAfter: first?.messagesToDetection ?? null,
    rightAfter: right[0]?.messagesToDetection ?? null,
    rightFirst: first !== undefined && first.requirement === breaks.id,
    named: [...new Set(inOrder.map(({ requirement }) => requirement))],
    minimalMessages: shortest?.minimalMessages ?? null,
    replayed: shown === undefined ? null : await replayed(target, shown),
  };
}

async function replayed(target: FuzzTarget, found: Finding): Promise<CampaignKill['replayed']> {
  const came = await replayTimes(target, found, { times: replays, signal });
  return came === null ? null : { shown: came.shown, of: came.of };
}
