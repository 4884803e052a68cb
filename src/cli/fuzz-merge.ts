import manifest from '../../package.json' with { type: 'json' };
import { systemClock, today } from '#src/base/clock.ts';
import { chartOf } from '#src/chart/chart-of.ts';
import type { Finding } from '#src/contract/finding.ts';
import { merged } from '#src/fuzz/merge.ts';
import { endingOf } from '#src/fuzz/run-fuzz-ending.ts';
import { withKnown } from '#src/gate/gated.ts';
import { protocols } from '#src/protocols/index.ts';
import { fuzzConsole } from '#src/report/fuzz-console.ts';
import type { GateFlags } from './flags.ts';
import { readCampaign, type StoredCampaign } from './fuzz-campaign-file.ts';
import { Keeper } from './fuzz-keeper.ts';
import { seedName } from './fuzz-names.ts';
import { findingResult, foundResult, fuzzReport } from './fuzz-report.ts';
import { parseReporter } from './formats.ts';
import { gatedBy, gatingBy } from './gating.ts';
import { tellGithub } from './github.ts';
import { openOutputs } from './outputs.ts';
import { subjectOf } from './profile.ts';
import { commandFor } from './replay.ts';
import type { Screen } from './screen.ts';
import { usage } from './usage.ts';

/** What `merge` may be told. */
export interface MergeFlags extends GateFlags {
  readonly out: string;
  readonly reporter?: readonly string[];
}

/** Joins campaigns into one, reports it, and returns the exit code. */
export async function merging(
  folders: readonly string[],
  flags: MergeFlags,
  screen: Screen,
): Promise<number> {
  const stored = folders.map(readCampaign);
  const [first] = stored;
  if (first === undefined) throw usage('merge takes the folders of campaigns');
  refuseOthers(stored, folders, first);
  const subject = await subjectOf({ ...first.flags, protocol: first.protocol }, protocols);
  const { protocol, profile } = subject;
  const state = merged(stored.map(({ begun }) => begun.state));
  const outputs = openOutputs(flags.out, (flags.reporter ?? []).map(parseReporter));
  const { seed, target } = first;
  const origin = { profile, campaignSeed: seed, target, note: '', version: manifest.version };
  const { shard: _shard, ...lasting } = first.flags;
  const { begun: _begun, ...about } = first;
  const keeper = new Keeper(flags.out, { ...about, flags: lasting }, origin);
  keeper.open();
  for (const finding of state.findings) keeper.keep(finding);
  keeper.checkpoint({ state, sessions: [state.sessions] });
  if (keeper.failure !== null) throw usage(keeper.failure);
  const known = { ...first.flags, seed };
  const again = commandFor(['fuzz'], subject, known);
  const replay = ({ id, steps }: Finding) =>
    steps.length === 0
      ? again
      : commandFor(['replay', `${flags.out}/${seedName(id)}`], subject, known);
  const ending = endingOf(state, { protocol, signal: screen.signal, stopped: null });
  const gating = gatingBy(flags.baseline, subject);
  const over = fuzzReport({
    subject,
    seed,
    url: target,
    startedAt: today(),
    durationMs: Math.round(state.elapsedMs),
    state,
    ending,
    shard: null,
    replay,
    again,
  });
  const report = gatedBy(gating, over);
  const files = await outputs.write(report, screen.out);
  const chart = chartOf(protocol.model.session);
  const byId = new Map(Object.values(protocol.model.requirements).map((row) => [row.id, row]));
  const people = fuzzConsole({
    write: outputs.takesStdout ? screen.err : screen.out,
    live: false,
    colour: screen.colour,
    columns: Math.min(screen.columns, 120),
    nowMs: () => systemClock.nowMs(),
    requirement: (id) => byId.get(id) ?? null,
    totals: { states: chart.states.length, transitions: chart.transitions.length },
  });
  for (const finding of state.findings) {
    const result = findingResult(subject, foundResult(finding, replay(finding)));
    people.finding(gating === null ? result : withKnown(result, gating));
  }
  people.end(report, files);
  if (flags.ci === true) {
    const write = outputs.takesStdout ? screen.err : screen.out;
    const { err } = screen;
    await tellGithub({ report, folder: flags.out, gating, write, err, env: process.env });
  }
  return report.exit.exitCode;
}

function refuseOthers(
  stored: readonly StoredCampaign[],
  folders: readonly string[],
  first: StoredCampaign,
): void {
  for (const [at, one] of stored.entries()) {
    if (one.protocol === first.protocol && one.side === first.side) continue;
    const expected = `${first.protocol}/${first.side}`;
    throw usage(
      `${folders[at]} is a campaign against ${one.protocol}/${one.side}, not ${expected}`,
    );
  }
}
