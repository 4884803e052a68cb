import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { planSuite, type SuiteChoice } from '#src/cli/plan-suite.ts';
import { subjectOf } from '#src/cli/profile.ts';
import type { Report } from '#src/contract/report.ts';
import { protocols } from '#src/protocols/index.ts';
import { jsonReport } from '#src/report/json.ts';
import { runSuite } from '#src/suite/run-suite.ts';

/** A run in memory, as a folder that holds its report. */
export async function makeRun(
  target: string,
  folder: string,
  choice: SuiteChoice = {},
): Promise<Report> {
  const subject = await subjectOf({ target }, protocols);
  const plan = planSuite(subject, { retries: 0, ...choice });
  const report = await runSuite({ ...plan, inMemory: true }, () => {});
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'report.json'), jsonReport(report));
  return report;
}
