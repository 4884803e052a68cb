import { field, itemsOf, requirements, textAt, type Fields } from '#models/kmip/index.ts';
import type { Expectation, JudgedFrame } from '#src/contract/case.ts';
import { rowsOf, table, type KmipCase, type Row } from './case.ts';
import { registered, registering } from './kinds.ts';
import { ask, create, made } from './saying.ts';

const { locateFinds } = requirements;

/** Searches for keys. */
const searches: Readonly<Record<string, Fields>> = {
  algorithm: { CryptographicAlgorithm: 'AES' },
  length: { CryptographicLength: 256 },
  state: { State: 'PreActive' },
};

/** Objects that have not all that a key has: an algorithm, a length, a state. */
const kinds = ['certificate', 'password', 'opaque'] as const;

/** A search that was served is not failed because there is one more object, to which it is strange. */
const servedAgain: Expectation = {
  text: 'the search is served as before',
  check(frames) {
    const [before, after] = frames.filter(isOfLocate).map(({ perceived, at }) => {
      const [item] = itemsOf(perceived.payload['content']);
      return { at, status: textAt(item, 'ResultStatus'), reason: textAt(item, 'ResultReason') };
    });
    if (before?.status !== 'Success' || after?.reason !== 'GeneralFailure') return null;
    const actual = `${after.reason} to what was served before`;
    return {
      kind: 'content',
      requirement: locateFinds,
      expected: [{ outcome: this.text, why: locateFinds.text }],
      actual,
      explanation: `${locateFinds.text} [${locateFinds.id}] There was ${actual}.`,
      at: after.at,
    };
  },
};

function isOfLocate({ by, perceived }: JudgedFrame): boolean {
  const [item] = itemsOf(perceived.payload['content']);
  return by === 'peer' && field(item, 'Operation') === 'Locate';
}

const rows = Object.fromEntries(
  kinds.flatMap((kind) => {
    const object = registered[kind];
    if (object === undefined) return [];
    const among = (Attributes: Fields, name: string): Row => ({
      title: `A key is found by its ${name} among objects of other types: ${kind}`,
      covers: [locateFinds],
      play: async (player) => {
        await create(player);
        await ask(player, 'Locate', { Attributes });
        await made(player, ['Register', registering(object)]);
        await ask(player, 'Locate', { Attributes });
      },
      expect: servedAgain,
    });
    return Object.entries(rowsOf(searches, among, `among-${kind}-by-`));
  }),
);

/** Searches for what not every object has. */
export const amongOthersCases: readonly KmipCase[] = table('locate', { against: 'server' }, rows);
