import { availableParallelism } from 'node:os';
import { spread, type KillPlan, type KillTargets } from '#src/bench/kill.ts';
import type { Protocol } from '#src/contract/protocol.ts';
import type { Mutant } from '#src/contract/side.ts';
import { protocols } from '#src/protocols/index.ts';
import type { BenchFlags } from './bench-flags.ts';
import { protocolOf } from './target-url.ts';
import { oneOf, usage } from './usage.ts';

const large = {
  ...{ seeds: 5, budget: { messages: 10_000, ms: 60_000 }, alarms: 1_000_000 },
  reach: 95,
} as const;
/** A sample with less than half the budget: one or two of it may survive. */
const small = {
  ...{ seeds: 3, budget: { messages: 4000, ms: 20_000 }, alarms: 10_000 },
  reach: 85,
} as const;
/** Mutants of each side in the small matrix, of all protocols together: a small budget suffices. */
const sampled = 12;

/**
 * What the flags ask for.
 * @throws HarnessError `usage` for an unknown protocol, side or mutant, and where nothing is left.
 */
export function killPlan(flags: BenchFlags, signal: AbortSignal): KillPlan {
  const usual = flags.small === true ? small : large;
  const { suite, feedback, alarms, seeds = usual.seeds, budget = usual.budget } = flags;
  const asked = typeof alarms === 'number' ? alarms : usual.alarms;
  return {
    ...{ suite, feedback, seeds, budget, signal },
    targets: targetsOf(flags),
    alarmMessages: alarms === false ? 0 : asked,
    campaignReach: usual.reach,
    workers: flags.workers ?? availableParallelism(),
    entry: new URL('./kill-worker.ts', import.meta.url),
  };
}

function targetsOf(flags: BenchFlags): readonly KillTargets[] {
  const { protocol, side, mutant: ids = [] } = flags;
  const among = protocol === undefined ? protocols : [protocolOf(protocol, protocols)];
  const known = among.flatMap((one) => one.model.sides);
  if (side !== undefined) oneOf(side, { known, what: 'side', where: '--side: ' });
  const names = among.flatMap((one) => one.mutants.flatMap((mutant) => namesOf(one, mutant)));
  for (const id of ids) oneOf(id, { known: names, what: 'mutant', where: '--mutant: ' });
  const targets = among
    .map((one) => ({
      protocol: one,
      sides: one.model.sides.filter((name) => name === (side ?? name)),
      mutants: mutantsOf(one, flags),
    }))
    .filter(({ mutants }) => mutants.length > 0);
  if (targets.length > 0) return targets;
  throw usage(`the selection has no mutant${side === undefined ? '' : ` of ${side}`}`);
}

function mutantsOf(protocol: Protocol, { side, mutant: ids, small }: BenchFlags) {
  const { model, mutants } = protocol;
  const chosen = mutants
    .filter((mutant) => mutant.side === (side ?? mutant.side))
    .filter(
      (mutant) => ids === undefined || namesOf(protocol, mutant).some((id) => ids.includes(id)),
    );
  if (small !== true || ids !== undefined) return chosen;
  return model.sides.flatMap((name) =>
    spread(
      chosen.filter((mutant) => mutant.side === name && !mutant.deep),
      Math.ceil(sampled / protocols.length),
    ),
  );
}

/** A mutant's id, as `serve` takes it and as `list` shows it. */
function namesOf({ name }: Protocol, { id }: Mutant): readonly string[] {
  return [id, `${name}/${id}`];
}
