import { protocols } from '#src/protocols/index.ts';
import { openOutputs, parseReporter } from './outputs.ts';
import { planSuite } from './plan-suite.ts';
import { subjectOf } from './profile.ts';
import { replayCommand } from './replay.ts';
import { runAndReport } from './run-and-report.ts';
import { folderOf } from './run-folder.ts';
import type { Screen } from './screen.ts';
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
  const vectors = flags.vectors === undefined ? undefined : vectorsIn(flags.vectors, subject);
  const chosen = { selectors, level, seed, retries, maxFailures, signal, vectors };
  const plan = planSuite(subject, chosen);
  const folder = flags.out ?? folderOf(subject, { seed, selectors });
  const report = await runAndReport(plan, {
    screen: flags.ci === true ? { ...screen, live: false, colour: false } : screen,
    outputs: openOutputs(folder, (flags.reporter ?? []).map(parseReporter)),
    progress,
    replay: (id) => replayCommand(id, subject, flags),
  });
  return report.exit.exitCode;
}
