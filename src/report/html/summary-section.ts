import type { Report, Share } from '#src/contract/report.ts';
import { escapeHtml } from './escape.ts';
import { bounded, verdictLegend } from './pack.ts';
import { profileLines, withoutUser } from './profile-lines.ts';

/** What a run came to, and what it was. */
export function summarySection(report: Report): string {
  const { target, exit, coverage, gate } = report;
  const told = exit.exitCode === 0 ? 'good' : 'bad';
  const facts: readonly (readonly [string, string])[] = [
    ['Target', `${withoutUser(target.url) || 'not reached'}, side ${target.side}`],
    ['Seed', String(report.seed)],
    ['Began', report.startedAt],
    ['Duration', `${(report.durationMs / 1000).toFixed(1)} s`],
    ['Tool', `${report.tool.name} ${report.tool.version}, Node ${report.tool.node}`],
    ['States', share(coverage.states)],
    ['Transitions', share(coverage.transitions)],
    ['Requirements', share(coverage.requirements)],
    ...(gate === undefined ? [] : [knownFact(gate)]),
    ...campaignFacts(report),
  ];
  return `<section aria-labelledby="summary">
<h2 id="summary">Summary</h2>
<p class="exit ${told}"><strong>Exit ${exit.exitCode}</strong>: ${escapeHtml(bounded(exit.because))}</p>
${verdictCounts(report)}
<dl class="facts">${facts.map(fact).join('')}</dl>
<details><summary>Profile</summary><dl class="facts">${profileLines(report.profile).map(fact).join('')}</dl></details>
</section>`;
}

function fact([name, value]: readonly [string, string]): string {
  return `<div><dt>${escapeHtml(name)}</dt><dd>${escapeHtml(bounded(value))}</dd></div>`;
}

function share({ hit, total }: Share): string {
  const percent = total === 0 ? '' : ` (${Math.floor((100 * hit) / total)} %)`;
  return `${hit} of ${total} reached${percent}`;
}

function verdictCounts({ summary, results }: Report): string {
  const items = verdictLegend()
    .filter(({ name }) => summary[name] > 0)
    .map(
      ({ name, sign, meaning }) =>
        `<li><a href="#results" data-verdict="${name}"><span class="verdict ${name}"><span aria-hidden="true">${sign} </span>${name}</span> <strong>${summary[name]}</strong></a> <span class="faint">${escapeHtml(meaning)}</span></li>`,
    );
  const known = [
    ...(summary.expectedFail > 0 ? [`${summary.expectedFail} failures are known`] : []),
    ...(summary.unexpectedPass > 0 ? [`${summary.unexpectedPass} known ones fail no more`] : []),
  ].join(', ');
  return `<ul class="counts"><li><strong>${results.length}</strong> result${results.length === 1 ? '' : 's'}${known === '' ? '' : ` (${known})`}</li>${items.join('')}</ul>`;
}

function knownFact({ file, entries, unused, expired }: NonNullable<Report['gate']>) {
  const rest = `${entries} entries, ${unused.length} unused, ${expired.length} expired`;
  return ['Known failures', `${file}: ${rest}`] as const;
}

/** Of a fuzzing run only. */
function campaignFacts({ fuzz }: Report): readonly (readonly [string, string])[] {
  if (fuzz === undefined) return [];
  const { messages, messagesPerSecond, sessions, triples, restarts, findings } = fuzz;
  return [
    ['Findings', String(findings.length)],
    ['Messages', `${messages} (${messagesPerSecond} a second) in ${sessions} sessions`],
    ['Triples', `${triples} of state, step and what came of it`],
    ['Restarts', `${restarts} of the target`],
  ];
}
