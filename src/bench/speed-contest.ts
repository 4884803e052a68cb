import { measure } from 'mitata';
import { systemClock } from '#src/base/clock.ts';

/** Something measured against something else in the same run. */
export interface Contest {
  readonly what: string;
  readonly against: string;
  /** The ratio to reach; `null`: only told. */
  readonly reach: Reach | null;
  readonly ours: Contestant;
  readonly theirs: Contestant;
}

/** Bounds of a ratio, inclusive. */
export type Reach = { readonly least: number } | { readonly most: number };

/** A goal as a bound; a ratio without one is only told. */
export function atLeast(goal: number | undefined): Reach | null {
  return goal === undefined ? null : { least: goal };
}

/** Something measured against so many a second. */
export function againstRate(told: Pick<Contest, 'what' | 'ours'>, wanted: number): Contest {
  const against = `${wanted.toLocaleString('en')} a second`;
  return { ...told, against, reach: { least: 1 }, theirs: async () => wanted };
}

/** One round: how often a second it was done. */
export type Contestant = () => Promise<number>;

/** What came of it. */
export interface Outcome extends Pick<Contest, 'what' | 'against' | 'reach'> {
  /** How many times theirs ours is. */
  readonly ratio: number;
  /** How often ours was done a second; `null` where it is no matter of time. */
  readonly perSecond: number | null;
}

/** How long a contest is. */
interface Length {
  /** Of these the median counts: what else the machine does falls on both alike. */
  readonly rounds: number;
  /** Rounds before them, until the code is warm. */
  readonly warmUps: number;
}

const usual: Length = { rounds: 5, warmUps: 2 };
/** How long a round goes on, ns. */
const roundNs = 150e6;

/** Lets both have a round in turn, several times. */
export async function contend(contest: Contest, length: Length = usual): Promise<Outcome> {
  const { what, against, reach, ours, theirs } = contest;
  const ratios: number[] = [];
  const speeds: number[] = [];
  for (let round = -length.warmUps; round < length.rounds; round += 1) {
    const speed = await ours();
    const ratio = speed / (await theirs());
    if (round < 0) continue;
    ratios.push(ratio);
    speeds.push(speed);
  }
  return { what, against, reach, ratio: median(ratios), perSecond: median(speeds) };
}

/** A contestant of which one call does it `count` times; the median call of a round counts. */
export function timed(count: number, run: () => unknown): Contestant {
  return async () => {
    const { p50 } = await measure(run, { min_cpu_time: roundNs, min_samples: 3, gc: false });
    return (count * 1e9) / p50;
  };
}

/** The same for laps that cannot be had again at will: so many, one after the other. */
export async function lapped(laps: number, count: number, lap: () => unknown): Promise<number> {
  const tookMs: number[] = [];
  for (let number = 0; number < laps; number += 1) {
    const beganMs = systemClock.nowMs();
    await lap();
    tookMs.push(systemClock.nowMs() - beganMs);
  }
  return (count * 1000) / median(tookMs);
}

/** True where a ratio is within its bounds, or there are none. */
export function isReached({ reach, ratio }: Pick<Outcome, 'reach' | 'ratio'>): boolean {
  if (reach === null) return true;
  return 'least' in reach ? ratio >= reach.least : ratio <= reach.most;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
