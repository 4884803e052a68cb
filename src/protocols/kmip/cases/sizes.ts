import { requirements, type Fields } from '#models/kmip/index.ts';
import type { Heard } from '#src/contract/case.ts';
import { inHeader } from '../altered.ts';
import type { Asking } from '../contents.ts';
import { rowsOf, table, type KmipCase, type KmipPlayer, type Row } from './case.ts';
import {
  aesKey,
  ask,
  askAll,
  askGood,
  bent,
  create,
  readState,
  reading,
  stillServes,
} from './saying.ts';

const { batchCountChecked, badMessageRefused, maximumSizeKept, tooLargeRight } = requirements;
const { batchCountRight, everyItemAnswered, staysUp, errorsClean, stateTold } = requirements;

/** What Batch Count says of so many items. */
const counts: Readonly<Record<string, readonly [items: number, count: unknown]>> = {
  'zero-of-one': [1, 0],
  'two-of-one': [1, 2],
  'one-of-two': [2, 1],
  'three-of-two': [2, 3],
  'negative-of-one': [1, -1],
  'least-of-one': [1, -(2 ** 31)],
  'largest-of-one': [1, 2 ** 31 - 1],
  'thousand-of-two': [2, 1000],
  'one-of-none': [0, 1],
  'largest-of-none': [0, 2 ** 31 - 1],
  'zero-of-none': [0, 0],
};

const sizes: Readonly<Record<string, (size: number) => number>> = {
  'of-the-response': (size) => size,
  'one-byte-less': (size) => size - 1,
  'eight-bytes-less': (size) => size - 8,
  'half-of-it': (size) => Math.floor(size / 2),
  'one-byte-more': (size) => size + 1,
  'twice-of-it': (size) => size * 2,
  'of-256': () => 256,
  'of-1': () => 1,
  'of-0': () => 0,
  negative: () => -1,
};

/** Requests whose response is long. */
const long: Readonly<Record<string, readonly Asking[]>> = {
  query: [['Query', { QueryFunction: ['QueryOperations', 'QueryObjects'] }]],
  batch: [reading, reading, reading],
};

function sizeOf(heard: Heard | null): number {
  const size = heard?.kind === 'frame' ? heard.perceived.payload['size'] : null;
  return typeof size === 'number' ? size : 1024;
}

const limited = Object.fromEntries(
  Object.entries(long).flatMap(([what, items]) =>
    Object.entries(sizes).map(([how, limit]) => [`${what}-${how}`, { items, limit }]),
  ),
);

const counted: Readonly<Record<string, Row>> = rowsOf(counts, ([items, count], name) => ({
  title: `A Batch Count that is not the number of items is refused: ${name.replaceAll('-', ' ')}`,
  covers: [batchCountChecked, badMessageRefused, staysUp],
  tags: ['hostile'],
  play: async (player) => {
    const heard = await bent(player, Array<Asking>(items).fill(reading), counting(count));
    await stillServes(player, heard);
  },
}));

function counting(BatchCount: unknown): (request: Fields) => Fields {
  return (request) => ({
    ...inHeader((header) => ({ ...header, BatchCount }))(request),
  });
}

async function activateAndRead(player: KmipPlayer, MaximumResponseSize: number): Promise<void> {
  const id = await create(player);
  await ask(player, 'Activate', { UniqueIdentifier: id }, { MaximumResponseSize });
  await readState(player, id);
}

/** How many items there are, and how long a response may be. */
export const sizeCases: readonly KmipCase[] = [
  ...table(
    'batch-count',
    { against: 'server' },
    {
      ...counted,
      'stopped-batch': {
        title: 'The response to a batch that was stopped counts its own items',
        covers: [batchCountRight, everyItemAnswered],
        play: (player) =>
          askAll(player, [reading, ['Activate', { UniqueIdentifier: 'nobody' }], reading]),
      },
      'ten-items': {
        title: 'A batch of ten items is answered with ten',
        covers: [batchCountRight, everyItemAnswered, requirements.itemIdEchoed],
        play: (player) => askAll(player, Array<Asking>(10).fill(reading)),
      },
      'hundred-items': {
        title: 'A batch of a hundred items is answered with a hundred',
        covers: [batchCountRight, everyItemAnswered, requirements.itemsOrdered],
        play: (player) => askAll(player, Array<Asking>(100).fill(reading)),
      },
    },
  ),
  ...table(
    'maximum-size',
    { against: 'server' },
    {
      ...rowsOf(limited, ({ items, limit }, name) => ({
        title: `No response is longer than it may be: ${name.replaceAll('-', ' ')}`,
        covers: [maximumSizeKept, tooLargeRight],
        play: async (player: KmipPlayer) => {
          const size = sizeOf(await askAll(player, items));
          await askAll(player, items, { MaximumResponseSize: limit(size) });
          await askGood(player);
        },
      })),
      'too-large-only-with-limit': {
        title: 'Without a limit nothing is too large',
        covers: [tooLargeRight, requirements.absentRefused],
        play: async (player) => {
          await ask(player, 'Activate', { UniqueIdentifier: 'nobody' });
          await ask(player, 'Get', { UniqueIdentifier: 'nobody' });
        },
      },
      'create-too-large': {
        title: 'What does not fit into its response is not done',
        covers: [maximumSizeKept, errorsClean],
        play: async (player) => {
          await ask(player, 'Create', aesKey(), { MaximumResponseSize: 8 });
          await askGood(player);
        },
      },
      'activate-with-limit': {
        title: 'An operation whose response fits is done',
        covers: [maximumSizeKept, stateTold],
        play: (player) => activateAndRead(player, 4096),
      },
    },
  ),
];
