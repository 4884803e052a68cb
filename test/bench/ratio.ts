import { measure } from 'mitata';

/** Something measured against something else in the same run. */
export interface Contest {
  readonly what: string;
  readonly against: string;
  /** The ratio to reach; `null`: only told. */
  readonly reach: number | null;
  /** Messages, frames or steps in one call of either. */
  readonly count: number;
  readonly ours: () => unknown;
  readonly theirs: () => unknown;
}

export interface Outcome {
  readonly contest: Contest;
  /** How many times as fast ours is. */
  readonly ratio: number;
  readonly perSecond: number;
}

/** Rounds of which the median ratio counts: what else the machine does falls on both alike. */
const rounds = 5;
const roundNs = 120e6;

/** Measures both in turn, several times. */
export async function contend(contest: Contest): Promise<Outcome> {
  const ratios: number[] = [];
  const speeds: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const ours = await nanoseconds(contest.ours);
    const theirs = await nanoseconds(contest.theirs);
    ratios.push(theirs / ours);
    speeds.push((contest.count * 1e9) / ours);
  }
  return { contest, ratio: median(ratios), perSecond: median(speeds) };
}

/** One line an outcome: `what | against | ratio | reach | ok`. */
export function table(outcomes: readonly Outcome[]): string {
  const rows = outcomes.map(({ contest, ratio, perSecond }) => [
    contest.what,
    contest.against,
    ratio.toFixed(2),
    contest.reach === null ? '-' : String(contest.reach),
    isReached({ contest, ratio }) ? 'yes' : 'NO',
    Math.round(perSecond).toLocaleString('en'),
  ]);
  const all = [['what', 'against', 'ratio', 'reach', 'ok', 'per second'], ...rows];
  const widths = all[0]?.map((_, column) =>
    Math.max(...all.map((row) => row[column]?.length ?? 0)),
  );
  const line = (row: readonly string[]) =>
    row.map((cell, column) => cell.padEnd(widths?.[column] ?? 0)).join(' | ');
  return all.map(line).join('\n');
}

export function isReached({ contest, ratio }: Pick<Outcome, 'contest' | 'ratio'>): boolean {
  return contest.reach === null || ratio >= contest.reach;
}

async function nanoseconds(run: () => unknown): Promise<number> {
  const { p50 } = await measure(run, { min_cpu_time: roundNs });
  return p50;
}

function median(values: readonly number[]): number {
  return (
    values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? Number.NaN
  );
}
