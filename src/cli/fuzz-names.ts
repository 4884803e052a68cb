/** The file that says how far a campaign is, in its run's folder. */
export const campaignName = 'campaign.json';
/** The folder of a run's findings as seeds, in the run's folder. */
export const findingsFolder = 'findings';

/** The folder of a run's traces, in the run's folder. */
export const tracesFolder = 'traces';

/** Where a finding's trace lies, relative to its run's folder. */
export function traceName(id: string): string {
  return `${tracesFolder}/${id}.trace.json`;
}

/** Where the trace of a captured session lies, by its number from 1. */
export function sessionName(number: number): string {
  return traceName(`session-${String(number).padStart(6, '0')}`);
}

/** The number of the captured session whose trace is in a file; `null`: it is none. */
export function sessionNumber(file: string): number | null {
  const [, digits] = /^session-(\d+)\.trace\.json$/.exec(file) ?? [];
  return digits === undefined ? null : Number(digits);
}

/** Where a finding lies as a seed, relative to its run's folder. */
export function seedName(id: string): string {
  return `${findingsFolder}/${id}.jsonl`;
}
