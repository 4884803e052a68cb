import { all, field, itemsOf, requirements, type Fields } from '#models/kmip/index.ts';
import type { Expectation, JudgedFrame } from '#src/contract/case.ts';
import { inItems, without } from '../altered.ts';
import { table, type KmipCase, type Row } from './case.ts';
import { aesKey, ask, askAll, bent, create } from './saying.ts';

const { placeholderEnds, placeholderSingle, placeholderUsed, errorsClean } = requirements;

/**
 * Get without an identifier, whose payload is not empty: there are servers that cannot read an empty
 * one, and would be refusing that.
 */
const unnamed: Fields = { KeyFormatType: 'Raw' };

const named = (id: string) => ({
  Name: { NameValue: `qkdspec left of ${id}`, NameType: 'UninterpretedTextString' },
});

const rows: Readonly<Record<string, Row>> = {
  'placeholder-of-request-before': {
    title: 'A request names no object by the ID Placeholder of the request before',
    covers: [placeholderEnds],
    play: async (player) => {
      await create(player);
      await ask(player, 'Get', unnamed);
    },
  },
  'placeholder-of-other-connection': {
    title: 'A request names no object by the ID Placeholder of another connection',
    covers: [placeholderEnds],
    play: async (player) => {
      await create(player);
      await player.reconnect();
      await ask(player, 'Get', unnamed);
    },
  },
  'empty-identifier': {
    title: 'An empty identifier is that of no object, whatever was made before',
    covers: [requirements.absentRefused],
    play: async (player) => {
      await create(player);
      await ask(player, 'Get', { UniqueIdentifier: '' });
    },
  },
  'located-over-placeholder': {
    title: 'What Locate found alone is in the ID Placeholder, not what was made before it',
    covers: [placeholderSingle, placeholderUsed],
    play: async (player) => {
      const Attributes = named(await create(player));
      await create(player, Attributes);
      await create(player);
      await askAll(player, [
        ['Locate', { Attributes }],
        ['Get', unnamed],
      ]);
    },
  },
  'of-refused-batch': {
    title: 'Of a batch that is refused as a whole nothing is done',
    covers: [errorsClean],
    play: async (player) => {
      const Attributes = named(await create(player));
      await bent(
        player,
        [
          ['Create', aesKey(Attributes)],
          ['Create', aesKey()],
        ],
        inItems((items) =>
          items.map((item, index) => (index === 1 ? without(item, 'UniqueBatchItemID') : item)),
        ),
      );
      await ask(player, 'Locate', { Attributes });
    },
    expect: nothingFound(),
  },
};

/** Where the batch was refused as a whole, the search behind it finds nothing. */
function nothingFound(): Expectation {
  return {
    text: 'no object of a batch that was refused',
    check(frames) {
      const answers = frames.filter(({ by }) => by === 'peer');
      const refused = answers.findIndex(({ perceived }) => perceived.message === 'rejected');
      const after = answers[refused + 1];
      if (refused < 0 || after === undefined || found(after).length === 0) return null;
      const actual = `the batch was refused, and ${String(found(after)[0])} was made`;
      return {
        kind: 'content',
        requirement: errorsClean,
        expected: [{ outcome: this.text, why: errorsClean.text }],
        actual,
        explanation: `${errorsClean.text} [${errorsClean.id}] There ${actual}.`,
        at: after.at,
      };
    },
  };
}

function found({ perceived }: JudgedFrame): readonly unknown[] {
  return itemsOf(perceived.payload['content']).flatMap((item) =>
    all(field(item, 'ResponsePayload'), 'UniqueIdentifier'),
  );
}

/** What is left of a request where nothing must be. */
export const leftOverCases: readonly KmipCase[] = table('left-over', { against: 'server' }, rows);
