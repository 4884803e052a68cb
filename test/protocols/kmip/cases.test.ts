import { describe, expect, it } from 'vitest';
import { followed } from '#src/judge/followed.ts';
import { settingsFor } from '#src/contract/choose.ts';
import { kmip } from '#src/protocols/kmip/index.ts';
import { playCase } from '#src/suite/run-case.ts';
import { benchFor } from './bench.ts';

type Case = (typeof kmip.cases)[number];

/** Of a frame whose end never comes nothing is perceived. */
const unfinished = ['outer-8-longer', 'half-a-message', 'half-a-header', 'http/body-short'];

const casesIn = (dialect: string) =>
  kmip.cases.filter(
    ({ against, dialects }) => against === 'server' && dialects?.includes(dialect) !== false,
  );

describe('the reference server', () => {
  it('passes every case in binary TTLV, and each says what it means to say', async () => {
    const cases = casesIn('kmip/ttlv');
    expect(cases.length).toBeGreaterThan(500);
    expect(await outcomesOf(cases, 'kmip/ttlv')).toEqual([]);
  }, 240_000);

  it.each(['kmip/json', 'kmip/bare', 'kmip/bare-cosmian-4', 'kmip/xml'])(
    'passes every case that is about %s only',
    async (dialect) => {
      const cases = casesIn(dialect).filter(({ dialects }) => dialects !== undefined);
      expect(cases.length).toBeGreaterThan(30);
      expect(await outcomesOf(cases, dialect)).toEqual([]);
    },
    120_000,
  );
});

/** What did not pass, and what is called hostile and sends nothing wrong, or the other way round. */
async function outcomesOf(cases: readonly Case[], dialect: string): Promise<readonly string[]> {
  const outcomes: string[] = [];
  await using bench = await benchFor('server', null, {}, dialect);
  for (const one of cases) {
    const { verdict, trace } = await playCase(bench, one);
    const why = `${verdict.verdict} ${verdict.violation?.requirement.id ?? verdict.note ?? ''}`;
    if (verdict.verdict !== 'pass') outcomes.push(`${one.id}: ${why}`);
    const settings = settingsFor(kmip, { dialect, pinned: {}, options: trace.options });
    const isWrong = followed(kmip, trace, settings).some(
      ({ by, perceived }) => by === 'player' && perceived.flaws.length > 0,
    );
    const isHostile = one.tags?.includes('hostile') === true;
    const isUnfinished = unfinished.some((id) => one.id.endsWith(id));
    if (isWrong !== isHostile && !isUnfinished) {
      outcomes.push(`${one.id}: ${isWrong ? 'is wrong' : 'nothing is wrong with it'}`);
    }
  }
  return outcomes;
}
