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

/** What shows that our server follows a reading: the assumed one would refuse what it does there. */
const shown: Readonly<Record<string, string>> = {
  'badMessageEnds=closed': 'headers/header-missing',
  'badItemScope=message': 'items/operation-zero',
  'unknownFields=ignored': 'headers/unknown-tag',
  'fieldOrder=taken': 'headers/version-minor-first',
  'timeStampSkew=refused': 'headers/time-1970',
  'tooLargeScope=message': 'maximum-size/query-one-byte-less',
  'stoppedItems=failed': 'batch-count/stopped-batch',
  'undoneRest=undone': 'batches/undo-order-unsaid-of-2-1-fails',
  'undoneRest=failed': 'batches/undo-order-unsaid-of-2-1-fails',
  'undoSupport=refused': 'items/option-of-single-undo',
  'emptyBatch=answered': 'batch-count/zero-of-none',
  'missingItemIds=required': 'items/ids-all-missing',
  'twinItemIds=refused': 'items/batch-id-twice',
  'optionOfSingle=refused': 'items/option-of-single-stop',
  'revokeTwice=taken': 'lifecycle/deactivated-revoke',
};

/** What readings are about besides. */
const others = [
  ...['batches/stop-order-unsaid-of-3-1-fails', 'lifecycle/compromised-compromise'],
  ...['lifecycle/deactivated-get', 'lifecycle/destroyed-get', 'headers/asynchronous-prohibited'],
  ...['headers/correlation-of-5000', 'ttlv/boolean-2'],
];

const idOf = (name: string) => `kmip/${name}`;
const sample = [...new Set([...Object.values(shown), ...others])].map(idOf);

describe('our server, with a reading pinned', () => {
  it('does as it says, and nothing that is refused then', async () => {
    const cases = kmip.cases.filter(({ id }) => sample.includes(id));
    const wrong: string[] = [];
    await each(openReadings, 4, async ({ key, name }) => {
      await using bench = await benchWith('server', { [key]: name });
      for (const one of cases) {
        const { verdict } = await playCase(bench, one);
        const isShown = one.id === idOf(shown[`${key}=${name}`] ?? '');
        const isFine = isShown ? ['reading'] : ['pass', 'reading'];
        const why = `${verdict.verdict}: ${verdict.violation?.requirement.id ?? verdict.note}`;
        if (!isFine.includes(verdict.verdict)) wrong.push(`${key}=${name} ${one.id} ${why}`);
      }
    });
    expect(sample.filter((id) => !cases.some((one) => one.id === id))).toEqual([]);
    expect(openReadings.length).toBeGreaterThan(25);
    expect(wrong).toEqual([]);
  }, 120_000);

  it('ends a connection that nothing comes over, where that is read so', async () => {
    const heard = async (readings: Readings) => {
      const came: string[] = [];
      await using bench = await benchWith('server', readings);
      await playCase(bench, {
        ...probe,
        play: async (player) => {
          await player.say('query');
          came.push((await player.hear(15_000)).kind, (await player.hear(15_000)).kind);
        },
      });
      return came;
    };
    expect(await heard({})).toEqual(['silence', 'silence']);
    expect(await heard({ idleEnd: 'ended' })).toEqual(['silence', 'closed']);
  });

  it('refuses padding that is not of zeros, where that is read so', async () => {
    const answered = async (readings: Readings) => {
      const came: (string | null)[] = [];
      await using bench = await benchWith('server', readings);
      await playCase(bench, {
        ...probe,
        play: async (player) => {
          const answer = await player.say('query', { bytes: paddedWithOnes });
          came.push(answer?.kind === 'frame' ? answer.perceived.message : null);
        },
      });
      return came;
    };
    expect(await answered({})).toEqual(['succeeded']);
    expect(await answered({ nonZeroPadding: 'zero' })).toEqual(['rejected']);
  });
});

const probe: Case = {
  id: 'kmip/test/probe',
  title: 'A question of the test',
  covers: [],
  against: 'server',
};

/** The Batch Count of the header: an integer, whose padding need not be looked for. */
function paddedWithOnes(message: Uint8Array): Uint8Array {
  const bytes = Buffer.from(message);
  const at = bytes.indexOf(Buffer.from('42000d0200000004', 'hex'));
  return bytes.fill(0xff, at + 12, at + 16);
}

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
