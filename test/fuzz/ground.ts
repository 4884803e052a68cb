import type { Finding } from '#src/contract/finding.ts';
import type { Profile } from '#src/contract/target.ts';
import { campaign, type CampaignPlan } from '#src/fuzz/campaign.ts';
import { nothingYet } from '#src/fuzz/merge.ts';
import type { FuzzPlan } from '#src/fuzz/fuzz-plan.ts';
import { runFuzz, type FuzzProgress } from '#src/fuzz/run-fuzz.ts';
import { openFuzzTarget, type FuzzTarget } from '#src/fuzz/target.ts';
import { protocols } from '#src/protocols/index.ts';

/** The protocol that the tests of the machinery fuzz. */
export const protocol = (() => {
  const [first] = protocols;
  if (first === undefined) throw new TypeError('there is no protocol');
  return first;
})();

/** A profile of one of our own sides. */
export function reference(side: string, mutant: string | null = null): Profile {
  return {
    name: protocol.name,
    protocol: protocol.name,
    target: { kind: 'reference', mutant },
    side,
    dialect: protocol.defaultDialect,
    readings: {},
    options: {},
    replyMs: 500,
    replyMsAfter: {},
    absent: [],
    never: [],
    safe: false,
    start: null,
    reset: null,
  };
}

/** A signal that nobody aborts. */
export const never = new AbortController().signal;

/** A target that is open, on the test's own stack. */
export function open(profile: Profile, signal = never): Promise<FuzzTarget> {
  return openFuzzTarget({ protocol, profile, seed: 1, signal });
}

/** A campaign against an open target. */
export function fuzz(
  { arena, care }: Pick<FuzzTarget, 'arena' | 'care'>,
  change: Partial<CampaignPlan> = {},
) {
  return campaign({
    arena,
    care,
    seed: 42,
    shard: { index: 0, of: 1 },
    budget: { messages: 2000, ms: 25_000 },
    feedback: true,
    restraint: { safe: false, never: [], absent: [] },
    shrinking: { replays: 100, ms: 5000 },
    signal: never,
    begun: { sessions: 0, messages: 0, findings: [], triples: new Set() },
    tell: () => {},
    found: () => {},
    ...change,
  });
}

/** A whole run, with everything that it told, as it told it to `hear` too. */
export async function run(
  change: Partial<FuzzPlan> & Pick<FuzzPlan, 'profile'>,
  hear: (progress: FuzzProgress) => void = () => {},
) {
  const told: FuzzProgress[] = [];
  const result = await runFuzz(
    {
      protocol,
      seed: 42,
      budget: { messages: 2000, ms: 25_000 },
      shard: { index: 0, of: 1 },
      feedback: true,
      shrinking: { replays: 100, ms: 5000 },
      workers: 1,
      entry: new URL('../../src/cli/fuzz-worker.ts', import.meta.url),
      seeds: [],
      begun: { state: nothingYet, sessions: [] },
      signal: never,
      ...change,
    },
    (progress) => {
      told.push(progress);
      hear(progress);
    },
  );
  return { ...result, told };
}

/** A finding of nothing in particular. */
export function someFinding(change: Partial<Finding> = {}): Finding {
  return {
    id: `${protocol.name}-alice-00000001`,
    requirement: 'qosst/challengeEchoed',
    citation: 'a document, a section',
    kind: 'answer',
    explanation: 'Because.',
    expected: ['an answer'],
    actual: 'another',
    messagesToDetection: 10,
    times: 1,
    sessionSeed: 7,
    steps: [
      { do: 'say', message: 'identificationRequest', variant: 0 },
      { do: 'reconnect', how: 'end' },
    ],
    minimalMessages: 2,
    trace: {
      protocol: protocol.name,
      dialect: protocol.defaultDialect,
      peer: 'alice',
      options: {},
      seed: 7,
      events: [
        { kind: 'opened', atMs: 0 },
        { kind: 'sent', bytes: Uint8Array.from([0, 1, 0xfe]), atMs: 1 },
        { kind: 'received', bytes: Uint8Array.from([2]), atMs: 2 },
      ],
    },
    ...change,
  };
}
