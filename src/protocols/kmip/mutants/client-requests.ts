import { isFields, requirements, type Fields } from '#models/kmip/index.ts';
import type { Utterance } from '#src/contract/frame.ts';
import type { Mutant } from '#src/contract/side.ts';
import { inHeader, inItems, without } from '../altered.ts';
import type { KmipBend } from '../compose.ts';
import { client, type ClientMemory } from '../reference/client.ts';
import { tags } from '../registry/tags.ts';
import type { Item, Structure } from '../tree.ts';
import { askedOf, mutant, type Change } from './mutant.ts';

type Told = Omit<Change<ClientMemory>, 'answers' | 'bends'>;

/** A client that says each request otherwise. */
function saying(change: (request: Fields) => Fields, told: Told): Mutant {
  const bends = (utterance: Utterance): Utterance => {
    const { content } = utterance;
    return isFields(content) ? { ...utterance, content: change(content) } : utterance;
  };
  return mutant('client', client, { ...told, bends });
}

/** A client that writes each request otherwise. */
function writing(frame: KmipBend, told: Told): Mutant {
  const bends = (utterance: Utterance): Utterance => ({ ...utterance, frame });
  return mutant('client', client, { ...told, bends });
}

const tree = (change: (message: Structure) => Item): KmipBend => ({ tree: change });

/** Every item below that holds, replaced. */
function each(holds: (item: Item) => boolean, change: (item: Item) => Item): KmipBend {
  const changed = (item: Item): Item => {
    const below = item.type === 'Structure' ? { ...item, value: item.value.map(changed) } : item;
    return holds(below) ? change(below) : below;
  };
  return tree((message) => {
    const item = changed(message);
    return item.type === 'Structure' ? item : message;
  });
}

const eachItem = (change: (item: Fields) => Fields) => inItems((items) => items.map(change));

const attributes = (change: (attributes: Fields) => Fields) =>
  askedOfCreate((payload) => {
    const given = payload['Attributes'];
    return { ...payload, Attributes: change(isFields(given) ? given : {}) };
  });

/** `askedOf` looks at the operation alone, and so it does for requests. */
const askedOfCreate = (change: (payload: Fields) => Fields) => askedOf('Create', change);

/** The first four bytes of some item's header, wherever it begins. */
function patched(find: (said: Buffer) => number, change: (said: Buffer, at: number) => Buffer) {
  return {
    written: (bytes: Uint8Array): Uint8Array => {
      const said = Buffer.from(bytes);
      const at = find(said);
      return at < 0 ? bytes : change(said, at);
    },
  };
}

const count = Buffer.from('42000d02', 'hex');
const operation = Buffer.from('42005c05', 'hex');

