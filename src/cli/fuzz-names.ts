/** The file that says how far a campaign is, in its run's folder. */
export const campaignName = 'campaign.json';
/** The folder of a run's findings as seeds, in the run's folder. */
export const findingsFolder = 'findings';

/** Where a finding's trace lies, relative to its run's folder. */
export function traceName(id: string): string {
  return `traces/${id}.trace.json`;
}

/** Where a finding lies as a seed, relative to its run's folder. */
export function seedName(id: string): string {
  return `${findingsFolder}/${id}.jsonl`;
}
