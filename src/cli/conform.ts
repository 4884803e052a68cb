import { protocols } from '#src/protocols/index.ts';
import type { Case } from '#src/contract/case.ts';
import { atLeast } from './level.ts';
import { openOutputs, parseReporter } from './outputs.ts';
import { subjectOf, type Subject } from './profile.ts';
import { replayCommand } from './replay.ts';
import { folderOf } from './run-folder.ts';
import { runAndReport } from './run-and-report.ts';
import type { Screen } from './screen.ts';
import { usual } from '#src/suite/usual.ts';
import { select, selectable } from './select.ts';
import { usage } from './usage.ts';
import type { TestFlags } from './verbs/test.ts';

/** Runs the selected cases against the target, reports, and returns the exit code. */
export async function conform(
  selectors: readonly string[],
  flags: TestFlags,
  screen: Screen,
): Promise<number> {
  const subject = await subjectOf(flags, protocols);
  const cases = casesFor(subject, selectors, flags.level);
  const folder = flags.out ?? folderOf(subject, { seed: flags.seed, selectors });
  const outputs = openOutputs(folder, (flags.reporter ?? []).map(parseReporter));
  const report = await runAndReport(
    {
      ...subject,
      cases,
      seed: flags.seed,
      retries: flags.retries,
      maxFailures: flags.maxFailures ?? null,
      signal: screen.signal,
    },
    {
      screen: flags.ci === true ? { ...screen, live: false, colour: false } : screen,
      outputs,
      progress: flags.progress,
      replay: (id) => replayCommand(id, subject, flags),
    },
  );
  return report.exit.exitCode;
}

/**
 * The cases of a selection that apply to the side under test.
 * @throws HarnessError `usage` where none is left.
 */
export function casesFor(
  { protocol, profile }: Subject,
  selectors: readonly string[],
  level: string,
): readonly Case[] {
  const { side } = profile;
  const chosen = select(protocol.cases.map(selectable), selectors).map((one) => one.case);
  const against = chosen
    .filter((one) => one.against === side)
    .filter((one) => usual(one, profile) || isWished(one, selectors));
  if (against.length === 0) {
    const others = [...new Set(chosen.map((one) => one.against))].join(', ');
    throw usage(`the selection has no case against ${side}; did you mean '--side ${others}'?`);
  }
  const strong = atLeast(level, against);
  if (strong.length === 0) {
    throw usage(
      `none of the ${against.length} selected cases has level '${level}'; did you mean 'may'?`,
    );
  }
  return strong;
}

/** A case that is not run as a matter of course runs when its id or one of its tags is named. */
function isWished(one: Case, selectors: readonly string[]): boolean {
  const tags = (one.tags ?? []).map((tag) => `@${tag}`);
  return selectors.some((selector) => one.id.endsWith(selector) || tags.includes(selector));
}
