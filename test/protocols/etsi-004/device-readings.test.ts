import { describe, expect, it } from 'vitest';
import { ambiguities } from '#models/etsi-004/index.ts';
import { deviceCases, each, verdictsOf } from './device-bench.ts';

/** What shows most of what a device does, and takes little time. */
const told = [
  ...['opening/at-source', 'opening/at-destination', 'opening/at-destination-unknown'],
  ...['opening/again-after-close', 'qos/key-chunk-size-zero', 'qos/destination-asks-otherwise'],
  ...['qos/key-chunk-size-exponent', 'order/get-key-twice', 'order/close-twice'],
  ...['delivery/near-the-wrap', 'receipts/refused-400', 'closing/one-end', 'json/cut'],
].map((name) => `etsi-004/${name}`);

const openReadings = Object.entries(ambiguities).flatMap(([key, { readings, assumed }]) =>
  Object.entries(readings)
    .filter(([name, { standing }]) => standing === 'open' && name !== assumed)
    .map(([name]) => ({ key, name })),
);

describe('a QKD device that follows another open reading', () => {
  it('gets no fail, although nobody tells the judge', async () => {
    const cases = deviceCases.filter(({ id }) => told.includes(id));
    const red: string[] = [];
    await each(openReadings, async ({ key, name }) => {
      for (const [id, verdict] of await verdictsOf({ follows: { [key]: name } }, cases)) {
        const why = `${verdict.verdict}: ${verdict.violation?.requirement.id}`;
        if (['fail', 'warn'].includes(verdict.verdict)) red.push(`${key}=${name} ${id} ${why}`);
      }
    });
    expect(cases.map(({ id }) => id).toSorted()).toEqual(told.toSorted());
    expect(openReadings.length).toBeGreaterThan(40);
    expect(red).toEqual([]);
  }, 120_000);

  it('gets no fail where it serves one end alone', async () => {
    const cases = deviceCases.filter(
      ({ id, tags }) =>
        /\/(?:order|delivery|closing)\//.test(id) && tags?.includes('slow') !== true,
    );
    const verdicts = await verdictsOf({ options: { ends: 1 } }, cases);
    const red = verdicts.filter(
      ([, { verdict }]) => !['pass', 'reading', 'untestable'].includes(verdict),
    );
    expect(red.map(([id, { verdict }]) => `${id} ${verdict}`)).toEqual([]);
    const passed = verdicts.filter(([, { verdict }]) => verdict === 'pass');
    expect(passed.length).toBeGreaterThan(verdicts.length / 2);
  }, 60_000);
});
