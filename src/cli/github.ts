import { appendFileSync } from 'node:fs';
import type { Report, Result } from '#src/contract/report.ts';
import { isKnown } from '#src/gate/ending.ts';
import { gateComplaints } from '#src/report/gate-lines.ts';
import { shown } from '#src/report/failure.ts';
import { printable } from '#src/report/text.ts';
import { codeOf } from './folder.ts';
import { formats } from './formats.ts';
import type { Gating } from './gating.ts';
import type { Screen } from './screen.ts';
import { sourcesOf } from './sources.ts';

/** GitHub shows so many errors of one step. */
const mostShown = 10;

/** What `--ci` tells GitHub of. */
export interface Told {
  readonly report: Report;
  readonly folder: string;
  readonly gating: Gating | null;
  /** Where workflow commands are read: stdout, or stderr where a report has that. */
  readonly write: Screen['out'];
  readonly err: Screen['err'];
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * Under GitHub Actions: annotations for what is red, and the run as the job's summary, where the
 * environment asks for them. Nothing anywhere else.
 * @see GitHub, Workflow commands for GitHub Actions
 */
export async function tellGithub(told: Told): Promise<void> {
  const { report, env, write } = told;
  if (env['GITHUB_ACTIONS'] === 'true') {
    const all = annotationsOf(report, told.gating);
    const rest = all.length - mostShown;
    const lines = rest > 0 ? all.slice(0, mostShown - 1) : all;
    const more = rest > 0 ? [command('error', {}, `and ${rest + 1} more: see the report`)] : [];
    write([...lines, ...more].map((line) => `${line}\n`).join(''));
  }
  const summary = env['GITHUB_STEP_SUMMARY'] ?? '';
  if (summary !== '') await summarise(summary, told);
}

async function summarise(file: string, { report, folder, err }: Told): Promise<void> {
  const format = formats['markdown'];
  if (format?.kind !== 'file') return;
  const text = (await format.load())(report, sourcesOf(folder, report.target.protocol));
  try {
    appendFileSync(file, `${text.trimEnd()}\n\n`);
  } catch (fault) {
    err(`qkdspec: cannot write the job summary ${file}: ${codeOf(fault)}\n`);
  }
}

function annotationsOf(report: Report, gating: Gating | null): readonly string[] {
  const { results, exit } = report;
  const ended = exit.exitCode > 1 ? [command('error', { title: 'qkdspec' }, exit.because)] : [];
  const complaints = gateComplaints(report).map(({ label, id, why }) => {
    const at = gating === null ? {} : { file: gating.file, line: String(gating.lineOf(id)) };
    return command('error', { ...at, title: `${label} ${id}` }, why);
  });
  const red = results.filter((result) => shown.has(result.verdict) && result.known === undefined);
  const isWarning = ({ verdict }: Result) => verdict === 'warn';
  const failures = [
    ...red.filter((result) => !isWarning(result)).map((result) => failure('error', result)),
    ...red.filter(isWarning).map((result) => failure('warning', result)),
    ...results.filter(isKnown).map((result) => failure('notice', result)),
  ];
  return [...ended, ...complaints, ...failures];
}

function failure(level: 'error' | 'warning' | 'notice', result: Result): string {
  const { verdict, id, explanation, actual, replay, known } = result;
  const reason = known === undefined ? [] : [`known: ${known.reason}, until ${known.expires}`];
  const text = [explanation ?? actual ?? '', ...reason, `replay: ${replay}`];
  const title = `${known === undefined ? '' : 'KNOWN '}${verdict.toUpperCase()} ${id}`;
  return command(level, { title }, text.join('\n'));
}

/** `::error title=…::text`, with what would end it escaped. */
function command(name: string, properties: Readonly<Record<string, string>>, text: string): string {
  const said = Object.entries(properties).map(
    ([key, value]) =>
      `${key}=${escaped(printable(value)).replaceAll(':', '%3A').replaceAll(',', '%2C')}`,
  );
  const lines = text.split('\n').map(printable).join('\n');
  return `::${name}${said.length === 0 ? '' : ` ${said.join(',')}`}::${escaped(lines)}`;
}

function escaped(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
