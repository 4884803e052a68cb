import { describe, expect, it } from 'vitest';
import { ambiguities } from '#models/kmip/index.ts';
import type { Readings } from '#models/language/index.ts';
import { systemClock } from '#src/base/clock.ts';
import type { Case } from '#src/contract/case.ts';
import { kmip } from '#src/protocols/kmip/index.ts';
import { reachTarget } from '#src/suite/reach.ts';
import { playCase, type Bench } from '#src/suite/run-case.ts';
import { each, profileOf } from './bench.ts';

const openReadings = Object.entries(ambiguities).flatMap(([key, { readings, assumed }]) =>
  Object.entries(readings)
    .filter(([name, { standing }]) => standing === 'open' && name !== assumed)
    .map(([name]) => ({ key, name })),
);

/** Side to how many parts its cases are dealt out in: each reading sees one, all see every case. */
const dealt = { server: 8, client: 1 } as const;

describe.each(['server', 'client'] as const)('our %s, with a reading pinned', (side) => {
  it('does as it says', async () => {
    const parts = dealt[side];
    const cases = kmip.cases.filter(
      ({ against, dialects }) =>
        against === side && dialects?.includes(kmip.defaultDialect) !== false,
    );
    const red: string[] = [];
    const numbered = openReadings.map((reading, index) => ({ ...reading, index }));
    await each(numbered, 4, async ({ key, name, index }) => {
      await using bench = await benchWith(side, { [key]: name });
      for (const one of cases.filter((_, place) => place % parts === index % parts)) {
        const { verdict } = await playCase(bench, one);
        const why = `${verdict.verdict}: ${verdict.violation?.requirement.id ?? verdict.note}`;
        if (!['pass', 'reading'].includes(verdict.verdict)) red.push(`${key}=${name} ${one.id} ${why}`);
      }
    });
    expect(openReadings.length).toBeGreaterThan(25);
    expect(red).toEqual([]);
  }, 240_000);
});

/** A side of ours and a judge that both know which readings are pinned. */
async function benchWith(side: string, readings: Readings): Promise<Bench & AsyncDisposable> {
  const profile = { ...profileOf(side, null), readings, replyMs: 1500 };
  const reach = await reachTarget(kmip, profile, 1, { inMemory: true });
  const clock = reach.clock ?? systemClock;
  const { signal } = new AbortController();
  return {
    ...{ protocol: kmip, profile, reach, clock, seed: 1, replyMs: profile.replyMs, signal },
    [Symbol.asyncDispose]: () => reach[Symbol.asyncDispose](),
  };
}
