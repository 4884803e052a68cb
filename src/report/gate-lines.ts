import type { Report, Result } from '#src/contract/report.ts';
import { isKnown } from '#src/gate/ending.ts';
import { counted, paragraph } from './text.ts';

/** Complaints that are shown; of further ones only how many there are. */
const mostShown = 10;

/** What a list of known failures complains of, one or two lines each; nothing without a list. */
export function gateLines(
  report: Pick<Report, 'results' | 'gate'>,
  { columns }: { readonly columns: number },
): readonly string[] {
  const complaints = gateComplaints(report);
  const rest = complaints.length - mostShown;
  const lines = complaints
    .slice(0, mostShown)
    .flatMap(({ label, id, why }) =>
      paragraph(`${label} `, `${id}: ${why}`, { columns, lines: 2 }),
    );
  const more = rest > 0 ? [`and ${rest} more`] : [];
  return lines.length === 0 ? [] : [...lines, ...more, ''];
}

/** Something in a list of known failures that is not as it should be. */
export interface GateComplaint {
  readonly label: 'PASSES' | 'CHANGED' | 'EXPIRED' | 'UNUSED';
  readonly id: string;
  readonly why: string;
}

/** All that a list of known failures complains of. */
export function gateComplaints({
  results,
  gate,
}: Pick<Report, 'results' | 'gate'>): readonly GateComplaint[] {
  if (gate === undefined) return [];
  const known = (standing: string, label: GateComplaint['label']) =>
    results
      .filter((result) => result.known?.standing === standing)
      .map((result) => ({ label, id: result.id, why: whyOf(result) }));
  return [
    ...known('unexpectedPass', 'PASSES'),
    ...known('changed', 'CHANGED'),
    ...gate.expired.map((id) => ({ label: 'EXPIRED' as const, id, why: expiryOf(id, results) })),
    ...gate.unused.map(({ id, why }) => ({ label: 'UNUSED' as const, id, why })),
  ];
}

/** How a run stood against its list, in a few words; `null` without one. */
export function gateSummary({ results, gate }: Pick<Report, 'results' | 'gate'>): string | null {
  if (gate === undefined) return null;
  const complaints = gateComplaints({ results, gate });
  const count = (label: string) => complaints.filter((one) => one.label === label).length;
  const parts = [
    `${results.filter(isKnown).length} as known`,
    `${count('PASSES')} fail no more`,
    `${count('CHANGED')} changed`,
    `${count('EXPIRED')} expired`,
    `${count('UNUSED')} unused`,
  ].filter((part) => !part.startsWith('0 '));
  const told = parts.length === 0 ? '' : `: ${parts.join(', ')}`;
  return `baseline ${gate.file}, ${counted(gate.entries, 'known failure')}${told}`;
}

function whyOf({ known }: Result): string {
  return `${known?.why ?? ''} (${known?.reason ?? ''})`;
}

function expiryOf(id: string, results: readonly Result[]): string {
  const known = results.find((result) => result.id === id)?.known;
  return known === undefined
    ? 'it was known for too long'
    : `on ${known.expires} (${known.reason})`;
}
