import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Adds up the reports of one CI run, says once more what failed (of a long log often only the end
 * is kept), and prints the line that CI reads. Exit 1 where a test or a whole step failed, or where
 * no test ran.
 */
const [folder = '.', ...failedSteps] = process.argv.slice(2);
const vitest: VitestReport[] = ['unit.json', 'interop.json'].map(read).filter(Boolean);
const features: Feature[] = read('features.json') ?? [];

const scenarios = features.flatMap((feature) => feature.elements ?? []);
const broken = scenarios.filter(({ steps }) =>
  steps.some(({ result }) => !['passed', 'skipped'].includes(result.status)),
);
const files = vitest.flatMap(({ testResults }) => testResults);
const tests = files.flatMap(({ assertionResults }) => assertionResults);
const failures = [
  ...broken.map(({ name, steps }) => ({
    name,
    why: steps.map(({ result }) => result.error_message),
  })),
  ...tests
    .filter(({ status }) => status === 'failed')
    .map(({ fullName, failureMessages }) => ({ name: fullName, why: failureMessages })),
  ...files
    .filter((file) => file.status === 'failed' && file.assertionResults.every(isFine))
    .map(({ name, message }) => ({ name: path.relative('.', name), why: [message] })),
];
for (const { status, fullName, failureMessages } of tests) {
  if (status === 'passed' && failureMessages.length > 0) {
    console.log(
      `passed at the second try: ${fullName}\n${failureMessages.join('\n').slice(0, 500)}`,
    );
  }
}
for (const step of failedSteps) console.log(`failed step: ${step}`);
for (const { name, why } of failures) {
  console.log(`failed: ${name}\n${why.filter(Boolean).join('\n').slice(0, 2000)}`);
}
const passed =
  tests.filter(({ status }) => status === 'passed').length + scenarios.length - broken.length;
const skipped = tests.filter(({ status }) => !['passed', 'failed'].includes(status)).length;
const failed = Math.max(failures.length, failedSteps.length);
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;

function isFine({ status }: { readonly status: string }) {
  return status !== 'failed';
}

function read(name: string) {
  const file = path.join(folder, name);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null;
}

type VitestReport = {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
};

type Feature = {
  readonly elements?: readonly {
    readonly name: string;
    readonly steps: readonly {
      readonly result: { readonly status: string; readonly error_message?: string };
    }[];
  }[];
};
