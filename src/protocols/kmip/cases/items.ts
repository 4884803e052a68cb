import { requirements, type Fields } from '#models/kmip/index.ts';
import { inItems, without } from '../altered.ts';
import type { Asking } from '../contents.ts';
import { rowsOf, table, type KmipCase, type Row } from './case.ts';
import {
  aesKey,
  ask,
  askAll,
  bent,
  create,
  readState,
  reading,
  requestOf,
  say,
  stillServes,
} from './saying.ts';

const { itemFields, badItemRefused, badMessageRefused, typesRight, staysUp } = requirements;
const { unknownOperationRefused, operationEchoed, itemIdEchoed, enumerationsKnown } = requirements;
const { criticalExtensionRefused, goodServed, continueGoesOn, unknownFieldRefused } = requirements;

/** Operations that nobody has. */
const unknown: Readonly<Record<string, string>> = {
  'operation-zero': '0x00000000',
  'operation-ff': '0x000000ff',
  'operation-large': '0x7fffffff',
  'operation-extension': '0x80000001',
  'operation-last-extension': '0xffffffff',
};

/** Whether a value is one that vendors may give a meaning. */
function isExtension(value: string): boolean {
  return /^0x[89a-f]/.test(value);
}

/** Operations of the standard that need not be there; their payloads are about nothing. */
// prettier-ignore
const others = [
  'ReKey', 'DeriveKey', 'Certify', 'ReCertify', 'ObtainLease', 'GetUsageAllocation', 'Archive',
  'Recover', 'Validate', 'Cancel', 'Poll', 'Notify', 'Put', 'ReKeyKeyPair', 'RNGSeed',
  'CreateSplitKey', 'JoinSplitKey', 'Import', 'Export', 'AdjustAttribute', 'Process',
  'QueryAsynchronousRequests', 'Ping',
] as const;

/** Items that are wrong. */
const wrong: Readonly<Record<string, (item: Fields) => Fields>> = {
  'operation-missing': (item) => without(item, 'Operation'),
  'payload-missing': (item) => without(item, 'RequestPayload'),
  empty: () => ({}),
  'operation-twice': (item) => ({ ...item, Operation: ['Query', 'Query'] }),
  'payload-twice': ({ RequestPayload, ...item }) => ({
    ...item,
    RequestPayload: [RequestPayload, RequestPayload],
  }),
  'id-twice': ({ Operation, RequestPayload }) => ({
    Operation,
    UniqueBatchItemID: ['01', '02'],
    RequestPayload,
  }),
};

const wrongTypes: Readonly<Record<string, (item: Fields) => Fields>> = {
  'operation-integer': (item) => ({ ...item, Operation: { type: 'Integer', value: 24 } }),
  'operation-text': (item) => ({ ...item, Operation: { type: 'TextString', value: 'Query' } }),
  'operation-structure': (item) => ({ ...item, Operation: { type: 'Structure', value: {} } }),
  'payload-text': (item) => ({ ...item, RequestPayload: { type: 'TextString', value: '' } }),
  'payload-bytes': (item) => ({ ...item, RequestPayload: { type: 'ByteString', value: '00' } }),
  'id-integer': ({ Operation, ...item }) => ({
    Operation,
    UniqueBatchItemID: { type: 'Integer', value: 1 },
    ...item,
  }),
  'id-text': ({ Operation, ...item }) => ({
    Operation,
    UniqueBatchItemID: { type: 'TextString', value: '1' },
    ...item,
  }),
};

const strangers: Readonly<Record<string, (item: Fields) => Fields>> = {
  'unknown-field': (item) => ({ ...item, '0x4202ff': { type: 'Integer', value: 1 } }),
  'unknown-field-first': (item) => ({ '0x4202ff': { type: 'Integer', value: 1 }, ...item }),
  'extension-field': (item) => ({ ...item, '0x540001': { type: 'Integer', value: 1 } }),
  'field-of-response': ({ Operation, ...item }) => ({
    Operation,
    ResultStatus: 'Success',
    ...item,
  }),
  'payload-of-response': ({ RequestPayload, ...item }) => ({
    ...item,
    RequestPayload,
    ResponsePayload: {},
  }),
};

const orders: Readonly<Record<string, (item: Fields) => Fields>> = {
  'payload-first': ({ RequestPayload, ...item }) => ({ RequestPayload, ...item }),
  'id-first': (item) => ({ UniqueBatchItemID: '01', ...item }),
  'id-last': (item) => ({ ...item, UniqueBatchItemID: '01' }),
};

const extension = (isCritical: boolean): Fields => ({
  VendorIdentification: 'of nobody',
  CriticalityIndicator: isCritical,
  VendorExtension: { '0x540001': { type: 'TextString', value: 'something' } },
});

