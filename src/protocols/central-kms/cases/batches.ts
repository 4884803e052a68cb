import { requirements } from '#models/central-kms/index.ts';
import type { SocketCase } from './case.ts';
import { says, stores } from './expect.ts';
import { bent, contentOf, textIn, withoutParam, withParams, type Content } from './saying.ts';
import { rowsOf, table } from './table.ts';

const { batchStored, batchIdEchoed, invalidParamsTold } = requirements;

/** Signatures that nobody looks at when a batch is saved. */
const oddSignatures: Readonly<Record<string, string>> = {
  'signature-empty': '',
  'signature-short': 'ab',
  'signature-upper-case': 'AB'.repeat(64),
  'signature-of-other-scripts': 'п'.repeat(40),
  'signature-of-10000': 'ab'.repeat(5000),
};

const wrongParams: Readonly<Record<string, (content: Content) => unknown>> = {
  'id-missing': withoutParam('id'),
  'signature-missing': withoutParam('signature'),
  'id-no-uuid': withParams({ id: 'batch 1' }),
  'id-number': withParams({ id: 12 }),
  'signature-number': withParams({ signature: 12 }),
  'signature-null': withParams({ signature: null }),
};

/** How signatures of batches are stored. */
export const batches: readonly SocketCase[] = [
  ...table(
    'batches',
    { against: 'central-kms', from: 'connection.registered' },
    {
      stored: {
        title: 'The KMS stores a batch and answers with its id',
        covers: [batchStored, batchIdEchoed, requirements.resultOrError, requirements.versionGiven],
        play: (sidecar) => sidecar.say('batch'),
        expect: says(batchStored, 'batchStored'),
      },
      several: {
        title: 'The KMS stores one batch after another',
        covers: [batchStored],
        play: async (sidecar) => {
          for (let count = 0; count < 32; count += 1) await sidecar.say('batch');
        },
        expect: stores(batchStored, 32),
      },
      pipelined: {
        title: 'The KMS answers each of many batches that come at once, by its id',
        covers: [batchStored, requirements.everyCallAnswered, requirements.idKept],
        play: async (sidecar) => {
          for (let count = 0; count < 7; count += 1) sidecar.send('batch');
          await sidecar.say('batch');
        },
        expect: stores(batchStored, 8),
      },
      'same-again': {
        title: 'The KMS refuses a batch that is there already, or takes it for the same',
        covers: [requirements.secondBatchNotInternal],
        play: async (sidecar) => {
          const content = contentOf(sidecar, 'batch');
          await sidecar.say('batch', { content });
          await sidecar.say('batch', { content: { ...content, id: 'again' } });
          await sidecar.say('batch');
        },
      },
      'uuid-upper-case': {
        title: 'The KMS takes the id of a batch in upper case for the same one',
        covers: [requirements.uuidsCompared, batchIdEchoed],
        play: (sidecar) =>
          bent(sidecar, 'batch', (content) =>
            withParams({ id: textIn(content, 'params', 'id').toUpperCase() })(content),
          ),
      },
      ...rowsOf(oddSignatures, (signature, name) => ({
        title: `The KMS stores a batch unread: ${name.replaceAll('-', ' ')}`,
        covers: [batchStored],
        play: (sidecar) => bent(sidecar, 'batch', withParams({ signature })),
      })),
    },
  ),
  ...table(
    'batches',
    { against: 'central-kms', from: 'connection.registered', tags: ['hostile'] },
    rowsOf(wrongParams, (change, name) => ({
      title: `The KMS refuses a batch: ${name.replaceAll('-', ' ')}`,
      covers: [invalidParamsTold, requirements.refusalChangesNothing],
      play: async (sidecar) => {
        await bent(sidecar, 'batch', change);
        await sidecar.say('batch');
      },
    })),
  ),
];
