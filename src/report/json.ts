import type { Report } from '#src/contract/report.ts';

/** The whole run as JSON, members in their order, two spaces deep. @see report-schema.ts */
export function jsonReport(report: Report): string {
  return `${JSON.stringify(report, (_, value: unknown) => plain(value), 2)}\n`;
}

/** JSON has no bigint: it is written as text. */
function plain(value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}
