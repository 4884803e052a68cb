import { expect, it } from 'vitest';
import type { Case } from '#src/contract/case.ts';
import type { Profile } from '#src/contract/target.ts';
import { etsi004 } from '#src/protocols/etsi-004/index.ts';
import { reachTarget } from '#src/suite/reach.ts';
import { playCase } from '#src/suite/run-case.ts';
import { benchFor, profileOf } from './bench.ts';

const cases = etsi004.cases.filter(
  ({ against, dialects }) =>
    against === 'kms' && dialects?.includes(etsi004.defaultDialect) !== false,
);
/** Parts that are played at a time. */
const parts = 4;
/** A state that a KMS with two streams may pass by. */
const secondStream = 'twoA.pushing';

/** Cases that do not pass against our KMS, with what was seen instead. */
async function failing(played: readonly Case[], options: Profile['options']) {
  const profile = { ...profileOf('kms', null), options };
  await using bench = await benchFor('kms', null);
  await using reach = await reachTarget(etsi004, profile, 1);
  const failed: string[] = [];
  for (const one of played) {
    const { verdict } = await playCase({ ...bench, profile, reach }, one);
    if (verdict.verdict !== 'pass')
      failed.push(`${one.id}: ${verdict.verdict} ${verdict.note ?? verdict.violation?.actual}`);
  }
  return failed;
}

it('the reference KMS passes every case, over sockets', { timeout: 120_000 }, async () => {
  const first = cases.filter(({ from }) => from !== secondStream);
  const shares = Array.from({ length: parts }, (_, part) =>
    first.filter((__, at) => at % parts === part),
  );
  const failed = await Promise.all(shares.map((share) => failing(share, {})));
  expect(cases.length).toBeGreaterThan(200);
  expect(failed.flat()).toEqual([]);
});

it('with connections that it keeps it passes those about answers of no use', async () => {
  const unusable = cases.filter(({ id }) => id.startsWith('etsi-004/kms-unusable/'));
  expect(unusable.length).toBeGreaterThan(20);
  expect(await failing(unusable, { connections: 'kept' })).toEqual([]);
});

it('with two streams it passes those about two', { timeout: 60_000 }, async () => {
  const second = cases.filter(({ from }) => from === secondStream);
  expect(second.length).toBeGreaterThan(0);
  expect(await failing(second, { streams: 2, keys: 12 })).toEqual([]);
});
