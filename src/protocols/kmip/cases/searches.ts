import { requirements, type Fields } from '#models/kmip/index.ts';
import { rowsOf, table, type KmipCase, type Row } from './case.ts';
import { ask, create, createActive } from './saying.ts';

const { locateFinds, locateLimited, locatedCounted } = requirements;

/** An attribute of a vendor's own. */
const ofVendor = (AttributeValue: string): Fields => ({
  Attribute: {
    VendorIdentification: 'x',
    AttributeName: 'colour',
    AttributeValue: { type: 'TextString', value: AttributeValue },
  },
});

const nameOf = (NameValue: string): Fields => ({
  Name: { NameValue, NameType: 'UninterpretedTextString' },
});

/** Names that are nearly the one that a key has. */
const others: Readonly<Record<string, (name: string) => string>> = {
  shorter: (name) => name.slice(0, -1),
  longer: (name) => `${name}1`,
  'in-capitals': (name) => name.toUpperCase(),
  'without-start': (name) => name.slice(1),
};

/** How many of the finds are asked for. */
const parts: Readonly<Record<string, Fields>> = {
  'behind-one': { OffsetItems: 1 },
  'behind-one-at-most-one': { MaximumItems: 1, OffsetItems: 1 },
  'at-most-thousand': { MaximumItems: 1000 },
};

const rows: Readonly<Record<string, Row>> = {
  ...rowsOf(
    others,
    (change, name) => ({
      title: `A key is not found by another name than its own: ${name.replaceAll('-', ' ')}`,
      covers: [locateFinds],
      play: async (player) => {
        const name = `qkdspec ${await create(player)} of all`;
        await create(player, nameOf(name));
        await ask(player, 'Locate', { Attributes: nameOf(change(name)) });
        await ask(player, 'Locate', { Attributes: nameOf(name) });
      },
    }),
    'by-name-',
  ),
  ...rowsOf(
    parts,
    (part, name) => ({
      title: `Of a single key that is found so much is told: ${name.replaceAll('-', ' ')}`,
      covers: [locateLimited, locatedCounted, locateFinds],
      play: async (player) => {
        const name = nameOf(`qkdspec ${await create(player)}`);
        await create(player, name);
        await ask(player, 'Locate', { Attributes: name });
        await ask(player, 'Locate', { ...part, Attributes: name });
      },
    }),
    'single-',
  ),
  'by-state-of-several': {
    title: 'Of two keys that is found which has the state asked for',
    covers: [locateFinds],
    play: async (player) => {
      await create(player);
      await createActive(player);
      await ask(player, 'Locate', { Attributes: { State: 'PreActive' } });
      await ask(player, 'Locate', { Attributes: { State: 'Active' } });
    },
  },
  'by-attribute-of-vendor': {
    title: 'A key is found by the attribute of a vendor that it has, and by no other value of it',
    covers: [locateFinds],
    play: async (player) => {
      const own = await create(player);
      await create(player, ofVendor(`red ${own}`));
      await ask(player, 'Locate', { Attributes: ofVendor(`blue ${own}`) });
      await ask(player, 'Locate', { Attributes: ofVendor(`red ${own}`) });
    },
  },
};

/** Searches of which every answer is known. */
export const searchCases: readonly KmipCase[] = table('locate', { against: 'server' }, rows);
