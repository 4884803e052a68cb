import { requirements, type Fields } from '#models/kmip/index.ts';
import { rowsOf, table, type KmipCase, type KmipPlayer, type Row } from './case.ts';
import { ask, askAll, create, createActive, readState } from './saying.ts';

const { attributesTold, attributesOnlyAsked, attributeListTold, attributeAdded } = requirements;
const { singleValuedNotAdded, attributeModified, attributeSet, attributeDeleted } = requirements;
const { absentAttributeRefused, readOnlyKept, namesUnique, requestedAttributesSet } = requirements;

/** An attribute that clients give, with two values of it. */
interface Own {
  readonly first: Fields;
  readonly second: Fields;
}

/** Attributes of which an object has one. */
const single: Readonly<Record<string, Own>> = {
  Description: { first: { Description: 'of qkdspec' }, second: { Description: 'of another' } },
  Comment: { first: { Comment: 'a comment' }, second: { Comment: 'é決😀' } },
  ContactInformation: {
    first: { ContactInformation: 'Alice' },
    second: { ContactInformation: 'Bob' },
  },
};

/** Attributes of which an object may have several. */
const several: Readonly<Record<string, Own>> = {
  ObjectGroup: { first: { ObjectGroup: 'group one' }, second: { ObjectGroup: 'group two' } },
  ApplicationSpecificInformation: {
    first: {
      ApplicationSpecificInformation: { ApplicationNamespace: 'ssl', ApplicationData: 'one' },
    },
    second: {
      ApplicationSpecificInformation: { ApplicationNamespace: 'ssl', ApplicationData: 'two' },
    },
  },
};

/** What only the server sets. */
const readOnly: Readonly<Record<string, Fields>> = {
  State: { State: 'Active' },
  'Unique Identifier': { UniqueIdentifier: 'another' },
  'Object Type': { ObjectType: 'SecretData' },
  'Cryptographic Algorithm': { CryptographicAlgorithm: 'DES3' },
  'Cryptographic Length': { CryptographicLength: 128 },
  'Initial Date': { InitialDate: 1_605_916_800 },
  'Last Change Date': { LastChangeDate: 1_605_916_800 },
  Fresh: { Fresh: true },
  'Always Sensitive': { AlwaysSensitive: true },
};

const nameOf = (attribute: Fields): string => Object.keys(attribute)[0] ?? '';
const dashed = (name: string): string => name.toLowerCase().replaceAll(' ', '-');

function read(player: KmipPlayer, UniqueIdentifier: string, attribute: Fields) {
  const AttributeReference = nameOf(attribute);
  return ask(player, 'GetAttributes', { UniqueIdentifier, AttributeReference });
}

/** What is done to an attribute. */
interface Deed {
  readonly title: string;
  readonly covers: Row['covers'];
  play(player: KmipPlayer, id: string, own: Own): Promise<unknown>;
}

const add = (player: KmipPlayer, UniqueIdentifier: string, NewAttribute: Fields) =>
  ask(player, 'AddAttribute', { UniqueIdentifier, NewAttribute });
const modify = (player: KmipPlayer, UniqueIdentifier: string, NewAttribute: Fields) =>
  ask(player, 'ModifyAttribute', { UniqueIdentifier, NewAttribute });
const set = (player: KmipPlayer, UniqueIdentifier: string, NewAttribute: Fields) =>
  ask(player, 'SetAttribute', { UniqueIdentifier, NewAttribute });
const remove = (player: KmipPlayer, UniqueIdentifier: string, attribute: Fields) =>
  ask(player, 'DeleteAttribute', { UniqueIdentifier, AttributeReference: nameOf(attribute) });

const deeds: Readonly<Record<string, Deed>> = {
  add: {
    title: 'that was added is there',
    covers: [attributeAdded, attributesTold],
    play: (player, id, { first }) => add(player, id, first),
  },
  'add-twice': {
    title: 'is not added a second time',
    covers: [singleValuedNotAdded, requirements.errorsClean],
    play: async (player, id, { first, second }) => {
      await add(player, id, first);
      await add(player, id, second);
    },
  },
  modify: {
    title: 'that was modified has its new value',
    covers: [attributeModified, attributesTold],
    play: async (player, id, { first, second }) => {
      await add(player, id, first);
      await modify(player, id, second);
    },
  },
  'modify-absent': {
    title: 'that is not there is not modified',
    covers: [absentAttributeRefused],
    play: (player, id, { first }) => modify(player, id, first),
  },
  set: {
    title: 'that was set is there',
    covers: [attributeSet, attributesTold],
    play: (player, id, { first }) => set(player, id, first),
  },
  'set-twice': {
    title: 'that was set again has its new value',
    covers: [attributeSet, attributesTold],
    play: async (player, id, { first, second }) => {
      await set(player, id, first);
      await set(player, id, second);
    },
  },
  delete: {
    title: 'that was deleted is not there',
    covers: [attributeDeleted, attributesTold],
    play: async (player, id, { first }) => {
      await add(player, id, first);
      await remove(player, id, first);
    },
  },
  'delete-absent': {
    title: 'that is not there is not deleted',
    covers: [absentAttributeRefused],
    play: (player, id, { first }) => remove(player, id, first),
  },
};

function rowsAbout(owns: Readonly<Record<string, Own>>, names: readonly string[]) {
  return Object.assign(
    {},
    ...names.map((deed) =>
      rowsOf(
        owns,
        (own, name): Row => ({
          title: `${name} ${deeds[deed]?.title ?? ''}`,
          covers: deeds[deed]?.covers ?? [],
          play: async (player) => {
            const id = await create(player);
            await deeds[deed]?.play(player, id, own);
            await read(player, id, own.first);
            await ask(player, 'GetAttributeList', { UniqueIdentifier: id });
          },
        }),
        `${deed}-`,
      ),
    ),
  );
}

