import { describe, expect, it } from 'vitest';
import type { Readings } from '#models/language/index.ts';
import { ambiguities } from '#models/central-kms/index.ts';
import { systemClock } from '#src/base/clock.ts';
import { centralKms } from '#src/protocols/central-kms/index.ts';
import { playCase } from '#src/suite/run-case.ts';
import { reachTarget } from '#src/suite/reach.ts';
import { benchFor, each, profileOf } from './bench.ts';

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

/** Readings that decide what our own sides say, so that they are refused where they do not. */
const pinned: Readings[] = [
  { numericIds: 'asText' },
  { invalidRequestId: 'none' },
  { jsonRpcBatch: 'supported' },
  { stateErrorCode: 'methodNotFound' },
  { signedText: 'concatenation' },
  { signedText: 'bytes' },
  { serviceNameInChallenge: 'both' },
];

describe.each(pinned)('our sides, with %o pinned', (readings) => {
  it.each(['central-kms', 'sidecar'])(
    'as %s do as it says, and end',
    async (side) => {
      const profile = { ...profileOf(side, null), readings };
      await using reach = await reachTarget(centralKms, profile, 1, { inMemory: true });
      const clock = reach.clock ?? systemClock;
      const { signal } = new AbortController();
      const bench = { protocol: centralKms, profile, reach, clock, seed: 1, replyMs: 1500, signal };
      const red: string[] = [];
      for (const one of centralKms.cases.filter(({ against }) => against === side)) {
        const { verdict } = await playCase(bench, one);
        const why = verdict.violation?.requirement.id ?? verdict.note ?? '';
        if (!['pass', 'reading'].includes(verdict.verdict)) red.push(`${one.id}: ${why}`);
      }
      expect(red).toEqual([]);
    },
    60_000,
  );
});
