import type { Result } from '#src/contract/report.ts';
import { protocols } from '#src/protocols/index.ts';
import { parseReporter } from './formats.ts';
import { gatingBy, isKnownIn } from './gating.ts';
import { tellGithub } from './github.ts';
import { lastFailed } from './last-failed.ts';
import { openOutputs } from './outputs.ts';
import { planSuite } from './plan-suite.ts';
import { subjectOf } from './profile.ts';
import { replayCommand } from './replay.ts';
import { runAndReport } from './run-and-report.ts';
import { folderOf } from './run-folder.ts';
import type { Screen } from './screen.ts';
import { showPlan } from './show-plan.ts';
import { usage } from './usage.ts';
import type { TestFlags } from './verbs/test.ts';
import { vectorsIn } from './vectors.ts';

/** Runs the selected cases against the target, reports, and returns the exit code. */
export async function conform(
  selectors: readonly string[],
  flags: TestFlags,
  screen: Screen,
): Promise<number> {
  const { level, seed, retries, maxFailures, progress } = flags;
  const subject = await subjectOf(flags, protocols, selectors);
  const { signal } = screen;
  const folder =
    flags.out ?? folderOf(subject, { seed, selectors: [...selectors, ...part(flags)] });
  const only = flags.lastFailed === true ? lastFailed(folder, subject) : undefined;
  const vectors = flags.vectors === undefined ? undefined : vectorsIn(flags.vectors, subject);
  const gating = gatingBy(flags.baseline, subject, vectors);
  const isKnown = (result: Result) => gating !== null && isKnownIn(gating, result);
  const shard = flags.shard === undefined ? undefined : counted(flags.shard);
  const chosen = { selectors, level, seed, retries, maxFailures, signal, vectors, only };
  const plan = planSuite(subject, { ...chosen, shard, isKnown });
  if (flags.json === true && flags.plan !== true) {
    throw usage('--json goes with --plan; reports come as JSON with --reporter json:-');
  }
  if (flags.plan === true) return showPlan(plan, { screen, json: flags.json === true });
  const { out, err } = screen;
  const outputs = openOutputs(folder, (flags.reporter ?? []).map(parseReporter));
  const report = await runAndReport(plan, {
    screen: flags.ci === true ? { ...screen, live: false, colour: false } : screen,
    outputs,
    progress,
    gating,
    replay: (id) => replayCommand(id, subject, flags),
  });
  if (flags.ci === true) {
    const write = outputs.takesStdout ? err : out;
    await tellGithub({ report, folder, gating, write, err, env: process.env });
  }
  return report.exit.exitCode;
}

/** Parts of one run share no folder until they are merged. */
function part({ shard }: TestFlags): readonly string[] {
  return shard === undefined ? [] : [`${shard.index + 1}-of-${shard.of}`];
}

/** Parts are counted from 1 where people read of them. */
function counted({ index, of }: NonNullable<TestFlags['shard']>): NonNullable<TestFlags['shard']> {
  return { index: index + 1, of };
}
