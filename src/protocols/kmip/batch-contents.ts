import type { Conversation, Fields } from '#models/kmip/index.ts';
import type { Random } from '#src/base/random.ts';
import { request, type Asking } from './contents.ts';
import type { Spoken } from './settings.ts';

/** Batches that are drawn at once. */
const drawn = 12;

/** Batches of two to four items: options, orders, errors and uses of the ID Placeholder by chance. */
export function chanceBatches(
  conversation: Conversation,
  random: Random,
  version: Spoken,
): readonly Fields[] {
  return Array.from({ length: drawn }, () => chanceBatch(conversation, random, version));
}

function chanceBatch(conversation: Conversation, random: Random, version: Spoken): Fields {
  const items = Array.from({ length: 2 + random.below(3) }, (_, index) =>
    chanceItem(conversation, random, index),
  );
  const option = random.pick([null, null, 'Stop', 'Continue', 'Continue', 'Undo', 'Undo']);
  const isOrdered = random.pick([null, null, null, true, true, false]);
  const batch = request(items, version, {
    ...(option === null ? {} : { BatchErrorContinuationOption: option }),
    ...(isOrdered === null ? {} : { BatchOrderOption: isOrdered }),
  });
  return random.below(4) === 0 ? withOtherIds(batch, random) : batch;
}

/** The first item is mostly one that makes an object, which the others are about. */
function chanceItem({ world }: Conversation, random: Random, index: number): Asking {
  const name = { NameValue: random.uuid(), NameType: 'UninterpretedTextString' };
  const makes: readonly Asking[] = [
    ['Create', { ObjectType: 'SymmetricKey', Attributes: aes }],
    ['Create', { ObjectType: 'SymmetricKey', Attributes: { ...aes, Name: name } }],
  ];
  if (index === 0 && random.below(3) > 0) return random.pick(makes);
  const known = world.objects.slice(-4).map(({ id }) => ({ UniqueIdentifier: id }));
  const absent = { UniqueIdentifier: random.uuid() };
  /** Mostly that of the placeholder. */
  const about = random.pick([{}, {}, {}, ...known.slice(-2), random.pick([absent, {}])]);
  return random.pick<Asking>([
    ...makes,
    ['Activate', about],
    ['Activate', absent],
    ['Get', about],
    ['GetAttributes', { ...about, AttributeReference: 'State' }],
    ['AddAttribute', { ...about, NewAttribute: { Name: name } }],
    ['Revoke', { ...about, RevocationReason: { RevocationReasonCode: 'Superseded' } }],
    ['Revoke', { ...about, RevocationReason: { RevocationReasonCode: 'KeyCompromise' } }],
    ['Destroy', about],
    ['Destroy', random.pick([...known, absent])],
    ['Encrypt', { ...about, CryptographicParameters: gcm, Data: '00112233' }],
    ['Locate', { Attributes: { Name: name } }],
    ['Locate', { MaximumItems: 1 + random.below(2), Attributes: { ObjectType: 'SymmetricKey' } }],
    ['Query', { QueryFunction: 'QueryOperations' }],
    ['Archive', about],
  ]);
}

const aes = {
  CryptographicAlgorithm: 'AES',
  CryptographicLength: 256,
  CryptographicUsageMask: 'Encrypt|Decrypt',
};
const gcm = { BlockCipherMode: 'GCM', IVLength: 12, TagLength: 16 };

/** Ids that some items lack, that are the same, that are long or empty. */
function withOtherIds(batch: Fields, random: Random): Fields {
  const ids = random.pick([
    [undefined],
    ['01', undefined],
    ['07'],
    ['', 'ff'.repeat(64), '00', '0000'],
    ['ffffffffffffffff', '00', 'ff', '0f'],
  ]);
  const items: unknown = batch['BatchItem'];
  if (!Array.isArray(items)) return batch;
  const BatchItem = items.map((item: unknown, index) => ({
    ...Object(item),
    UniqueBatchItemID: ids[index % ids.length],
  }));
  return { ...batch, BatchItem };
}
