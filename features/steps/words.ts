import { defineParameterType } from '@cucumber/cucumber';
import { protocols } from '#src/index.ts';
import { faults } from '../support/faults.ts';
import { oddTexts } from '../support/json-rpc.ts';
import { jsonForms, streamFaults, ttlvFaults } from '../support/kmip-texts.ts';
import { namesOf } from '../support/names.ts';
import { troubles } from '../support/optics.ts';
import { pushes } from '../support/pushes.ts';
import { states } from '../support/states.ts';

const oneOf = (words: readonly string[]) => new RegExp(words.join('|'));

const sides = [...new Set(protocols.flatMap(({ model }) => model.sides))];

defineParameterType({
  name: 'side',
  regexp: oneOf(sides.flatMap(namesOf)),
  transformer: (name: string) => sides.find((side) => namesOf(side).includes(name)) ?? name,
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

defineParameterType({ name: 'push', regexp: oneOf(Object.keys(pushes)) });

defineParameterType({ name: 'oddText', regexp: oneOf(Object.keys(oddTexts)) });

defineParameterType({ name: 'trouble', regexp: oneOf(Object.keys(troubles)) });

/** `Get Attributes`, `Pre-Active`: what KMIP has a name for. */
defineParameterType({ name: 'named', regexp: /[A-Z][\w-]+(?: [A-Z]\w+)*/ });

/** `Activate of the key`: an operation, and what it is about. */
defineParameterType({
  name: 'act',
  regexp: /([A-Z]\w+(?: [A-Z]\w+)*) of (the (?:key|(?:private|public) key|ID Placeholder)|nobody)/,
  transformer: (operation: string, object: string) => ({ operation, object }),
});

/** `Success, Operation Failed`. */
defineParameterType({
  name: 'results',
  regexp: /[A-Z]\w+ ?[A-Z]?\w*(?:, [A-Z]\w+ ?[A-Z]?\w*)*/,
  transformer: (text: string) => text.split(', '),
});

defineParameterType({
  name: 'object',
  regexp: /the (?:key|(?:first|second|private|public) key|ID Placeholder)|nobody/,
});

defineParameterType({ name: 'ttlvFault', regexp: oneOf(Object.keys(ttlvFaults)) });

defineParameterType({ name: 'streamFault', regexp: oneOf(Object.keys(streamFaults)) });

defineParameterType({ name: 'jsonForm', regexp: oneOf(Object.keys(jsonForms)) });
