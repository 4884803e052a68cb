import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Adds up the reports of one CI run and prints the line that CI reads. Exit 1 where a test or a
 * whole step failed, or where no test ran.
 */
const [folder = '.', failedSteps = '0'] = process.argv.slice(2);
const vitest = ['unit.json', 'interop.json'].map(read).filter((report) => report !== null);
const features = read('features.json');
const scenarios = Array.isArray(features)
  ? features.flatMap((feature) => feature.elements ?? [])
  : [];
const broken = scenarios.filter((scenario: { steps: { result: { status: string } }[] }) =>
  scenario.steps.some(({ result }) => !['passed', 'skipped'].includes(result.status)),
).length;
const sum = (member: string) =>
  vitest.reduce((total: number, report) => total + Number(report[member] ?? 0), 0);
const passed = sum('numPassedTests') + scenarios.length - broken;
const failed = sum('numFailedTests') + broken;
const skipped = sum('numPendingTests');
const counted = failed + (failed === 0 ? Number(failedSteps) : 0);
console.log(`${passed} passed, ${counted} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = counted > 0 || passed === 0 ? 1 : 0;

function read(name: string) {
  const file = path.join(folder, name);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null;
}
