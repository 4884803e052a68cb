import {
  After,
  AfterAll,
  Before,
  BeforeAll,
  setDefaultTimeout,
  setWorldConstructor,
} from '@cucumber/cucumber';
import { plainly } from '../support/broken.ts';
import { isAimed, Targets, type Parameters } from '../support/targets.ts';
import { QkdWorld } from '../support/world.ts';

/** Longest time of one step, ms: a target's own limits come first, the whole suite fits in. */
const stepMs = 10 * 60_000;

const targets = new Targets();
const played = new Map<string, number>();
const skipped = new Map<string, number>();

setWorldConstructor(QkdWorld);
setDefaultTimeout(stepMs);

/** A target that is named is there, or nothing is played at all. */
BeforeAll(async function (this: { parameters: Parameters }) {
  if (isAimed(this.parameters)) await reached([], this.parameters);
});

Before({ name: 'Before the target' }, async function (this: QkdWorld, { pickle }) {
  const tags = pickle.tags.map(({ name }) => name);
  const aim = await reached(tags, this.parameters);
  if ('skipped' in aim) {
    count(skipped, aim.skipped);
    return this.skip(aim.skipped);
  }
  count(played, aim.url);
  return this.begin(aim.subject, targets, pickle.name);
});

After({ name: 'The judge' }, async function (this: QkdWorld, { result }) {
  await this.finish(result?.status ?? 'UNKNOWN');
});

AfterAll(async () => {
  await targets.closeAll();
  for (const [url, count] of played) told(`played against ${url}: ${count}`);
  for (const [why, count] of skipped) told(`skipped: ${count}, because ${why}`);
});

async function reached(tags: readonly string[], parameters: Parameters) {
  try {
    const aim = await targets.aim(tags, parameters);
    if ('skipped' in aim) return aim;
    const { url } = await targets.open(aim.subject, parameters);
    return { ...aim, url };
  } catch (fault) {
    throw plainly(fault);
  }
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function told(line: string): void {
  process.stdout.write(`\n${line}`);
}
