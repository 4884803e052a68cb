import { HarnessError } from '#src/base/errors.ts';
import type { CampaignState, Finding } from '#src/contract/finding.ts';
import type { Protocol } from '#src/contract/protocol.ts';
import type { Ending } from '#src/contract/report.ts';

const exitCodes = { usage: 2, unreachable: 3, spent: 4, internal: 5 } as const;

/** What a fault makes of a run: a wrong use (2), a target that is not there (3), our own (5). */
export function endingBy(fault: unknown, signal: AbortSignal): Ending {
  if (signal.aborted) return interrupted;
  const because = fault instanceof Error ? fault.message : String(fault);
  return { exitCode: fault instanceof HarnessError ? exitCodes[fault.code] : 5, because };
}

const interrupted: Ending = { exitCode: 130, because: 'interrupted' };

/** Why a run ended, from what it came to. Nothing exchanged is no success: 4. */
export function endingOf(
  state: CampaignState,
  run: {
    readonly protocol: Protocol;
    readonly signal: AbortSignal;
    readonly stopped: Ending | null;
  },
): Ending {
  const { findings, messages, health, restarts } = state;
  const found = findings.length === 1 ? '1 finding' : `${findings.length} findings`;
  const red = findings.filter((finding) => isRed(run.protocol, finding));
  if (run.stopped?.exitCode === 4 && red.length > 0) {
    return { exitCode: 1, because: `${found}; then: ${run.stopped.because}` };
  }
  if (run.stopped !== null) return run.stopped;
  if (run.signal.aborted) return interrupted;
  if (health === 'gone') {
    const kept = findings.length === 0 ? '' : `; ${found} kept`;
    const because = `the target fell after ${messages} messages and did not come back${kept}`;
    return { exitCode: 3, because };
  }
  if (red.length > 0)
    return { exitCode: 1, because: restarts > 0 ? `${found}, ${restarts} restarts` : found };
  if (messages === 0) return { exitCode: 4, because: 'nothing was exchanged' };
  const warned =
    findings.length === 0 ? 'nothing' : `${found} of less than a MUST and nothing else`;
  return { exitCode: 0, because: `${warned} wrong in ${messages} messages` };
}

/** Whoever falls or leaks is wrong, whatever the documents make of it. */
function isRed({ model }: Protocol, { kind, requirement }: Finding): boolean {
  if (kind === 'crash' || kind === 'hang' || kind === 'leak') return true;
  const row = Object.values(model.requirements).find(({ id }) => id === requirement);
  return row === undefined || row.level === 'MUST';
}