const attempts = { add, modify, set, delete: remove } as const;

const readOnlyRows: Readonly<Record<string, Row>> = Object.assign(
  {},
  ...Object.entries(attempts).map(([how, attempt]) =>
    rowsOf(
      Object.fromEntries(Object.entries(readOnly).map(([name, one]) => [dashed(name), one])),
      (attribute, name): Row => ({
        title: `Only the server sets this: ${how} ${name.replaceAll('-', ' ')}`,
        covers: [readOnlyKept, requirements.errorsClean],
        play: async (player) => {
          const id = await create(player);
          await attempt(player, id, attribute);
          await readState(player, id);
        },
      }),
      `read-only-${how}-`,
    ),
  ),
);

/** What a client may ask for. */
const references: Readonly<Record<string, Fields>> = {
  all: {},
  state: { AttributeReference: 'State' },
  several: { AttributeReference: ['State', 'ObjectType', 'CryptographicLength'] },
  twice: { AttributeReference: ['State', 'State'] },
  'that-it-has-not': { AttributeReference: ['State', 'Comment'] },
  'only-that-it-has-not': { AttributeReference: 'ContactInformation' },
  identifier: { AttributeReference: 'UniqueIdentifier' },
  algorithm: { AttributeReference: 'CryptographicAlgorithm' },
  mask: { AttributeReference: 'CryptographicUsageMask' },
  description: { AttributeReference: 'Description' },
  'of-a-vendor': {
    AttributeReference: { VendorIdentification: 'of nobody', AttributeName: 'colour' },
  },
};

const rows: Readonly<Record<string, Row>> = {
  ...rowsAbout(single, Object.keys(deeds)),
  ...rowsAbout(several, ['add', 'set', 'delete', 'delete-absent']),
  ...readOnlyRows,
  ...rowsOf(
    references,
    (payload, name) => ({
      title: `Get Attributes answers what was asked: ${name.replaceAll('-', ' ')}`,
      covers: [
        attributesTold,
        attributesOnlyAsked,
        requirements.attributeTypesRight,
        requirements.typesRight,
      ],
      play: async (player) => {
        const UniqueIdentifier = await create(player, { Description: 'of qkdspec' });
        await ask(player, 'GetAttributes', { UniqueIdentifier, ...payload });
      },
    }),
    'get-',
  ),
  'given-at-creation': {
    title: 'A new key has the attributes that were asked for',
    covers: [requestedAttributesSet, attributesTold, attributeListTold],
    play: async (player) => {
      const UniqueIdentifier = await create(player, {
        Description: 'of qkdspec',
        ContactInformation: 'Alice',
        ObjectGroup: ['group one', 'group two'],
      });
      await ask(player, 'GetAttributes', { UniqueIdentifier });
      await ask(player, 'GetAttributeList', { UniqueIdentifier });
    },
  },
  'name-of-another': {
    title: 'The Name of another object is not added',
    covers: [namesUnique],
    play: async (player) => {
      const first = await create(player);
      const second = await create(player);
      const Name = { NameValue: `qkdspec ${first}`, NameType: 'UninterpretedTextString' };
      await add(player, first, { Name });
      await add(player, second, { Name });
    },
  },
  'name-twice-at-creation': {
    title: 'A key is not made with the Name of another',
    covers: [namesUnique],
    play: async (player) => {
      const first = await create(player);
      const Name = { NameValue: `qkdspec ${first}`, NameType: 'UninterpretedTextString' };
      await create(player, { Name });
      await ask(player, 'Create', {
        ObjectType: 'SymmetricKey',
        Attributes: {
          CryptographicAlgorithm: 'AES',
          CryptographicLength: 256,
          CryptographicUsageMask: 'Encrypt',
          Name,
        },
      });
    },
  },
  'list-each-once': {
    title: 'Get Attribute List names each attribute once',
    covers: [attributeListTold],
    play: async (player) => {
      const UniqueIdentifier = await create(player, { ObjectGroup: ['one', 'two'] });
      await ask(player, 'GetAttributeList', { UniqueIdentifier });
    },
  },
  'state-follows': {
    title: 'State is told as it is at each step of a life',
    covers: [requirements.stateTold, attributesTold],
    play: async (player) => {
      const id = await createActive(player);
      await readState(player, id);
      await ask(player, 'Revoke', {
        UniqueIdentifier: id,
        RevocationReason: { RevocationReasonCode: 'KeyCompromise' },
      });
      await readState(player, id);
      await ask(player, 'Destroy', { UniqueIdentifier: id });
      await readState(player, id);
    },
  },
  'of-two-objects': {
    title: 'What is given to one object is not given to another',
    covers: [attributeAdded, attributesTold],
    play: async (player) => {
      const first = await create(player, { Description: 'first' });
      const second = await create(player, { Description: 'second' });
      await set(player, first, { Description: 'changed' });
      await read(player, second, { Description: '' });
      await read(player, first, { Description: '' });
    },
  },
  'changed-in-batch-undone': {
    title: 'What a batch did to an attribute is undone with it',
    covers: [requirements.undoUndoes, attributeSet],
    play: async (player) => {
      const UniqueIdentifier = await create(player, { Description: 'before' });
      await askAll(
        player,
        [
          ['SetAttribute', { UniqueIdentifier, NewAttribute: { Description: 'after' } }],
          ['Activate', { UniqueIdentifier: 'nobody has this identifier' }],
        ],
        { BatchErrorContinuationOption: 'Undo' },
      );
      await read(player, UniqueIdentifier, { Description: '' });
    },
  },
};

/** What objects have, and how it is changed. */
export const attributeCases: readonly KmipCase[] = table('attributes', { against: 'server' }, rows);
