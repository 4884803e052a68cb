import type { Conversation, Fields } from '#models/kmip/index.ts';
import type { Random } from '#src/base/random.ts';
import { request, type Asking } from './contents.ts';
import type { Spoken } from './settings.ts';

/** Batches that are drawn at once. */
const drawn = 12;

/**
 * Batches of two to four items: options, orders, errors and uses of the ID Placeholder by chance.
 * What a batch does is the same in a whole session, so that a session that is shortened still shows
 * what it showed; only names are new each time.
 */
export function chanceBatches(
  conversation: Conversation,
  random: Random,
  version: Spoken,
): readonly Fields[] {
  return Array.from({ length: drawn }, (_, index) => {
    const shape = random.fork(`batch ${index}`);
    return chanceBatch(conversation, { shape, names: random }, version);
  });
}

/** Where a batch takes what it does from, and where its names. */
interface Chances {
  readonly shape: Random;
  readonly names: Random;
}

function chanceBatch(
  conversation: Conversation,
  { shape, names }: Chances,
  version: Spoken,
): Fields {
  const items = Array.from({ length: 2 + shape.below(3) }, (_, index) => {
    const chances = { shape: shape.fork(`item ${index}`), names };
    return chanceItem(conversation, chances, index);
  });
  const option = shape.pick([null, null, 'Stop', 'Continue', 'Continue', 'Undo', 'Undo']);
  const isOrdered = shape.pick([null, null, null, true, true, false]);
  const batch = request(items, version, {
    ...(option === null ? {} : { BatchErrorContinuationOption: option }),
    ...(isOrdered === null ? {} : { BatchOrderOption: isOrdered }),
  });
  return shape.below(4) === 0 ? withOtherIds(batch, shape) : batch;
}

/** The first item is mostly one that makes an object, which the others are about. */
function chanceItem({ world }: Conversation, { shape, names }: Chances, index: number): Asking {
  const name = { NameValue: names.uuid(), NameType: 'UninterpretedTextString' };
  const makes: readonly Asking[] = [
    ['Create', { ObjectType: 'SymmetricKey', Attributes: aes }],
    ['Create', { ObjectType: 'SymmetricKey', Attributes: { ...aes, Name: name } }],
  ];
  if (index === 0 && shape.below(3) > 0) return shape.pick(makes);
  const absent = { UniqueIdentifier: names.uuid() };
  const known = (back: number): Fields => {
    const object = world.objects.at(-back);
    return object === undefined ? absent : { UniqueIdentifier: object.id };
  };
  /** Mostly that of the placeholder. */
  const about = shape.pick<Fields>([{}, {}, {}, known(1), known(2), shape.pick([absent, {}])]);
  return shape.pick<Asking>([
    ...makes,
    ['Activate', about],
    ['Activate', absent],
    ['Get', about],
    ['GetAttributes', { ...about, AttributeReference: 'State' }],
    ['AddAttribute', { ...about, NewAttribute: { Name: name } }],
    ['Revoke', { ...about, RevocationReason: { RevocationReasonCode: 'Superseded' } }],
    ['Revoke', { ...about, RevocationReason: { RevocationReasonCode: 'KeyCompromise' } }],
    ['Destroy', about],
    ['Destroy', shape.pick([known(1), known(2), known(3), known(4), absent])],
    ['Encrypt', { ...about, CryptographicParameters: gcm, Data: '00112233' }],
    ['Locate', { Attributes: { Name: name } }],
    ['Locate', { MaximumItems: 1 + shape.below(2), Attributes: { ObjectType: 'SymmetricKey' } }],
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
