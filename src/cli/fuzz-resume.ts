import type { Command } from 'commander';
import { readCampaign } from './fuzz-campaign-file.ts';
import type { FuzzFlags } from './fuzz-flags.ts';

/**
 * The flags of a campaign: what the command line says; below it, for a campaign that goes on,
 * what it was started with.
 * @throws HarnessError `usage` where the folder holds no campaign.
 */
export function campaignFlagsOf(command: Command, flags: FuzzFlags): FuzzFlags {
  if (flags.resume === undefined) return flags;
  const said = Object.entries(flags).filter(
    ([name]) => command.getOptionValueSource(name) === 'cli',
  );
  return { ...flags, ...readCampaign(flags.resume).flags, ...Object.fromEntries(said) };
}