/** Unique Batch Item IDs of the three items of a batch; `null`: none. */
const ids: Readonly<Record<string, readonly (string | null)[]>> = {
  'all-missing': [null, null, null],
  'one-missing': ['01', null, '03'],
  'all-the-same': ['01', '01', '01'],
  'two-the-same': ['01', '02', '01'],
  empty: ['', '', ''],
  'one-empty': ['', '01', '02'],
  'in-reverse': ['03', '02', '01'],
  'of-other-lengths': ['01', '0101', '010101'],
  'of-8-bytes': ['0000000000000001', '0000000000000002', 'ffffffffffffffff'],
  'of-5000-bytes': ['aa'.repeat(5000), 'bb'.repeat(5000), 'cc'.repeat(5000)],
};

const single: Readonly<Record<string, string>> = {
  'single-id': '01',
  'single-id-empty': '',
  'single-id-of-5000-bytes': 'dd'.repeat(5000),
};

function withIds(values: readonly (string | null)[]) {
  return inItems((items) =>
    items.map(({ Operation, RequestPayload }, index) => {
      const id = values[index] ?? null;
      return {
        Operation,
        ...(id === null ? {} : { UniqueBatchItemID: id }),
        RequestPayload,
      };
    }),
  );
}

/** One item of a single request changed; then the server is asked again. */
function onlyItem(change: (item: Fields) => Fields): NonNullable<Row['play']> {
  return async (player) => {
    const heard = await bent(
      player,
      [reading],
      inItems((items) => items.map(change)),
    );
    await stillServes(player, heard);
  };
}

/** The second item of a batch changed: with Continue the others are done. */
function amongOthers(change: (item: Fields) => Fields): NonNullable<Row['play']> {
  return async (player) => {
    const id = await create(player);
    const items: readonly Asking[] = [reading, reading, ['Activate', { UniqueIdentifier: id }]];
    const request = requestOf(player, items, { BatchErrorContinuationOption: 'Continue' });
    const changed = inItems((said) =>
      said.map((item, index) => (index === 1 ? change(item) : item)),
    );
    const heard = await say(player, changed(request));
    if (heard?.kind === 'frame') await readState(player, id);
  };
}

const hostile = ['hostile'];

