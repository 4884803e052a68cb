import type { CampaignKill, CorrectRow, KillJob, MutantRow } from '#src/bench/kill-job.ts';
import type { KillMatrix } from '#src/bench/kill.ts';

/** A campaign that found the right thing at once, shown by the shortest trace. */
export function campaignRow(change: Partial<CampaignKill> = {}): CampaignKill {
  return {
    seed: 1,
    messages: 100,
    detectedAfter: 100,
    rightAfter: 100,
    rightFirst: true,
    named: ['p/rule'],
    minimalMessages: 2,
    replayed: { shown: 20, of: 20 },
    because: null,
    ...change,
  };
}

/** A campaign that found nothing. */
export const nothingFound = campaignRow({
  detectedAfter: null,
  rightAfter: null,
  rightFirst: false,
  named: [],
  minimalMessages: null,
  replayed: null,
});

/** A mutant that everybody kills. */
export function mutantRow(change: Partial<MutantRow> = {}): MutantRow {
  return {
    kind: 'mutant',
    protocol: 'p',
    mutant: 'forgets',
    side: 'server',
    title: 'forgets everything',
    breaks: 'p/rule',
    shortest: 2,
    deep: false,
    suite: { killer: 'p/case', right: true, because: null },
    campaigns: [1, 2, 3].map((seed) => campaignRow({ seed })),
    durationMs: 1234,
    ...change,
  };
}

/** A campaign against a right side that found nothing. */
export function correctRow(change: Partial<CorrectRow> = {}): CorrectRow {
  const peer = { side: 'server', reading: null, told: true };
  return { kind: 'correct', protocol: 'p', peer, messages: 1000, alarms: [], ...change };
}

/** A matrix in which every number is reached. */
export function matrixOf(change: Partial<KillMatrix> = {}): KillMatrix {
  return {
    mutants: [mutantRow()],
    correct: [correctRow()],
    faults: [],
    durationMs: 5000,
    interrupted: false,
    ...change,
  };
}

/** A job against a mutant. */
export function mutantJob(
  mutant: string,
  change: Partial<Extract<KillJob, { kind: 'mutant' }>> = {},
): Extract<KillJob, { kind: 'mutant' }> {
  const budget = { messages: 2000, ms: 20_000 };
  return {
    kind: 'mutant',
    protocol: 'p',
    mutant,
    suite: true,
    seeds: [1],
    budget,
    feedback: true,
    ...change,
  };
}
