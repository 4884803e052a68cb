import type { MessagePort } from 'node:worker_threads';
import { systemClock } from '#src/base/clock.ts';
import { HarnessError } from '#src/base/errors.ts';
import type { Protocol } from '#src/contract/protocol.ts';
import { campaignKill } from './kill-campaign.ts';
import { correctRow } from './kill-correct.ts';
import type { CampaignKill, KillJob, KillRow, MutantRow } from './kill-job.ts';
import { suiteKill } from './kill-suite.ts';
import { mutantOf } from './kill-target.ts';

/** Does the jobs that come, one at a time, and tells what came of each; a fault is told as well. */
export function workOnKills(protocols: readonly Protocol[], port: MessagePort): void {
  port.on('message', async (job: KillJob) => {
    const row = await rowOf(protocols, job);
    port.postMessage(row, []);
  });
}

/** What comes of a job. */
export async function rowOf(protocols: readonly Protocol[], job: KillJob): Promise<KillRow> {
  try {
    const protocol = protocols.find(({ name }) => name === job.protocol);
    if (protocol === undefined) throw new HarnessError('internal', `no protocol ${job.protocol}`);
    if (job.kind === 'correct') return await correctRow(protocol, job);
    return await mutantRow(protocol, job);
  } catch (fault) {
    const message = fault instanceof Error ? fault.message : String(fault);
    return { kind: 'fault', job, message };
  }
}

async function mutantRow(
  protocol: Protocol,
  job: Extract<KillJob, { kind: 'mutant' }>,
): Promise<MutantRow> {
  const beganMs = systemClock.nowMs();
  const mutant = mutantOf(protocol, job.mutant);
  const suite = job.suite ? await suiteKill(protocol, mutant) : null;
  const campaigns: CampaignKill[] = [];
  for (const seed of job.seeds) {
    campaigns.push(await campaignKill(protocol, mutant, { ...job, seed }));
  }
  const { id, side, title, breaks, shortest, deep } = mutant;
  return {
    kind: 'mutant',
    protocol: protocol.name,
    mutant: id,
    ...{ side, title, shortest, deep, suite, campaigns },
    breaks: breaks.id,
    durationMs: Math.round(systemClock.nowMs() - beganMs),
  };
}
