import { isReached, type Outcome, type Reach } from './speed-contest.ts';

/** Widths of the columns. */
const widths = [42, 43, 7, 8, 3] as const;

/** What the columns are. */
export const headingLine = line(['what', 'against', 'ratio', 'reach', 'ok', 'per second']);

/** One outcome in one line. */
export function outcomeLine(outcome: Outcome): string {
  const { what, against, ratio, reach, perSecond } = outcome;
  return line([
    what,
    against,
    ratio.toFixed(2),
    reach === null ? '-' : bound(reach),
    reach === null ? '-' : isReached(outcome) ? 'yes' : 'NO',
    perSecond === null ? '-' : shown(perSecond),
  ]);
}

function shown(perSecond: number): string {
  return perSecond < 10 ? perSecond.toFixed(2) : Math.round(perSecond).toLocaleString('en');
}

function bound(reach: Reach): string {
  return 'least' in reach ? `>= ${reach.least}` : `<= ${reach.most}`;
}

function line(cells: readonly string[]): string {
  return cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ');
}