/** Clients whose requests are wrong in one place. */
export const clientRequestMutants: readonly Mutant[] = [
  saying(
    inHeader((header) => ({ ...header, BatchCount: Number(header['BatchCount']) + 1 })),
    {
      id: 'client-counts-one-more',
      title: 'counts one item too many',
      breaks: requirements.batchCountRight,
      shortest: 1,
    },
  ),
  saying(
    inHeader((header) => without(header, 'BatchCount')),
    {
      id: 'client-without-count',
      title: 'says no Batch Count',
      breaks: requirements.headerFields,
      shortest: 1,
    },
  ),
  saying(
    inHeader(({ BatchCount, ...header }) => ({
      BatchCount,
      ...header,
    })),
    {
      id: 'client-count-first',
      title: 'says the Batch Count first',
      breaks: requirements.headerOrder,
      shortest: 1,
    },
  ),
  saying(
    inHeader(({ BatchCount, ...header }) => ({
      ...header,
      BatchErrorContinuationOption: 'Stop',
      BatchCount,
    })),
    {
      id: 'client-option-alone',
      title: 'says the option of batches in every message',
      breaks: requirements.optionOnlyInBatch,
      shortest: 1,
    },
  ),
  saying(
    inHeader(({ ProtocolVersion, ...header }) => ({
      ProtocolVersion,
      MaximumResponseSize: -1,
      ...header,
    })),
    {
      id: 'client-size-below-zero',
      title: 'takes responses of minus one byte at most',
      breaks: requirements.sizeLimitPositive,
      shortest: 1,
    },
  ),
  saying(
    eachItem((item) => ({
      ...item,
      UniqueBatchItemID: undefined,
      RequestPayload: item['RequestPayload'],
    })),
    {
      id: 'client-without-ids',
      title: 'gives the items of its batches no ids',
      breaks: requirements.itemIdsGiven,
      shortest: 13,
      deep: true,
    },
  ),
  saying(
    eachItem((item) => ('UniqueBatchItemID' in item ? { ...item, UniqueBatchItemID: '01' } : item)),
    {
      id: 'client-same-ids',
      title: 'gives all items of a batch the same id',
      breaks: requirements.itemIdsUnique,
      shortest: 13,
      deep: true,
    },
  ),
  saying(
    eachItem(({ Operation, ...item }) => ({ ...item, Operation })),
    {
      id: 'client-operation-last',
      title: 'says the operation behind the payload',
      breaks: requirements.itemFields,
      shortest: 1,
    },
  ),
  saying(
    askedOf('Revoke', (payload) => without(payload, 'RevocationReason')),
    {
      id: 'client-revokes-without-reason',
      title: 'revokes without a reason',
      breaks: requirements.revokeReasonGiven,
      shortest: 17,
      deep: true,
    },
  ),
  saying(
    askedOf('Revoke', (payload) => ({ ...payload, CompromiseOccurrenceDate: 1_600_000_000 })),
    {
      id: 'client-dates-a-compromise',
      title: 'says when a key was compromised that was not',
      breaks: requirements.compromiseDateFits,
      shortest: 17,
      deep: true,
    },
  ),
  saying(
    askedOf('Activate', (payload) => without(payload, 'UniqueIdentifier')),
    {
      id: 'client-trusts-the-placeholder',
      title: 'leaves out an identifier that an earlier message has told',
      breaks: requirements.placeholderPerBatch,
      shortest: 9,
      deep: true,
    },
  ),
  saying(
    askedOf('Activate', (payload) => {
      const id = payload['UniqueIdentifier'];
      return typeof id === 'string' ? { ...payload, UniqueIdentifier: `${id} ` } : payload;
    }),
    {
      id: 'client-blank-behind-identifier',
      title: 'puts a blank behind identifiers',
      breaks: requirements.identifiersExact,
      shortest: 9,
      deep: true,
    },
  ),
  saying(
    attributes((given) => ({ ...given, State: 'Active' })),
    {
      id: 'client-sets-state',
      title: 'gives a new key its state',
      breaks: requirements.serverAttributesLeft,
      shortest: 5,
    },
  ),
  saying(
    attributes((given) => without(given, 'CryptographicUsageMask')),
    {
      id: 'client-without-mask',
      title: 'does not say what a key is for',
      breaks: requirements.neededAttributesGiven,
      shortest: 5,
    },
  ),
  saying(
    askedOfCreate((payload) => without(payload, 'ObjectType')),
    {
      id: 'client-without-type',
      title: 'does not say what it creates',
      breaks: requirements.payloadFits,
      shortest: 5,
    },
  ),
  saying(
    attributes((given) => ({ ...given, CryptographicAlgorithm: '0x0000007f' })),
    {
      id: 'client-unknown-algorithm',
      title: 'asks for an algorithm that there is not',
      breaks: requirements.enumerationsKnown,
      shortest: 5,
    },
  ),
  saying(
    attributes((given) => ({ ...given, CryptographicLength: { type: 'LongInteger', value: 256 } })),
    {
      id: 'client-long-length',
      title: 'says the length of a key as a Long Integer',
      breaks: requirements.typesRight,
      shortest: 5,
    },
  ),
  writing(
    tree((message) => ({ ...message, tag: tags.ResponseMessage })),
    {
      id: 'client-says-responses',
      title: 'says its requests as responses',
      breaks: requirements.requestIsMessage,
      shortest: 1,
    },
  ),
  writing(
    patched(
      (said) => said.indexOf(count),
      (said, at) => (said.writeUInt8(1, at + 12), said),
    ),
    {
      id: 'client-fills-padding',
      title: 'pads with other bytes than zero',
      breaks: requirements.paddingZero,
      shortest: 1,
    },
  ),
  writing(
    patched(
      (said) => said.indexOf(operation),
      (said, at) => (said.writeUInt32BE(8, at + 4), said),
    ),
    {
      id: 'client-long-enumerations',
      title: 'says that an enumeration has eight bytes',
      breaks: requirements.ttlvLengths,
      shortest: 1,
    },
  ),
  writing(
    each(
      ({ type }) => type === 'TextString',
      (item) => (item.type === 'TextString' ? { ...item, value: `${item.value}\0` } : item),
    ),
    {
      id: 'client-ends-texts',
      title: 'ends its texts with a zero byte',
      breaks: requirements.textIsUtf8,
      shortest: 7,
    },
  ),
];