const rows: Readonly<Record<string, Row>> = {
  ...rowsOf(unknown, (Operation, name) => ({
    title: `An operation that nobody has is refused: ${name.replaceAll('-', ' ')}`,
    covers: [unknownOperationRefused, operationEchoed, enumerationsKnown, staysUp],
    tags: isExtension(Operation) ? [] : hostile,
    play: onlyItem((item) => ({ ...item, Operation })),
  })),
  ...rowsOf(
    unknown,
    (Operation, name) => ({
      title: `An operation that nobody has fails alone in a batch: ${name.replaceAll('-', ' ')}`,
      covers: [unknownOperationRefused, continueGoesOn, requirements.stateTold],
      tags: isExtension(Operation) ? [] : hostile,
      play: amongOthers((item) => ({ ...item, Operation })),
    }),
    'batch-',
  ),
  ...rowsOf(Object.fromEntries(others.map((name) => [`other-${name}`, name])), (operation) => ({
    title: `${operation} is done, or refused as not supported`,
    covers: [unknownOperationRefused, operationEchoed],
    play: async (player) => {
      await ask(player, operation, { UniqueIdentifier: 'nobody has this identifier' });
      await askAll(player, [reading]);
    },
  })),
  ...rowsOf(wrong, (change, name) => ({
    title: `An item that is wrong is refused: ${name.replaceAll('-', ' ')}`,
    covers: [badItemRefused, itemFields, staysUp],
    tags: hostile,
    play: onlyItem(change),
  })),
  ...rowsOf(
    wrong,
    (change, name) => ({
      title: `An item that is wrong fails alone in a batch: ${name.replaceAll('-', ' ')}`,
      covers: [badItemRefused, itemFields, continueGoesOn],
      tags: hostile,
      play: amongOthers(change),
    }),
    'batch-',
  ),
  ...rowsOf(wrongTypes, (change, name) => ({
    title: `A field of an item in another type is refused: ${name.replaceAll('-', ' ')}`,
    covers: [badItemRefused, typesRight, staysUp],
    tags: hostile,
    play: onlyItem(change),
  })),
  ...rowsOf(strangers, (change, name) => ({
    title: `A field that no item has is refused or passed over: ${name.replaceAll('-', ' ')}`,
    covers: [unknownFieldRefused, staysUp],
    tags: hostile,
    play: onlyItem(change),
  })),
  ...rowsOf(orders, (change, name) => ({
    title: `An item in another order is refused or taken: ${name.replaceAll('-', ' ')}`,
    covers: [itemFields, staysUp],
    tags: hostile,
    play: onlyItem(change),
  })),
  ...rowsOf(
    ids,
    (values, name) => ({
      title: `Results have the ids of their items: ${name.replaceAll('-', ' ')}`,
      covers: [itemIdEchoed, requirements.itemsOrdered],
      play: async (player) => {
        await bent(player, [reading, reading, reading], withIds(values));
        await askAll(player, [reading]);
      },
    }),
    'ids-',
  ),
  ...rowsOf(single, (id, name) => ({
    title: `The result of a single item has its id: ${name.replaceAll('-', ' ')}`,
    covers: [itemIdEchoed, goodServed],
    play: async (player) => {
      await bent(player, [reading], withIds([id]));
      await askAll(player, [reading]);
    },
  })),
  'id-of-failure': {
    title: 'A failed item has the id of its request',
    covers: [itemIdEchoed, operationEchoed, requirements.absentRefused],
    play: (player) =>
      bent(player, [['Activate', { UniqueIdentifier: 'nobody' }]], withIds(['0badcafe'])),
  },
  'id-of-failure-not-supported': {
    title: 'An item that is not supported has the id of its request',
    covers: [itemIdEchoed, unknownOperationRefused],
    play: (player) => bent(player, [['ReKey', { UniqueIdentifier: 'nobody' }]], withIds(['42'])),
  },
  'extension-critical': {
    title: 'A critical extension that nobody knows is refused',
    covers: [criticalExtensionRefused, staysUp],
    play: onlyItem((item) => ({ ...item, MessageExtension: extension(true) })),
  },
  'extension-critical-in-batch': {
    title: 'A critical extension that nobody knows makes its item fail alone',
    covers: [criticalExtensionRefused, continueGoesOn],
    play: amongOthers((item) => ({ ...item, MessageExtension: extension(true) })),
  },
  'extension-critical-changes-nothing': {
    title: 'An item with a critical extension is not done',
    covers: [criticalExtensionRefused, requirements.errorsClean, requirements.stateTold],
    play: async (player) => {
      const id = await create(player);
      await bent(
        player,
        [['Activate', { UniqueIdentifier: id }]],
        inItems((items) => items.map((item) => ({ ...item, MessageExtension: extension(true) }))),
      );
      await readState(player, id);
    },
  },
  'extension-harmless': {
    title: 'An extension that is not critical is passed over',
    covers: [goodServed, criticalExtensionRefused],
    play: onlyItem((item) => ({ ...item, MessageExtension: extension(false) })),
  },
  'extensions-several': {
    title: 'Several extensions that are not critical are passed over',
    covers: [goodServed],
    play: onlyItem((item) => ({
      ...item,
      MessageExtension: [extension(false), extension(false), extension(false)],
    })),
  },
  'second-extension-critical': {
    title: 'Of several extensions each is looked at',
    covers: [criticalExtensionRefused],
    play: onlyItem((item) => ({
      ...item,
      MessageExtension: [extension(false), extension(true)],
    })),
  },
  'item-integer': {
    title: 'A batch item that is no structure is refused',
    covers: [badMessageRefused, typesRight, staysUp],
    tags: hostile,
    play: async (player) => {
      const heard = await bent(player, [reading], (said) => ({
        ...said,
        BatchItem: [{ type: 'Integer', value: 1 }],
      }));
      await stillServes(player, heard);
    },
  },
  'bad-item-changes-nothing': {
    title: 'An item that is wrong is not done',
    covers: [requirements.errorsClean, badItemRefused, requirements.stateTold],
    tags: hostile,
    play: async (player) => {
      const id = await create(player);
      const heard = await bent(
        player,
        [['Activate', { UniqueIdentifier: [id, id] }]],
        (request) => request,
      );
      if (heard?.kind === 'frame') await readState(player, id);
    },
  },
  ...rowsOf(
    { stop: 'Stop', continue: 'Continue', undo: 'Undo' },
    (option, name) => ({
      title: `The option of a batch is refused, or changes nothing, in a single item: ${name}`,
      covers: [goodServed],
      play: async (player) => {
        await ask(player, 'Create', aesKey(), { BatchErrorContinuationOption: option });
        await askAll(player, [reading]);
      },
    }),
    'option-of-single-',
  ),
  'option-unknown': {
    title: 'A Batch Error Continuation Option that nobody has is refused',
    covers: [enumerationsKnown, badMessageRefused],
    tags: hostile,
    play: async (player) => {
      await askAll(player, [reading, reading], { BatchErrorContinuationOption: '0x00000009' });
      await askAll(player, [reading]);
    },
  },
};

/** What a server makes of the items of a batch. */
export const itemCases: readonly KmipCase[] = table('items', { against: 'server' }, rows);
