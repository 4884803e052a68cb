import { describe, expect, it } from 'vitest';
import type { Case } from '#src/contract/case.ts';
import { deviceCases, each, isSlow, verdictsOf } from './device-bench.ts';

/** The cases in as many parts as are played at a time; slow ones each for itself. */
function shares(): readonly (readonly Case[])[] {
  const quick = deviceCases.filter((played) => !isSlow(played));
  const parts = [0, 1, 2].map((part) => quick.filter((_, at) => at % 3 === part));
  return [...deviceCases.filter(isSlow).map((played) => [played]), ...parts];
}

describe('the reference QKD device', () => {
  it('passes every case, over sockets', async () => {
    const outcomes: string[] = [];
    await each(shares(), async (share) => {
      for (const [id, { verdict, violation }] of await verdictsOf({}, share)) {
        if (verdict !== 'pass') outcomes.push(`${id}: ${verdict} ${violation?.actual}`);
      }
    });
    expect(deviceCases.length).toBeGreaterThan(250);
    expect(outcomes).toEqual([]);
  }, 120_000);

  it('is told the same when it is played again', async () => {
    const some = deviceCases.filter((played, at) => !isSlow(played) && at % 12 === 0);
    const played = async () =>
      (await verdictsOf({}, some)).map(([id, { verdict, readings }]) => [id, verdict, readings]);
    const first = await played();
    expect(await played()).toEqual(first);
  }, 60_000);

  it('wraps its index where it begins near the end', async () => {
    const some = deviceCases.filter(({ id }) => id === 'etsi-004/delivery/many-keys');
    const verdicts = await verdictsOf({ options: { startIndex: 2 ** 32 - 5 } }, some);
    expect(verdicts.map(([, { verdict }]) => verdict)).toEqual(['pass']);
  });
});
