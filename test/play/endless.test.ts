import { describe, expect, it } from 'vitest';
import { seededRandom } from '#src/base/random.ts';
import { chartOf } from '#src/chart/chart-of.ts';
import { settingsFor } from '#src/contract/choose.ts';
import type { Answer } from '#src/contract/side.ts';
import { perform, standing } from '#src/play/perform.ts';
import { centralKms } from '#src/protocols/central-kms/index.ts';
import { memoryPair } from '#src/transport/memory.ts';

const settings = settingsFor(centralKms);
const record = centralKms.sides['central-kms'];

/** What comes of a KMS to which a sidecar has connected, and which does something of itself. */
async function performed(answer: Answer | null): Promise<void> {
  if (record === undefined) throw new TypeError('no KMS');
  const change = answer === null ? {} : { 'connection.connected': answer };
  const random = seededRandom(6);
  const role = {
    protocol: centralKms,
    chart: chartOf(centralKms.model.session),
    record: { ...record, answers: { ...change, ...record.answers } },
    side: 'central-kms',
    settings,
    random,
    idleMs: 50,
  };
  const at = standing(role);
  const [ours, theirs] = memoryPair();
  const making = { position: at.position, settings, random };
  ours.write(centralKms.compose({ message: 'upgrade' }, 'sidecar', making).bytes);
  await perform(role, theirs, at);
}

const saying = (message: string) => () => ({ do: 'say', utterance: { message } }) as const;
const endless = (message: string) =>
  `central-kms would go on for ever: what it does at connection.connected, ${message}, settles`;

describe('a side whose answer settles nothing', () => {
  it('is ended, and told of, where the machine takes it time after time', async () => {
    await expect(performed(saying('ping'))).rejects.toThrow(endless('ping'));
  });

  it('is ended sooner where the machine takes it for something else', async () => {
    await expect(performed(saying('batchStored'))).rejects.toThrow(endless('batchStored'));
  });

  it('is none where something is settled', async () => {
    await expect(performed(null)).resolves.toBeUndefined();
  });
});
