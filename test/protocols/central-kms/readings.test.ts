import { describe, expect, it } from 'vitest';
import { ambiguities } from '#models/central-kms/index.ts';
import { centralKms } from '#src/protocols/central-kms/index.ts';
import { playCase } from '#src/suite/run-case.ts';
import { benchFor, each } from './bench.ts';

/** What shows most of what a side does, and takes little time. */
const told: Readonly<Record<string, readonly string[]>> = {
  'central-kms': [
    ...['challenge/batch-signature-missing', 'challenge/batch-signature-flipped'],
    ...['challenge/both-wrong', 'json-rpc/params-text', 'batches/same-again', 'batches/pipelined'],
  ],
  sidecar: ['sidecar-calls/inquiry'],
};

const openReadings = Object.entries(ambiguities).flatMap(([key, { readings, assumed }]) =>
  Object.entries(readings)
    .filter(([name, { standing }]) => standing === 'open' && name !== assumed)
    .map(([name]) => ({ key, name })),
);

describe.each(['central-kms', 'sidecar'])('a %s that follows another open reading', (side) => {
  it('gets no fail, although nobody tells the judge', async () => {
    const names = (told[side] ?? []).map((name) => `central-kms/${name}`);
    const cases = centralKms.cases.filter(({ id }) => names.includes(id));
    const red: string[] = [];
    await each(openReadings, 4, async ({ key, name }) => {
      await using bench = await benchFor(side, null, { [key]: name });
      for (const one of cases) {
        const { verdict } = await playCase(bench, one);
        const why = `${verdict.verdict}: ${verdict.violation?.requirement.id}`;
        if (['fail', 'warn'].includes(verdict.verdict)) red.push(`${key}=${name} ${one.id} ${why}`);
      }
    });
    expect(cases.map(({ id }) => id).toSorted()).toEqual(names.toSorted());
    expect(openReadings.length).toBeGreaterThan(40);
    expect(red).toEqual([]);
  }, 120_000);
});
