import { requirements, type Fields } from '#models/kmip/index.ts';
import type { Requirement } from '#models/language/index.ts';
import type { Asking } from '../contents.ts';
import { table, type KmipCase, type KmipPlayer, type Row } from './case.ts';
import { aesKey, askAll, create, idsOf, readState, reading } from './saying.ts';

/** What a batch says of errors, and of its order. */
const options = ['unsaid', 'Stop', 'Continue', 'Undo'] as const;
const orders = ['unsaid', 'kept', 'free'] as const;

interface Batch {
  readonly option: (typeof options)[number];
  readonly order: (typeof orders)[number];
  readonly count: number;
  /** Which item fails, from 0; `null`: none. */
  readonly fails: number | null;
  /** Whether a key is made in the batch and used by the ID Placeholder. */
  readonly placeholder: boolean;
}

/** Every option, order, size up to four, failing item, with and without the ID Placeholder. */
const batches: readonly Batch[] = options.flatMap((option) =>
  orders.flatMap((order) =>
    [2, 3, 4].flatMap((count) =>
      [null, ...Array(count).keys()].flatMap((fails) =>
        [false, true].map((placeholder) => ({ option, order, count, fails, placeholder })),
      ),
    ),
  ),
);

function nameOf({ option, order, count, fails, placeholder }: Batch): string {
  const failing = fails === null ? 'none-fails' : `${fails + 1}-fails`;
  const parts = [
    option === 'unsaid' ? 'usual' : option.toLowerCase(),
    `order-${order}`,
    `of-${count}`,
    failing,
  ];
  return [...parts, ...(placeholder ? ['placeholder'] : [])].join('-');
}

function headerOf({ option, order }: Batch): Fields {
  return {
    ...(option === 'unsaid' ? {} : { BatchErrorContinuationOption: option }),
    ...(order === 'unsaid' ? {} : { BatchOrderOption: order === 'kept' }),
  };
}

const absent: Asking = ['Activate', { UniqueIdentifier: 'nobody has this identifier' }];

/**
 * The first item changes one key and the last one another: their states tell afterwards what was
 * done, kept, left out and undone.
 */
function itemsOf(batch: Batch, [first, last]: readonly [string, string]): readonly Asking[] {
  const { count, fails, placeholder } = batch;
  return [...Array(count).keys()].map((index) => {
    if (index === fails) return absent;
    if (placeholder && index === 0) return ['Create', aesKey()];
    if (placeholder && index === 1) return ['Activate', {}];
    if (index === 0) return ['Activate', { UniqueIdentifier: first }];
    if (index === count - 1) return ['Activate', { UniqueIdentifier: last }];
    return reading;
  });
}

async function play(player: KmipPlayer, batch: Batch): Promise<void> {
  const first = await create(player);
  const last = await create(player);
  await askAll(player, itemsOf(batch, [first, last]), headerOf(batch));
  for (const id of idsOf(player)) await readState(player, id);
}

function coversOf({ option, order, fails, placeholder }: Batch): readonly Requirement[] {
  const { everyItemAnswered, itemIdEchoed, operationEchoed, stateTold } = requirements;
  const { stopIsUsual, stopStops, stopKeeps, continueGoesOn, undoUndoes, undoneTold } =
    requirements;
  const { orderKept, placeholderUsed } = requirements;
  const byOption = {
    unsaid: [stopIsUsual, stopKeeps],
    Stop: [stopStops, stopKeeps],
    Continue: [continueGoesOn],
    Undo: [undoUndoes, undoneTold],
  };
  return [
    ...(fails === null ? [everyItemAnswered] : byOption[option]),
    itemIdEchoed,
    operationEchoed,
    stateTold,
    ...(order === 'free' ? [] : [orderKept]),
    ...(placeholder ? [placeholderUsed] : []),
  ];
}

const sentences = {
  unsaid: 'A batch stops at an error where nothing is said of it',
  Stop: 'A batch with Stop stops at an error, and what was done stays done',
  Continue: 'A batch with Continue goes on behind an error',
  Undo: 'A batch with Undo undoes everything at an error',
};

function titleOf(batch: Batch): string {
  const { option, order, count, fails, placeholder } = batch;
  const failing = fails === null ? 'none fails' : `item ${fails + 1} fails`;
  const how = [`${count} items`, failing, `order ${order}`, placeholder ? 'ID Placeholder' : ''];
  return `${sentences[option]} (${how.filter((part) => part !== '').join(', ')})`;
}

const rows: Readonly<Record<string, Row>> = Object.fromEntries(
  batches.map((batch) => [
    nameOf(batch),
    {
      title: titleOf(batch),
      covers: coversOf(batch),
      play: (player: KmipPlayer) => play(player, batch),
    },
  ]),
);

/** How a server does a batch, whatever goes wrong in it. */
export const batchCases: readonly KmipCase[] = table('batches', { against: 'server' }, rows);
