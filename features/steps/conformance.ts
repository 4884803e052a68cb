import { Then, When } from '@cucumber/cucumber';
import { planSuite, runSuite, type Report } from '#src/index.ts';
import { Broken } from '../support/broken.ts';
import type { QkdWorld } from '../support/world.ts';

const reports = new WeakMap<QkdWorld, Report>();

When('every case is played against {side}', async function (this: QkdWorld, _side: string) {
  await this.targets.close(this.subject);
  const { seed } = this.parameters;
  const plan = planSuite(this.subject, seed === undefined ? {} : { seed });
  const report = await runSuite({ ...plan, inMemory: true }, () => {});
  reports.set(this, report);
  this.log(JSON.stringify({ ...report, results: report.results.length }, null, 2));
});

Then('no MUST is broken', function (this: QkdWorld) {
  const broken = played(this).results.filter(({ verdict }) => verdict === 'fail');
  if (broken.length > 0) throw new Broken(told(broken));
});

Then('no case is left untested', function (this: QkdWorld) {
  const { results, exit } = played(this);
  const open = results.filter(({ verdict }) => ['untestable', 'flaky', 'error'].includes(verdict));
  if (open.length > 0) throw new Broken(told(open));
  if (exit.exitCode !== 0) throw new Broken(exit.because);
});

function played(world: QkdWorld): Report {
  const report = reports.get(world);
  if (report === undefined) throw new Error('no case was played yet');
  return report;
}

/** The first of them, in full; how many more there are. */
function told(results: Report['results']): string {
  const shown = results.slice(0, 5).map(({ id, explanation }) => `${id}: ${explanation}`);
  const more = results.length - shown.length;
  return [...shown, ...(more > 0 ? [`… and ${more} more`] : [])].join('\n');
}
