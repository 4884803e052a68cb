import type { Case } from '#src/contract/case.ts';
import { partOf, type Slice } from '#src/gate/shards.ts';
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
  /** Only cases of these ids. */
  readonly only?: ReadonlySet<string> | undefined;
  /** One part of the run; `index` from 1. */
  readonly shard?: Slice | undefined;
  /** True for a failure that does not count as one that ends the run. */
  readonly isKnown?: SuitePlan['isKnown'];
}

/**
 * A run of the conformance suite against a target.
 * @throws HarnessError `usage` for an unknown selector or level, and where nothing is left to run.
 */
export function planSuite(subject: Subject, choice: SuiteChoice = {}): SuitePlan {
  const { level = 'may', seed = 42, retries = 2, maxFailures = null, isKnown } = choice;
  const { shard, vectors, only } = choice;
  const selectors = choice.selectors ?? [];
  const chosen = vectors ?? casesFor(subject, { selectors, level, only });
  const all = vectors ?? casesFor(subject, { selectors: [], level: 'may', only: undefined });
  const every = only === undefined && all.every((one) => chosen.includes(one));
  const part = shard === undefined ? null : placesOf(chosen, shard);
  return {
    ...subject,
    cases: part?.cases ?? chosen,
    followsChoices: every && vectors === undefined,
    part: { selectors, level, every, shard: part?.shard ?? null },
    seed,
    retries,
    maxFailures,
    ...(isKnown === undefined ? {} : { isKnown }),
    signal: choice.signal ?? new AbortController().signal,
  };
}

/** The cases of one part, and where they stand in the whole. */
function placesOf(chosen: readonly Case[], { index, of }: Slice) {
  const part = partOf(chosen, { index, of });
  if (part.length === 0) {
    throw usage(`part ${index} of ${of} has no case: only ${chosen.length} are selected`);
  }
  const places = part.map(({ place }) => place);
  const cases = part.map(({ played }) => played);
  return { cases, shard: { index, of, places, total: chosen.length } };
}

/** The cases of a selection that apply to the side under test. */
function casesFor(
  { protocol, profile }: Subject,
  choice: {
    readonly selectors: readonly string[];
    readonly level: string;
    readonly only: ReadonlySet<string> | undefined;
  },
): readonly Case[] {
  const { side } = profile;
  const { selectors, level, only } = choice;
  const selected = select(protocol.cases.map(selectable), selectors).map((one) => one.case);
  const chosen = only === undefined ? selected : selected.filter(({ id }) => only.has(id));
  const against = chosen.filter((one) => one.against === side);
  if (against.length === 0) {
    const others = [...new Set(chosen.map((one) => one.against))].join(', ');
    throw usage(`the selection has no case against ${side}; did you mean '--side ${others}'?`);
  }
  const wished = against.filter((one) => isWished(one, choice) || usual(one, profile));
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
function isWished(
  one: Case,
  { selectors, only }: Pick<Parameters<typeof casesFor>[1], 'selectors' | 'only'>,
): boolean {
  if (only?.has(one.id) === true) return true;
  const tags = (one.tags ?? []).map((tag) => `@${tag}`);
  return selectors.some((selector) => one.id.endsWith(selector) || tags.includes(selector));
}
