import type { FoundResult, Report, Result, Share } from '#src/contract/report.ts';
import type { VerdictName } from '#src/contract/verdict.ts';
import { differences } from './differences.ts';

/** One case in two runs. */
export interface Change {
  readonly id: string;
  readonly title: string;
  readonly before: VerdictName;
  readonly after: VerdictName;
  /** What is different beside the verdict; `null`: nothing is. */
  readonly detail: string | null;
  readonly replay: string;
}

/** A case that only one of two runs has. */
export type Lone = Pick<Result, 'id' | 'title' | 'verdict' | 'replay'>;

/** A finding of only one of two campaigns. */
export type LoneFinding = Pick<FoundResult, 'id' | 'kind' | 'requirement' | 'actual' | 'replay'>;

/** What one run has that another has not. */
export interface Comparison {
  /** What makes the runs hard to compare, each in a sentence. */
  readonly differences: readonly string[];
  readonly worse: readonly Change[];
  readonly better: readonly Change[];
  /** Neither: it is judged no more, or again; it fails or is read otherwise than before. */
  readonly other: readonly Change[];
  readonly same: number;
  readonly added: readonly Lone[];
  readonly gone: readonly Lone[];
  readonly coverage: Readonly<
    Record<
      'states' | 'transitions' | 'requirements',
      { readonly before: Share; readonly after: Share }
    >
  >;
  readonly findings: {
    readonly added: readonly LoneFinding[];
    /** Not met this time: mended, or not looked for long enough. */
    readonly gone: readonly LoneFinding[];
  };
  /** True where a verdict is worse, a case that is new is red, or a finding is new. */
  readonly isWorse: boolean;
}

/** How bad each is; what is not judged is neither good nor bad. */
const badness = {
  pass: 0,
  reading: 0,
  warn: 1,
  flaky: 2,
  untestable: 3,
  fail: 4,
  error: null,
  notApplicable: null,
} as const satisfies Record<VerdictName, number | null>;

/** Whether a verdict makes a run red. */
export function isRed(verdict: VerdictName): boolean {
  return (badness[verdict] ?? 0) >= 2 || verdict === 'error';
}

/** Compares two runs, case by case. */
export function compare(before: Report, after: Report): Comparison {
  const [old, now] = [before, after].map(casesOf).map(byId);
  const changes = [...(now ?? [])].flatMap(([id, result]) => {
    const then = old?.get(id);
    return then === undefined
      ? []
      : [{ change: changeOf(then, result), moved: move(then, result) }];
  });
  const having = (direction: string) =>
    changes.filter(({ moved }) => moved === direction).map(({ change }) => change);
  const worse = having('worse');
  const added = [...(now?.values() ?? [])].filter(({ id }) => old?.has(id) !== true);
  const gone = [...(old?.values() ?? [])].filter(({ id }) => now?.has(id) !== true);
  const findings = {
    added: alone(after, before).map(foundLine),
    gone: alone(before, after).map(foundLine),
  };
  const isWorse =
    worse.length > 0 || added.some(({ verdict }) => isRed(verdict)) || findings.added.length > 0;
  return {
    differences: differences(before, after),
    worse,
    better: having('better'),
    other: having('other'),
    same: having('same').length,
    added: added.map(loneLine),
    gone: gone.map(loneLine),
    coverage: {
      states: { before: before.coverage.states, after: after.coverage.states },
      transitions: { before: before.coverage.transitions, after: after.coverage.transitions },
      requirements: { before: before.coverage.requirements, after: after.coverage.requirements },
    },
    findings,
    isWorse,
  };
}

/** The cases of a run; a campaign's results are its findings, which are compared as such. */
function casesOf({ results, fuzz }: Report): readonly Result[] {
  return fuzz === undefined ? results : [];
}

function byId(results: readonly Result[]): ReadonlyMap<string, Result> {
  return new Map(results.map((result) => [result.id, result]));
}

function move(before: Result, after: Result): 'worse' | 'better' | 'other' | 'same' {
  const [then, now] = [badness[before.verdict], badness[after.verdict]];
  if (before.verdict === after.verdict) return detailOf(before, after) === null ? 'same' : 'other';
  if (after.verdict === 'error') return 'worse';
  if (then === null || now === null) return now !== null && now >= 2 ? 'worse' : 'other';
  if (then === now) return 'other';
  return now > then ? 'worse' : 'better';
}

function changeOf(before: Result, after: Result): Change {
  const { id, title, verdict, replay } = after;
  return {
    id,
    title,
    before: before.verdict,
    after: verdict,
    detail: detailOf(before, after),
    replay,
  };
}

/** What is told of one result by its kind, what it breaks and how it is read. */
function detailOf(before: Result, after: Result): string | null {
  const said = [before, after].map(({ verdict, kind, requirements, reading }) => {
    const broken = isRed(verdict) || verdict === 'warn' ? (requirements[0] ?? '') : '';
    return [kind ?? '', broken, reading.join(', ')].filter((part) => part !== '').join(' ');
  });
  const [then = '', now = ''] = said;
  const isOther = before.version !== after.version;
  const versions = isOther ? `the case itself changed: ${before.version} to ${after.version}` : '';
  const told = then === now ? '' : [then && `was ${then}`, now].filter(Boolean).join(', now ');
  return [versions, told].filter((part) => part !== '').join('; ') || null;
}

function alone(one: Report, other: Report): readonly FoundResult[] {
  const known = new Set((other.fuzz?.findings ?? []).map(({ id }) => id));
  return (one.fuzz?.findings ?? []).filter(({ id }) => !known.has(id));
}

function loneLine({ id, title, verdict, replay }: Result): Lone {
  return { id, title, verdict, replay };
}

function foundLine({ id, kind, requirement, actual, replay }: FoundResult): LoneFinding {
  return { id, kind, requirement, actual, replay };
}
