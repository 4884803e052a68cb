import { describe, expect, it } from 'vitest';
import { ambiguities } from '#models/kmip/index.ts';
import { kmip } from '#src/protocols/kmip/index.ts';
import { playCase } from '#src/suite/run-case.ts';
import { benchFor, each } from './bench.ts';

const openReadings = Object.entries(ambiguities).flatMap(([key, { readings, assumed }]) =>
  Object.entries(readings)
    .filter(([name, { standing }]) => standing === 'open' && name !== assumed)
    .map(([name]) => ({ key, name })),
);

const casesIn = (dialect: string) =>
  kmip.cases.filter(
    ({ against, dialects }) => against === 'server' && dialects?.includes(dialect) !== false,
  );

/** What is read otherwise of operations posted alone shows only where they are. */
const dialectOf = (key: string) => (key.startsWith('bare') ? 'kmip/bare' : kmip.defaultDialect);

/** Each reading sees another part of the cases, and all of them together see every case. */
const parts = 12;

describe('a server that follows another open reading', () => {
  it('gets no fail, although nobody tells the judge', async () => {
    const red: string[] = [];
    const numbered = openReadings.map((reading, index) => ({ ...reading, index }));
    await each(numbered, 4, async ({ key, name, index }) => {
      const dialect = dialectOf(key);
      await using bench = await benchFor('server', null, { [key]: name }, dialect);
      for (const one of casesIn(dialect).filter((_, place) => place % parts === index % parts)) {
        const { verdict } = await playCase(bench, one);
        const why = `${verdict.verdict}: ${verdict.violation?.requirement.id}`;
        if (['fail', 'warn'].includes(verdict.verdict)) red.push(`${key}=${name} ${one.id} ${why}`);
      }
    });
    expect(casesIn(kmip.defaultDialect).length).toBeGreaterThan(500);
    expect(openReadings.length).toBeGreaterThan(parts);
    expect(red).toEqual([]);
  }, 240_000);
});
