import { createHash } from 'node:crypto';
import type { ArtifactLocation, Location, Result as SarifResult } from 'sarif';
import type { Level } from '#models/language/index.ts';
import type { Report, Result } from '#src/contract/report.ts';
import type { VerdictName } from '#src/contract/verdict.ts';
import type { Sources } from './format.ts';
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

/** One problem. What makes it the same problem in another run is its fingerprint. */
export function sarifResult(
  result: Result,
  {
    report,
    sources,
    indices,
  }: {
    readonly report: Report;
    readonly sources: Sources;
    /** Of rules, by requirement. */
    readonly indices: ReadonlyMap<string, number>;
  },
): SarifResult {
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
    locations: [locationOf(result, report, sources)],
    ...profileLocation(report),
    ...suppressed(result),
    /** GitHub looks at the first alone. */
    partialFingerprints: { primaryLocationLineHash: fingerprint, 'qkdspec/v1': fingerprint },
    properties: { case: id, title, verdict, tries, reading: [...reading], replay },
  };
}

/** What says how the target is to be tested. */
function profileLocation({ profile }: Report): Pick<SarifResult, 'relatedLocations'> {
  const artifact = profileArtifact(profile);
  if (artifact === null) return {};
  const physicalLocation = { artifactLocation: artifact };
  return {
    relatedLocations: [{ id: 1, message: { text: "the target's profile" }, physicalLocation }],
  };
}

/** The file that a profile was read from; `null` where it was none. */
export function profileArtifact({ file }: Report['profile']): ArtifactLocation | null {
  return typeof file === 'string' ? artifactLocation(file) : null;
}

/** A file of the repository, or of the machine where its path is absolute. */
function artifactLocation(path: string): ArtifactLocation {
  const plain = path.replaceAll('\\', '/').replace(/^\.\//, '');
  if (plain.startsWith('/')) return { uri: `file://${encodeURI(plain)}` };
  if (/^[a-z]:\//i.test(plain)) return { uri: `file:///${encodeURI(plain)}` };
  return { uri: encodeURI(plain), uriBaseId: '%SRCROOT%' };
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

/** The trace that shows it, or the report; and the state of the protocol that it began in. */
function locationOf(
  { protocol, side, trace, id }: Result,
  { target }: Report,
  { folder, protocol: room }: Sources,
): Location {
  const state = room?.cases.find((one) => one.id === id)?.from;
  const where = [protocol || target.protocol, side || target.side, state ?? []].flat();
  return {
    physicalLocation: {
      artifactLocation: artifactLocation(`${folder}/${trace ?? 'report.json'}`),
      region: { startLine: 1 },
    },
    logicalLocations: [{ name: where.at(-1) ?? id, fullyQualifiedName: where.join('/') }],
  };
}
