import type { Case } from '#src/contract/case.ts';
import type { SuitePlan } from '#src/suite/suite.ts';
import { usual } from '#src/suite/usual.ts';
import { atLeast } from './level.ts';
import type { Subject } from './profile.ts';
import { select, selectable } from './select.ts';
import { usage } from './usage.ts';

/** Which cases of the suite are run, and how. */
export interface SuiteChoice {
  /** Paths and tags, as on the command line; everything without them. */
  readonly selectors?: readonly string[];
  /** `must`, `should` or `may`: only cases of this level and above. Default `may`. */
  readonly level?: string;
  /** The source of all chance. Default 42. */
  readonly seed?: number;
  /** How often a failing case is played again. Default 2. */
  readonly retries?: number;
  readonly maxFailures?: number | undefined;
  readonly signal?: AbortSignal;
  /** Instead of the protocol's own: cases made of published test cases. */
  readonly vectors?: readonly Case[] | undefined;
}

/**
 * A run of the conformance suite against a target.
 * @throws HarnessError `usage` for an unknown selector or level, and where nothing is left to run.
 */
export function planSuite(subject: Subject, choice: SuiteChoice = {}): SuitePlan {
  const { selectors = [], level = 'may', seed = 42, retries = 2, maxFailures = null } = choice;
  return {
    ...subject,
    cases: choice.vectors ?? casesFor(subject, selectors, level),
    followsChoices: selectors.length === 0 && choice.vectors === undefined,
    seed,
    retries,
    maxFailures,
    signal: choice.signal ?? new AbortController().signal,
  };
}

/** The cases of a selection that apply to the side under test. */
function casesFor(
  { protocol, profile }: Subject,
  selectors: readonly string[],
  level: string,
): readonly Case[] {
  const { side } = profile;
  const chosen = select(protocol.cases.map(selectable), selectors).map((one) => one.case);
  const against = chosen.filter((one) => one.against === side);
  if (against.length === 0) {
    const others = [...new Set(chosen.map((one) => one.against))].join(', ');
    throw usage(`the selection has no case against ${side}; did you mean '--side ${others}'?`);
  }
  const wished = against.filter((one) => usual(one, profile) || isWished(one, selectors));
  if (wished.length === 0) {
    const tags = [...new Set(against.flatMap((one) => one.tags ?? []))];
    const named = tags.map((tag) => `@${tag}`).join(', ');
    throw usage(`the selection has only cases that run when their id or tag is named (${named})`);
  }
  const strong = atLeast(level, wished);
  if (strong.length === 0) {
    const count = wished.length;
    throw usage(`none of the ${count} selected cases has level '${level}'; did you mean 'may'?`);
  }
  return strong;
}

/** A case that is not run as a matter of course runs when its id or one of its tags is named. */
function isWished(one: Case, selectors: readonly string[]): boolean {
  const tags = (one.tags ?? []).map((tag) => `@${tag}`);
  return selectors.some((selector) => one.id.endsWith(selector) || tags.includes(selector));
}
