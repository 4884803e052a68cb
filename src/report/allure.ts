import { createHash } from 'node:crypto';
import type { Attachment, Label, Stage, Status, StepResult, TestResult } from 'allure-js-commons';
import { instantMs } from '#src/base/clock.ts';
import type { Report, Result } from '#src/contract/report.ts';
import type { VerdictName } from '#src/contract/verdict.ts';
import type { Sources } from './format.ts';
import { printable } from './text.ts';
import { traceText } from './trace-text.ts';

/** Allure's own words, without its package: results are the same in every run of the same seed. */
type Worded<Row extends { stage: Stage; status?: Status }> = Omit<
  Row,
  'status' | 'stage' | 'steps'
> & { status: `${Status}`; stage: `${Stage}`; steps: readonly Worded<StepResult>[] };

const statuses = {
  pass: 'passed',
  reading: 'passed',
  warn: 'passed',
  fail: 'failed',
  flaky: 'failed',
  untestable: 'broken',
  error: 'broken',
  notApplicable: 'skipped',
} as const satisfies Record<VerdictName, `${Status}`>;

const severities = { MUST: 'critical', SHOULD: 'normal', MAY: 'minor' } as const;

/** The run as files of an Allure results folder, which those of other tools may share. */
export function allureReport(report: Report, sources: Sources): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  const { target, tool } = report;
  let atMs = instantMs(report.startedAt);
  for (const result of report.results) {
    const attachments = attached(result, sources, files);
    const history = identity(target.url, target.side, result.id);
    const row = testResult(result, { report, sources, history, atMs, attachments });
    files.set(`${row.uuid}-result.json`, JSON.stringify(row));
    atMs += Math.round(result.durationMs);
  }
  files.set('environment.properties', `qkdspec=${tool.version}\nnode=${tool.node}\n`);
  files.set('categories.json', JSON.stringify(categories));
  return files;
}

/** How failures are grouped, whichever tool they come from. */
const categories = [
  { name: 'Nonconformance', matchedStatuses: ['failed'], messageRegex: '.*\\[[\\w-]+/\\w+\\].*' },
  { name: 'Could not be tested', matchedStatuses: ['broken'] },
];

interface Around {
  readonly report: Report;
  readonly sources: Sources;
  /** The same for the same case of the same target: later runs of it are retries to Allure. */
  readonly history: string;
  readonly atMs: number;
  readonly attachments: Attachment[];
}

function testResult(result: Result, around: Around): Worded<TestResult> {
  const { history, atMs, attachments, report } = around;
  const { verdict, id, title, known, durationMs } = result;
  const status = statuses[verdict];
  return {
    uuid: identity(history, report.startedAt),
    historyId: history,
    testCaseId: history,
    fullName: id,
    name: printable(title),
    status,
    stage: 'finished',
    statusDetails: status === 'passed' ? {} : details(result),
    start: atMs,
    stop: atMs + Math.round(durationMs),
    description: description(result, around),
    labels: labelsOf(result, report),
    links: [],
    parameters: [
      { name: 'target', value: report.target.url },
      { name: 'verdict', value: known?.standing ?? verdict },
      ...result.reading.map((reading) => ({ name: 'reading', value: reading })),
    ],
    steps: result.expected.map(({ outcome, why }) => ({
      name: printable(`allowed: ${outcome}${why === '' ? '' : ` (${why})`}`),
      status: 'skipped',
      stage: 'finished',
      statusDetails: {},
      steps: [],
      attachments: [],
      parameters: [],
    })),
    attachments,
  };
}

function details(result: Result) {
  const { actual, explanation, expected, requirements, replay, known, verdict } = result;
  const [requirement] = requirements;
  const broken = requirement === undefined ? '' : ` [${requirement}]`;
  const standing = known === undefined ? '' : `\n${known.standing}: ${known.reason}`;
  const came = actual === null ? (explanation ?? '') : `came ${actual}`;
  return {
    message: printable(came) + broken,
    trace: `${printable(explanation ?? '')}\n\nreplay: ${printable(replay)}${standing}`,
    ...(actual === null ? {} : { actual: printable(actual) }),
    expected: printable(expected.map(({ outcome }) => outcome).join(' or ')),
    flaky: verdict === 'flaky',
    known: known?.standing === 'expectedFail',
  };
}

/** What is demanded, in the document's words, and how to see it again. */
function description(result: Result, { sources }: Around): string {
  const rows = Object.values(sources.protocol?.model.requirements ?? {});
  const demanded = result.requirements.map((id, at) => {
    const text = rows.find((row) => row.id === id)?.text;
    return `- ${id}: ${printable(text ?? '')} (${printable(result.citations[at] ?? '')})`;
  });
  return [...demanded, '', `\`${printable(result.replay)}\``].join('\n');
}

function labelsOf({ id, protocol, side, level, requirements, verdict }: Result, report: Report) {
  const topic = id.split('/').slice(1, -1).join('/') || 'cases';
  const labels: readonly Label[] = [
    { name: 'framework', value: 'qkdspec' },
    { name: 'parentSuite', value: printable(`${protocol} ${side}: ${report.target.url}`) },
    { name: 'suite', value: topic },
    { name: 'epic', value: protocol },
    { name: 'feature', value: topic },
    { name: 'host', value: report.target.url },
    ...(level === null ? [] : [{ name: 'severity', value: severities[level] }]),
    ...requirements.map((value) => ({ name: 'story', value })),
    ...(verdict === 'pass' ? [] : [{ name: 'tag', value: verdict }]),
  ];
  return [...labels];
}

/** The trace for people. Its bytes hold keys: they stay where the run is stored. */
function attached(
  { trace: file, id }: Result,
  { protocol, trace }: Sources,
  files: Map<string, string>,
): Attachment[] {
  const read = file === null || protocol === null ? null : trace(file);
  if (read === null || protocol === null) return [];
  const source = `${identity('trace', id, file ?? '')}-attachment.txt`;
  files.set(source, traceText(protocol, read));
  return [{ name: `trace (${file})`, type: 'text/plain', source }];
}

/** A UUID that is the same for the same words. */
function identity(...words: readonly string[]): string {
  const hex = createHash('sha256').update(JSON.stringify(words)).digest('hex');
  return hex.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
