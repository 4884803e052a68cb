import { spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { HarnessError } from '#src/base/errors.ts';
import { allureReport } from '#src/report/allure.ts';
import { sourcesOf } from './sources.ts';
import { readRun } from './stored-run.ts';

/**
 * `npm run report:allure`: one Allure report of everything that was run here. Stored runs are drawn
 * into the folder that Vitest and Cucumber write to under ALLURE_RESULTS.
 */
const results = 'reports/allure-results';
const output = 'reports/allure';

/** Java and Allure, both by their own launchers; no analytics, whatever the environment says. */
const env: NodeJS.ProcessEnv = { ...process.env, ALLURE_NO_ANALYTICS: 'true' };

function main(): number {
  if (!hasJava()) {
    tell(
      'no Allure report: it needs Java (java on the PATH, or JAVA_HOME); see report.html of a run',
    );
    return 0;
  }
  mkdirSync(results, { recursive: true });
  for (const file of globSync('reports/*/report.json')) draw(file);
  if (!readdirSync(results).some((name) => name.endsWith('-result.json'))) {
    tell(`nothing to report: run npm start, or ALLURE_RESULTS=${results} npm test`);
    return 2;
  }
  const launcher = fileURLToPath(import.meta.resolve('allure-commandline/bin/allure'));
  const args = [launcher, 'generate', results, '--clean', '--output', output];
  const { status } = spawnSync(process.execPath, args, { env, stdio: 'inherit' });
  if (status !== 0) return 5;
  tell(`Allure report: ${output}; to read it: npx allure open ${output}`);
  return 0;
}

function hasJava(): boolean {
  const home = env['JAVA_HOME'];
  if (home !== undefined && existsSync(join(home, 'bin/java'))) return true;
  return spawnSync('java', ['-version'], { env }).status === 0;
}

/** A run that cannot be read is named, and left out. */
function draw(file: string): void {
  try {
    const { report } = readRun(file);
    const files = allureReport(report, sourcesOf(dirname(file), report.target.protocol));
    for (const [name, text] of files) writeFileSync(join(results, name), text);
  } catch (fault) {
    if (!(fault instanceof HarnessError)) throw fault;
    tell(`left out: ${fault.message}`);
  }
}

function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}

process.exitCode = main();
