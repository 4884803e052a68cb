import { do_not_optimize } from 'mitata';
import { settingsFor } from '#src/contract/choose.ts';
import type { Kernel, WholeSession, Work } from '#src/contract/baseline.ts';
import type { Protocol } from '#src/contract/protocol.ts';
import { duet } from '#src/suite/duet.ts';
import {
  againstRate,
  contend,
  lapped,
  timed,
  type Contest,
  type Outcome,
} from './speed-contest.ts';

/** Laps of a whole session; the first one warms up. */
const laps = 3;
const seed = 42;

/** Kernels take their own time; sessions are too long to be had often. */
const forKernels = { rounds: 3, warmUps: 1 } as const;

/** What the room computes beside its messages, each against what it is to reach. */
export function workOutcomes(
  protocol: Protocol,
  signal: AbortSignal,
): readonly (() => Promise<Outcome>)[] {
  const { work = [] } = protocol.baseline ?? {};
  return work.map((one: Work) => () => {
    switch (one.kind) {
      case 'kernel':
        return contend(kernelContest(one), forKernels);
      case 'session':
        return sessionOutcome(protocol, one, signal);
    }
  });
}

function kernelContest({ what, prepare, goal }: Kernel): Contest {
  const { count, run } = prepare();
  const ours = timed(count, kept(run));
  if (goal.kind === 'rate') return againstRate({ what, ours }, goal.perSecond);
  const theirs = goal.prepare();
  return {
    what,
    against: goal.against,
    reach: { least: goal.least },
    ours,
    theirs: timed(count, kept(theirs)),
  };
}

/** The same, whose result the engine cannot leave out; what takes its time is awaited. */
function kept(run: () => unknown): () => unknown {
  return () => {
    const made = run();
    if (made instanceof Promise) return made;
    return do_not_optimize(made);
  };
}

async function sessionOutcome(
  protocol: Protocol,
  { what, options, mostMs }: WholeSession,
  signal: AbortSignal,
): Promise<Outcome> {
  const settings = settingsFor(protocol, { options });
  const play = () => duet({ protocol, settings, seed, signal, watch: () => {} });
  await play();
  const perSecond = await lapped(laps, 1, play);
  const against = `${mostMs.toLocaleString('en')} ms`;
  return { what, against, reach: { least: 1 }, ratio: (perSecond * mostMs) / 1000, perSecond };
}
