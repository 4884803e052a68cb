import { describe, expect, it } from 'vitest';
import { requirements } from '#models/kmip/index.ts';
import { systemClock } from '#src/base/clock.ts';
import type { Utterance } from '#src/contract/frame.ts';
import type { Mutant } from '#src/contract/side.ts';
import { kmip } from '#src/protocols/kmip/index.ts';
import { server } from '#src/protocols/kmip/reference/server.ts';
import { reachTarget } from '#src/suite/reach.ts';
import { playCase } from '#src/suite/run-case.ts';
import { each, profileOf } from './bench.ts';

/** The first Batch Count of a message: an integer, whose padding need not be looked for. */
const batchCount = Buffer.from('42000d0200000004', 'hex');

/** Pads with ones. */
function padded(utterance: Utterance): Utterance {
  return {
    ...utterance,
    bytes: (message) => {
      const bytes = Buffer.from(utterance.bytes?.(message) ?? message);
      const at = bytes.indexOf(batchCount);
      return at < 0 ? bytes : bytes.fill(0xff, at + 12, at + 16);
    },
  };
}

const badly = (mutant: Mutant): Mutant => ({
  ...mutant,
  record: {
    ...mutant.record,
    bends: (utterance, scene) => padded(mutant.record.bends?.(utterance, scene) ?? utterance),
  },
});

/** Of every kind: what one answer shows, what the next ones show, and what only a whole trace shows. */
const kinds = [
  ...['server-attribute-not-set', 'server-stop-goes-on', 'server-undo-relabels'],
  ...['server-identifier-again', 'server-encrypts-other', 'server-nonce-repeated'],
  ...['server-operation-missing', 'server-status-missing', 'server-destroys-active'],
  ...['server-response-twice', 'server-ends-at-failure', 'server-message-cut'],
];

const neat: Mutant = {
  id: 'server-neat',
  side: 'server',
  title: 'is as it should be',
  breaks: requirements.paddingZero,
  shortest: 2,
  deep: false,
  record: server,
};

describe('a server that does not pad with zeros', () => {
  it('is warned of, whatever it is asked', async () => {
    const cases = kmip.cases.filter(({ id }) => id.startsWith('kmip/lifecycle/'));
    const found = await verdictsOf(badly(neat), cases.slice(0, 12));
    expect(new Set(found)).toEqual(new Set(['warn kmip/paddingZero']));
    expect(found.length).toBe(12);
  }, 60_000);

  it('fails for what else it does wrong', async () => {
    const survivors: string[] = [];
    await each(kinds, 4, async (id) => {
      const mutant = kmip.mutants.find((one) => one.id === id);
      if (mutant === undefined) throw new Error(`there is no ${id}`);
      const cases = kmip.cases.filter(
        ({ against, covers, dialects }) =>
          against === 'server' &&
          covers.includes(mutant.breaks) &&
          dialects?.includes(kmip.defaultDialect) !== false,
      );
      const expected = `fail ${mutant.breaks.id}`;
      const found = await verdictsOf(badly(mutant), cases, expected);
      if (!found.includes(expected)) survivors.push(`${id}: ${[...new Set(found)].join(', ')}`);
    });
    expect(survivors).toEqual([]);
  }, 120_000);
});

/** What the cases say of a server, up to what is expected. */
async function verdictsOf(
  mutant: Mutant,
  cases: typeof kmip.cases,
  expected: string | null = null,
): Promise<readonly string[]> {
  const protocol = { ...kmip, mutants: [mutant] };
  const profile = { ...profileOf('server', mutant.id), replyMs: 1500 };
  await using reach = await reachTarget(protocol, profile, 1, { inMemory: true });
  const clock = reach.clock ?? systemClock;
  const { signal } = new AbortController();
  const bench = { protocol, profile, reach, clock, seed: 1, replyMs: profile.replyMs, signal };
  const found: string[] = [];
  for (const one of cases) {
    const { verdict } = await playCase(bench, one);
    found.push(`${verdict.verdict} ${verdict.violation?.requirement.id ?? ''}`);
    if (found.at(-1) === expected) break;
  }
  return found;
}
