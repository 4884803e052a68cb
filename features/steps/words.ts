import { defineParameterType } from '@cucumber/cucumber';
import { protocols } from '#src/index.ts';
import { faults } from '../support/faults.ts';
import { titled } from '../support/names.ts';
import { states } from '../support/states.ts';

const oneOf = (words: readonly string[]) => new RegExp(words.join('|'));

defineParameterType({
  name: 'side',
  regexp: oneOf([...new Set(protocols.flatMap(({ model }) => model.sides))].map(titled)),
  transformer: (side: string) => side.slice(0, 1).toLowerCase() + side.slice(1),
});

/** `QIE_READY`, or several: `PE_APPROVED, PE_DENIED or ABORT`. */
defineParameterType({
  name: 'messages',
  regexp: /[A-Z][A-Z_]+(?:(?:, | or )[A-Z][A-Z_]+)*/,
  transformer: (text: string) => text.split(/, | or /),
});

/** `0, 3 and 1`. */
defineParameterType({
  name: 'indices',
  regexp: /-?\d+(?:(?:, | and )-?\d+)*/,
  transformer: (text: string) => text.split(/, | and /).map(Number),
});

defineParameterType({ name: 'state', regexp: oneOf(Object.keys(states)) });

defineParameterType({ name: 'fault', regexp: oneOf(Object.keys(faults)) });
