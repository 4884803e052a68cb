import type { Report, Result } from '#src/contract/report.ts';
import type { VerdictName } from '#src/contract/verdict.ts';
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

/** The run as JUnit XML, one test case a case, named by its stable id. @see Jenkins xUnit plugin, junit-10.xsd */
export function junitReport(report: Report): string {
  const { results, notes, target, durationMs, startedAt, seed } = report;
  const failures = count(results, 'failure');
  const errors = count(results, 'error') + (report.exit.exitCode >= 3 ? 1 : 0);
  const shared = { tests: results.length, failures, errors, time: seconds(durationMs) };
  const suite = { name: `qkdspec.${target.protocol}.${target.side}`, ...shared };
  const stopped =
    report.exit.exitCode >= 3 ? element('system-err', {}, printable(report.exit.because)) : '';
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    open('testsuites', { name: 'qkdspec', ...shared }),
    open('testsuite', {
      ...suite,
      skipped: count(results, 'skipped'),
      timestamp: startedAt.replace(/(\.\d+)?Z$/, ''),
    }),
    '<properties>',
    element('property', { name: 'seed', value: seed }),
    element('property', { name: 'target', value: target.url }),
    element('property', { name: 'exit', value: `${report.exit.exitCode}: ${report.exit.because}` }),
    ...notes.map((note) => element('property', { name: note.requirement, value: note.text })),
    '</properties>',
    ...results.map(testcase),
    stopped,
    '</testsuite>',
    '</testsuites>',
  ]
    .filter((line) => line !== '')
    .join('\n')
    .concat('\n');
}

function testcase(result: Result): string {
  const path = result.id.split('/');
  const classname = path.slice(0, -1).join('.');
  const about = { name: path.at(-1) ?? '', classname, time: seconds(result.durationMs) };
  return `${open('testcase', about)}${outcome(result)}</testcase>`;
}

function outcome(result: Result): string {
  const { verdict, explanation, actual } = result;
  const kind = elements[verdict];
  const told = explanation ?? actual ?? '';
  if (kind === 'skipped') return element('skipped', { message: told });
  if (kind !== undefined) return element(kind, { type: verdict, message: told }, details(result));
  return verdict === 'pass' ? '' : element('system-out', {}, `${verdict}: ${details(result)}`);
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
  return results.filter(({ verdict }) => elements[verdict] === kind).length;
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
