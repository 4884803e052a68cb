import type { Report, Result } from '#src/contract/report.ts';
import { isKnown } from '#src/gate/ending.ts';
import { verdictNames } from '#src/contract/verdict.ts';
import { shown } from './failure.ts';
import type { Sources } from './format.ts';
import { gateComplaints, gateSummary } from './gate-lines.ts';
import { code, markdownTable, prose, shell } from './markdown-text.ts';
import { counted } from './text.ts';

/**
 * Bounds of everything that is listed: with those of each text, a summary stays below the 1 MiB that
 * GitHub gives a step, whatever a run came to.
 */
const mostRows = 100;
const mostReadings = 50;
const mostComplaints = 50;
const mostNotes = 20;

/** The run as Markdown, for the summary of a CI job: short however long the run was. */
export function markdownReport(report: Report, sources: Sources): string {
  const { target, seed, durationMs, exit, tool } = report;
  const sections = [
    `## qkdspec: ${code(target.protocol)} ${code(target.side)}, exit ${exit.exitCode}`,
    `**${prose(exit.because)}**`,
    `Target ${code(target.url || 'not reached')}, seed ${seed}, ` +
      `${(durationMs / 1000).toFixed(1)} s, qkdspec ${prose(tool.version)}`,
    counts(report),
    coverage(report),
    gate(report),
    failures(report),
    readings(report.results),
    notes(report),
    replays(report.results.filter(isTold)),
    artifacts(report, sources),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function counts({ summary, results, fuzz }: Report): string {
  const names = [...Object.keys(verdictNames), 'expectedFail', 'unexpectedPass'];
  const told = Object.entries(summary).filter(([name, count]) => names.includes(name) && count > 0);
  const cases = markdownTable(
    ['cases', ...told.map(([name]) => name)],
    [[String(results.length), ...told.map(([, count]) => String(count))]],
  );
  if (fuzz === undefined) return cases;
  const { messages, messagesPerSecond, sessions, restarts, findings } = fuzz;
  return (
    `${counted(findings.length, 'finding')} in ${counted(messages, 'message')} ` +
    `(${messagesPerSecond}/s), ${counted(sessions, 'session')}, ${counted(restarts, 'restart')}`
  );
}

function coverage({ coverage: { states, transitions, requirements } }: Report): string {
  const share = (name: string, { hit, total }: { readonly hit: number; readonly total: number }) =>
    `${hit}/${total} ${name}`;
  return (
    `Coverage: ${share('states', states)}, ${share('transitions', transitions)}, ` +
    share('requirements', requirements)
  );
}

/** What the console shows, too: all that is not simply right, and not known to be so. */
function isTold(result: Result): boolean {
  return shown.has(result.verdict) && !isKnown(result);
}

/** How it stood against a list of known failures. */
function gate(report: Report): string {
  const summary = gateSummary(report);
  if (summary === null) return '';
  const complaints = gateComplaints(report)
    .slice(0, mostComplaints)
    .map(({ label, id, why }) => `- **${label}** ${code(id)}: ${prose(why)}`);
  return [prose(summary), ...(complaints.length === 0 ? [] : ['', ...complaints])].join('\n');
}

function failures({ results }: Report): string {
  const told = results.filter(isTold);
  if (told.length === 0) return '';
  const shownRows = told
    .slice(0, mostRows)
    .map((result) => [
      often(result),
      code(result.id),
      result.requirements[0] === undefined ? '' : code(result.requirements[0]),
      prose(result.expected.map(({ outcome }) => outcome).join(' or ')),
      prose(result.actual ?? result.explanation ?? ''),
    ]);
  const rest = told.length - shownRows.length;
  const table = markdownTable(['verdict', 'case', 'requirement', 'expected', 'actual'], shownRows);
  const more = rest === 0 ? '' : `\n\nand ${rest} more, in report.json`;
  return `### Not passed (${told.length})\n\n${table}${more}`;
}

function often({ verdict, tries }: Result): string {
  return verdict === 'flaky' ? `flaky (${tries.failed} of ${tries.of})` : verdict;
}

function readings(results: readonly Result[]): string {
  const names = [...new Set(results.flatMap(({ reading }) => reading))];
  if (names.length === 0) return '';
  const told = names.slice(0, mostReadings).map(code).join(', ');
  return `Read otherwise than assumed: ${told}${names.length > mostReadings ? ', …' : ''}`;
}

function notes({ notes: all }: Report): string {
  const told = all.slice(0, mostNotes).map(({ text, requirement }) => {
    return `- ${prose(text)} (${code(requirement)})`;
  });
  return told.length === 0 ? '' : `### Notes\n\n${told.join('\n')}`;
}

function replays(told: readonly Result[]): string {
  if (told.length === 0) return '';
  const lines = told.slice(0, mostRows).map(({ replay }) => replay);
  return `<details><summary>Play them again</summary>\n\n${shell(lines)}\n\n</details>`;
}

function artifacts({ results }: Report, { folder, artifactsUrl }: Sources): string {
  const traces = results.filter(({ trace }) => trace !== null).length;
  const kept = `${code(`${folder}/report.json`)}, ${counted(traces, 'trace')}`;
  return artifactsUrl === null
    ? `Kept: ${kept}`
    : `Kept: ${kept}; [artifacts of this job](${artifactsUrl})`;
}
