import path from 'node:path';
import manifest from '../../../package.json' with { type: 'json' };
import { systemClock } from '#src/base/clock.ts';
import { Keeper } from '#src/cli/fuzz-keeper.ts';
import { openFolder } from '#src/cli/run-folder.ts';
import type { CampaignState, Finding } from '#src/contract/finding.ts';
import type { Profile } from '#src/contract/target.ts';
import { findingOf } from '#src/fuzz/findings.ts';
import { findingId } from '#src/fuzz/identify.ts';
import { merged, nothingYet } from '#src/fuzz/merge.ts';
import { runFuzz } from '#src/fuzz/run-fuzz.ts';
import { shrink } from '#src/fuzz/shrink.ts';
import { exhibit, type Exhibit } from '#src/fuzz/target-care.ts';
import { openFuzzTarget, type FuzzTarget } from '#src/fuzz/target.ts';
import { qosst } from '#src/protocols/qosst/index.ts';
import { deployed } from './deployed.ts';
import { freePort } from './peers/loopback.ts';

const alice = path.join(import.meta.dirname, 'peers/alice.ts');
const note = 'qosst-alice 0.10.0, qosst-core 0.10.1 (PyPI)';
/** What shortening one finding may cost, and all of them. */
const shrinking = { replays: 60, ms: 8000 };
const shrinkingAllMs = 100_000;

const signal = new AbortController().signal;

/** Real Alice, brought back whenever she falls. Her instruments settle at once. */
export async function profileOfRealAlice(): Promise<Profile> {
  const port = await freePort();
  return {
    name: 'qosst-alice-0.10',
    protocol: 'qosst',
    target: { kind: 'address', host: '127.0.0.1', port },
    side: 'alice',
    dialect: 'qosst/0.2',
    readings: deployed,
    options: {},
    replyMs: 1000,
    replyMsAfter: {},
    absent: ['errorCorrection', 'privacyAmplification', 'endOfFrame'],
    never: [],
    safe: false,
    start: `exec '${process.execPath}' '${alice}' --port ${port} --haste`,
    reset: null,
  };
}

/** Walks real Alice for so long, without stored seeds; findings are as they came. */
export async function fuzzRealAlice(
  profile: Profile,
  { seed, ms }: { readonly seed: number; readonly ms: number },
): Promise<CampaignState> {
  const { state } = await runFuzz(
    {
      protocol: qosst,
      profile,
      seed,
      budget: { messages: 1_000_000, ms },
      shard: { index: 0, of: 1 },
      feedback: true,
      shrinking: { replays: 0, ms: 0 },
      workers: 1,
      entry: null,
      seeds: [],
      begun: { state: nothingYet, sessions: [] },
      signal,
    },
    () => {},
  );
  return state;
}

/** The same findings by the shortest steps that still show them; falls first. */
export async function shortened(
  profile: Profile,
  findings: readonly Finding[],
): Promise<readonly Finding[]> {
  const plan = { protocol: qosst, profile, seed: 0, signal, maxMessagesPerSecond: null };
  await using target = await openFuzzTarget(plan);
  const untilMs = systemClock.nowMs() + shrinkingAllMs;
  const short: Finding[] = [];
  for (const finding of findings.toSorted((one, other) => rank(one) - rank(other))) {
    const late = systemClock.nowMs() > untilMs;
    short.push(late ? finding : await shortest(target, finding));
  }
  return merged([{ ...nothingYet, findings: short }]).findings;
}

/** Writes findings with their traces, as `qkdspec fuzz` does; returns the folder. */
export function keep(profile: Profile, state: CampaignState, seed: number): string {
  const folder = 'reports/qosst-alice-0.10-fuzz';
  const target = 'qosst://127.0.0.1';
  const origin = { profile, campaignSeed: seed, target, note, version: manifest.version };
  const about = { protocol: 'qosst', side: 'alice', target, seed, flags: {} };
  const keeper = new Keeper(folder, about, origin);
  openFolder(folder);
  keeper.open();
  for (const finding of state.findings) keeper.keep(finding);
  keeper.checkpoint({ state, sessions: [state.sessions] });
  if (keeper.failure !== null) throw new Error(keeper.failure);
  return folder;
}

function isFall({ kind }: { readonly kind: string }): boolean {
  return kind === 'crash' || kind === 'hang';
}

/** Silence costs the most, and most of it is the same deafness. */
function rank(finding: Finding): number {
  return isFall(finding) ? 0 : finding.kind === 'silence' ? 2 : 1;
}

async function shortest(target: FuzzTarget, finding: Finding): Promise<Finding> {
  const { steps, sessionSeed: seed, messagesToDetection: messages, times } = finding;
  const falls = isFall(finding);
  const isSame = ({ violation, signature }: Exhibit) =>
    falls ? violation !== null && isFall(violation) : idOf(signature) === finding.id;
  const found = await shrink(
    {
      steps,
      isSame,
      play: (fewer) => exhibit(target, { steps: fewer, seed, falls }),
      signal,
      clock: systemClock,
    },
    shrinking,
  );
  const shown = found?.replayed;
  const id = idOf(shown?.signature ?? null);
  if (found === null || id === null || !shown?.violation) return finding;
  const evidence = { trace: shown.trace, steps: found.steps, seed, messages };
  return { ...findingOf(id, shown.violation, evidence), times };
}

function idOf(signature: string | null): string | null {
  return signature === null ? null : findingId('qosst', 'alice', signature);
}
