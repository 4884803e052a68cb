import { createHash } from 'node:crypto';
import type { Result as SarifResult } from 'sarif';
import type { Level } from '#models/language/index.ts';
import type { Report, Result } from '#src/contract/report.ts';
import type { VerdictName } from '#src/contract/verdict.ts';
import { locationOf, profileLocation } from './sarif-place.ts';
import { counted, printable } from './text.ts';

type SarifLevel = 'error' | 'warning' | 'note' | 'none';

/** How loud a broken requirement is. */
export const sarifLevel = {
  MUST: 'error',
  SHOULD: 'warning',
  MAY: 'note',
} as const satisfies Record<Level, SarifLevel>;

/** What SARIF calls each verdict; `null`: no problem, and no result. */
const kinds = {
  pass: null,
  reading: null,
  notApplicable: null,
  warn: 'fail',
  fail: 'fail',
  flaky: 'fail',
  /** There was not enough to decide. */
  untestable: 'open',
  /** Says nothing of the target: the run was not whole. */
  error: null,
} as const satisfies Record<VerdictName, 'fail' | 'open' | null>;

/** The kind of a result with this verdict; `null`: it is no result. */
export function kindOf(verdict: VerdictName): 'fail' | 'open' | null {
  return kinds[verdict];
}

/** Only what failed has a level. @see SARIF 2.1.0, 3.27.10 */
export function levelOf({ verdict, level }: Result): SarifLevel {
  if (kindOf(verdict) !== 'fail') return 'none';
  return verdict === 'warn' && level === null ? 'warning' : sarifLevel[level ?? 'MUST'];
}

/** The louder, the more. */
export function severity(level: SarifLevel): number {
  return ['none', 'note', 'warning', 'error'].indexOf(level);
}

/** GitHub shows so many letters of a message. */
const mostLetters = 2000;

/** What a result is told with. */
export interface Around {
  readonly report: Report;
  readonly folder: string;
  /** Of rules, by requirement. */
  readonly indices: ReadonlyMap<string, number>;
  /** In which each case begins. */
  readonly states: ReadonlyMap<string, string | undefined>;
}

/** One problem. What makes it the same problem in another run is its fingerprint. */
export function sarifResult(result: Result, around: Around): SarifResult {
  const { report, folder, indices, states } = around;
  const { verdict, requirements, tries, reading, replay, id, title } = result;
  const [rule] = requirements;
  const index = rule === undefined ? undefined : indices.get(rule);
  const fingerprint = fingerprintOf(result);
  return {
    ...(rule === undefined ? {} : { ruleId: rule }),
    ...(index === undefined ? {} : { ruleIndex: index }),
    kind: kindOf(verdict) ?? 'pass',
    level: levelOf(result),
    message: { text: message(result) },
    locations: [locationOf(result, folder, states.get(id))],
    ...profileLocation(report),
    ...suppressed(result),
    /** GitHub looks at the first alone. */
    partialFingerprints: { primaryLocationLineHash: fingerprint, 'qkdspec/v1': fingerprint },
    properties: { case: id, title, verdict, tries, reading: [...reading], replay },
  };
}

/** What a list of known failures expects is told, and disturbs nobody. */
function suppressed({ known }: Result): Pick<SarifResult, 'suppressions'> {
  if (known?.standing !== 'expectedFail') return {};
  const justification = printable(`${known.reason} (until ${known.expires})`);
  return { suppressions: [{ kind: 'external', status: 'accepted', justification }] };
}

/** The first sentence stands alone in lists. */
function message(result: Result): string {
  const { title, actual, explanation, expected, verdict, tries, replay } = result;
  const wanted = expected.map(({ outcome }) => outcome).join(' or ');
  const lines = [
    `${title}${actual === null ? '' : `: came ${actual}`}.`,
    verdict === 'flaky' ? `Failed in ${tries.failed} of ${counted(tries.of, 'try')}.` : '',
    wanted === '' ? '' : `Expected: ${wanted}.`,
    explanation ?? '',
    `Replay: ${replay}`,
  ];
  const text = lines
    .filter((line) => line !== '')
    .map(printable)
    .join('\n');
  return text.slice(0, mostLetters).toWellFormed();
}

/** Says nothing of the run: neither when nor where, nor what exactly came. */
function fingerprintOf({ requirements, kind, verdict, id }: Result): string {
  const what = JSON.stringify([requirements[0] ?? null, kind ?? verdict, id]);
  return createHash('sha256').update(what).digest('hex').slice(0, 32);
}
