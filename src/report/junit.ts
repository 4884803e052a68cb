import type { Report, Result } from '#src/contract/report.ts';
import type { VerdictName } from '#src/contract/verdict.ts';
import { isKnown } from '#src/gate/ending.ts';
import { escapeHtml } from './html/escape.ts';
import { printable } from './text.ts';

/** How JUnit calls a verdict; the others are plain test cases. */
const elements: Partial<Readonly<Record<VerdictName, 'failure' | 'error' | 'skipped'>>> = {
  fail: 'failure',
  flaky: 'failure',
  untestable: 'failure',
  error: 'error',
  notApplicable: 'skipped',
};

/**
 * The run as JUnit XML, one test case a case, named by its stable id. It fits both schemas that
 * are about: what one wants and the other does not know (attributes of `testsuites`, output of a
 * test case) is left out.
 *
 * @see Jenkins xUnit plugin, junit-10.xsd
 * @see Apache Ant, JUnit.xsd by Windy Road
 */
export function junitReport(report: Report): string {
  const { results, notes, target, durationMs, startedAt, seed, exit } = report;
  const idle = idleEntries(report);
  const brokenOff = exit.exitCode >= 3 ? [runEntry(exit)] : [];
  const suite = {
    ...{ id: 0, package: 'qkdspec', name: `qkdspec.${target.protocol}.${target.side}` },
    hostname: 'localhost',
    tests: results.length + idle.length + brokenOff.length,
    failures: count(results, 'failure') + idle.length,
    errors: count(results, 'error') + brokenOff.length,
    skipped: count(results, 'skipped'),
    time: seconds(durationMs),
    timestamp: startedAt.replace(/(\.\d+)?Z$/, ''),
  };
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites>',
    open('testsuite', suite),
    '<properties>',
    element('property', { name: 'seed', value: seed }),
    element('property', { name: 'target', value: target.url }),
    element('property', { name: 'exit', value: `${exit.exitCode}: ${exit.because}` }),
    ...notes.map((note) => element('property', { name: note.requirement, value: note.text })),
    '</properties>',
    ...results.map(testcase),
    ...idle,
    ...brokenOff,
    element('system-out', {}, results.filter(isRemarkable).map(remark).join('\n\n')),
    element('system-err', {}, exit.exitCode >= 3 ? printable(exit.because) : ''),
    '</testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

/** A run that ended before its end is red also for those who look at test cases alone. */
function runEntry({ exitCode, because }: Report['exit']): string {
  const about = { name: 'run', classname: 'qkdspec', time: seconds(0) };
  const error = element('error', { type: `exit ${exitCode}`, message: because });
  return `${open('testcase', about)}${error}</testcase>`;
}

/** Known failures that no result answers to: each is a failure of its own. */
function idleEntries({ results, gate }: Report): readonly string[] {
  const played = new Set(results.flatMap(({ id, known }) => (known === undefined ? [] : [id])));
  const { unused = [], expired = [] } = gate ?? {};
  const idle = [
    ...unused,
    ...expired
      .filter((id) => !played.has(id) && !unused.some((entry) => entry.id === id))
      .map((id) => ({ id, why: 'it has expired' })),
  ];
  return idle.map(({ id, why }) => {
    const about = { name: id, classname: 'baseline', time: seconds(0) };
    const failure = element('failure', { type: 'unused', message: printable(why) });
    return `${open('testcase', about)}${failure}</testcase>`;
  });
}

function testcase(result: Result): string {
  const path = result.id.split('/');
  const classname = path.slice(0, -1).join('.');
  const about = { name: path.at(-1) ?? '', classname, time: seconds(result.durationMs) };
  return `${open('testcase', about)}${outcome(result)}</testcase>`;
}

function outcome(result: Result): string {
  const { verdict, explanation, actual, known } = result;
  const kind = elementOf(result);
  const told = explanation ?? actual ?? '';
  if (isKnown(result) && known !== undefined) {
    const message = `known ${verdict}, until ${known.expires}: ${known.reason}`;
    return element('skipped', { type: verdict, message }, details(result));
  }
  if (kind === 'skipped') return element('skipped', { message: told });
  if (kind !== undefined) {
    const message = known === undefined ? told : `${known.why ?? ''}; ${told}`;
    return element(kind, { type: known?.standing ?? verdict, message }, details(result));
  }
  return '';
}

/** Green, and yet there is something to say. */
function isRemarkable(result: Result): boolean {
  return elementOf(result) === undefined && result.verdict !== 'pass';
}

function remark(result: Result): string {
  return `${result.verdict} ${result.id}: ${details(result)}`;
}

/** What a list of known failures complains of is a failure, whatever its verdict. */
function elementOf({ verdict, known }: Result) {
  if (known === undefined) return elements[verdict];
  return known.standing === 'expectedFail' ? 'skipped' : 'failure';
}

function details(result: Result): string {
  return [
    result.title,
    `requirements: ${result.requirements.join(', ')}`,
    `cited: ${result.citations.join('; ')}`,
    ...result.expected.map(({ outcome: allowed, why }) => `expected: ${allowed} (${why})`),
    `actual: ${result.actual ?? 'as expected'}`,
    ...(result.reading.length > 0 ? [`read as: ${result.reading.join(', ')}`] : []),
    `replay: ${result.replay}`,
  ]
    .map(printable)
    .join('\n');
}

function count(results: readonly Result[], kind: string): number {
  return results.filter((result) => elementOf(result) === kind).length;
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}

type Attributes = Readonly<Record<string, string | number>>;

function open(name: string, attributes: Attributes): string {
  const written = Object.entries(attributes).map(
    ([key, value]) => ` ${key}="${escapeHtml(printable(String(value)))}"`,
  );
  return `<${name}${written.join('')}>`;
}

function element(name: string, attributes: Attributes, text = ''): string {
  return `${open(name, attributes)}${escapeHtml(text)}</${name}>`;
}
