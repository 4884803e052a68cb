import { requirements, type Fields } from '#models/kmip/index.ts';
import { rowsOf, table, type KmipCase, type KmipPlayer, type Row } from './case.ts';
import { aesKey, ask, askAll, create, createActive, readState } from './saying.ts';

const { locateFinds, locateLimited, placeholderSingle, placeholderUsed, namesUnique } =
  requirements;

/** A Name that nobody else has: it has the identifier of a key. */
const named = (id: string): Fields => ({
  Name: { NameValue: `qkdspec ${id}`, NameType: 'UninterpretedTextString' },
});

/** Makes a key with a name of its own; gives both. */
async function createNamed(player: KmipPlayer, more: Fields = {}) {
  const name = named(await create(player));
  return { name, id: await create(player, { ...name, ...more }) };
}

function locate(player: KmipPlayer, payload: Fields) {
  return ask(player, 'Locate', payload);
}

/** Searches, by what is known of a key with a name. */
const searches: Readonly<Record<string, (name: Fields) => Fields>> = {
  'by-name': (name) => ({ Attributes: name }),
  'by-type': () => ({ Attributes: { ObjectType: 'SymmetricKey' } }),
  'by-other-type': () => ({ Attributes: { ObjectType: 'PrivateKey' } }),
  'by-algorithm': () => ({ Attributes: { CryptographicAlgorithm: 'AES' } }),
  'by-other-algorithm': () => ({ Attributes: { CryptographicAlgorithm: 'DES3' } }),
  'by-length': () => ({ Attributes: { CryptographicLength: 256 } }),
  'by-other-length': () => ({ Attributes: { CryptographicLength: 192 } }),
  'by-algorithm-and-length': () => ({
    Attributes: { CryptographicAlgorithm: 'AES', CryptographicLength: 256 },
  }),
  'by-name-and-type': (name) => ({ Attributes: { ...name, ObjectType: 'SymmetricKey' } }),
  'by-name-and-other-type': (name) => ({ Attributes: { ...name, ObjectType: 'Certificate' } }),
  'by-name-and-other-length': (name) => ({ Attributes: { ...name, CryptographicLength: 128 } }),
  'by-nothing': () => ({ Attributes: {} }),
  'by-name-of-nobody': () => ({
    Attributes: named('of nobody, never'),
  }),
  'by-state': (name) => ({ Attributes: { ...name, State: 'PreActive' } }),
  'by-other-state': (name) => ({ Attributes: { ...name, State: 'Active' } }),
  'by-mask': (name) => ({ Attributes: { ...name, CryptographicUsageMask: 'Encrypt|Decrypt' } }),
  'at-most-one': () => ({ MaximumItems: 1, Attributes: { ObjectType: 'SymmetricKey' } }),
  'at-most-two': () => ({ MaximumItems: 2, Attributes: { ObjectType: 'SymmetricKey' } }),
  'at-most-none': () => ({ MaximumItems: 0, Attributes: { ObjectType: 'SymmetricKey' } }),
  'at-most-thousand': (name) => ({ MaximumItems: 1000, Attributes: name }),
  'behind-all': (name) => ({ OffsetItems: 1000, Attributes: name }),
  'behind-one-at-most-one': () => ({
    MaximumItems: 1,
    OffsetItems: 1,
    Attributes: { ObjectType: 'SymmetricKey' },
  }),
  'behind-none': (name) => ({ OffsetItems: 0, Attributes: name }),
  'less-than-none': (name) => ({ MaximumItems: -1, Attributes: name }),
};

const rows: Readonly<Record<string, Row>> = {
  ...rowsOf(searches, (payload, name) => ({
    title: `Locate finds what it was asked for, and nothing else: ${name.replaceAll('-', ' ')}`,
    covers: name.startsWith('at-most') ? [locateLimited, locateFinds] : [locateFinds],
    play: async (player) => {
      const { name: own } = await createNamed(player);
      await locate(player, payload(own));
    },
  })),
  'two-names': {
    title: 'Each of two keys is found by its own name',
    covers: [locateFinds],
    play: async (player) => {
      const first = await createNamed(player);
      const second = await createNamed(player);
      await locate(player, { Attributes: first.name });
      await locate(player, { Attributes: second.name });
    },
  },
  'renamed-by-adding': {
    title: 'A key is found by a name that was added later',
    covers: [locateFinds, requirements.attributeAdded],
    play: async (player) => {
      const UniqueIdentifier = await create(player);
      const NewAttribute = named(UniqueIdentifier);
      await ask(player, 'AddAttribute', { UniqueIdentifier, NewAttribute });
      await locate(player, { Attributes: NewAttribute });
    },
  },
  'destroyed-not-found': {
    title: 'A destroyed key is not found',
    covers: [locateFinds, requirements.destroyChanges],
    play: async (player) => {
      const { name, id } = await createNamed(player);
      await ask(player, 'Destroy', { UniqueIdentifier: id });
      await locate(player, { Attributes: name });
    },
  },
  'active-found': {
    title: 'An Active key is found',
    covers: [locateFinds],
    play: async (player) => {
      const name = named(await create(player));
      await createActive(player, name);
      await locate(player, { Attributes: name });
    },
  },
  'name-taken': {
    title: 'A second object with a name that is taken is refused or made, as the server reads it',
    covers: [namesUnique],
    play: async (player) => {
      const { name } = await createNamed(player);
      await ask(player, 'Create', aesKey(name));
      await locate(player, { Attributes: name });
    },
  },
  'found-in-batch': {
    title: 'What an item made is found by the next one',
    covers: [locateFinds, requirements.orderKept],
    play: async (player) => {
      const name = named(await create(player));
      await askAll(player, [
        ['Create', aesKey(name)],
        ['Locate', { Attributes: name }],
      ]);
    },
  },
  'single-fills-placeholder': {
    title: 'Where Locate finds a single object, the ID Placeholder holds it',
    covers: [placeholderSingle, placeholderUsed],
    play: async (player) => {
      const { name, id } = await createNamed(player);
      await askAll(player, [
        ['Locate', { Attributes: name }],
        ['Activate', {}],
      ]);
      await readState(player, id);
    },
  },
  'none-fills-nothing': {
    title: 'Where Locate finds nothing, the ID Placeholder holds nothing',
    covers: [placeholderSingle],
    play: async (player) => {
      const { id } = await createNamed(player);
      await askAll(player, [
        ['Locate', { Attributes: named('of nobody, never') }],
        ['Activate', {}],
      ]);
      await readState(player, id);
    },
  },
  'several-fill-nothing': {
    title: 'Where Locate finds several objects, the ID Placeholder holds none of them',
    covers: [placeholderSingle, requirements.stateTold],
    play: async (player) => {
      const ids = [await create(player), await create(player)];
      await askAll(player, [
        ['Locate', { Attributes: { ObjectType: 'SymmetricKey' } }],
        ['Activate', {}],
      ]);
      for (const id of ids) await readState(player, id);
    },
  },
};

/** How objects are found. */
export const locateCases: readonly KmipCase[] = table('locate', { against: 'server' }, rows);
