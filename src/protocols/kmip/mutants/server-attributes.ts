import { isFields, requirements, type Fields } from '#models/kmip/index.ts';
import type { Mutant } from '#src/contract/side.ts';
import { without } from '../altered.ts';
import { newServer } from '../operations/model/server.ts';
import { usualHabits } from '../operations/model/habits.ts';
import { payloadOf, askedOf, serverMutant } from './mutant.ts';
import { forgetting, onlyId, pretendingFor } from './pretending.ts';

/** The attributes of Get Attributes changed. */
function inAttributes(change: (attributes: Fields) => Fields) {
  return payloadOf('GetAttributes', (payload) => {
    const attributes = payload['Attributes'];
    return { ...payload, Attributes: change(isFields(attributes) ? attributes : {}) };
  });
}

/** Servers that keep attributes wrong in one place, or find objects wrong by them. */
export const serverAttributeMutants: readonly Mutant[] = [
  serverMutant({
    id: 'server-attribute-not-added',
    title: 'answers Add Attribute and does nothing',
    breaks: requirements.attributesTold,
    shortest: 6,
    ...forgetting('AddAttribute'),
  }),
  serverMutant({
    id: 'server-attribute-not-set',
    title: 'answers Set Attribute and does nothing',
    breaks: requirements.attributesTold,
    shortest: 6,
    ...forgetting('SetAttribute'),
  }),
  serverMutant({
    id: 'server-attribute-not-deleted',
    title: 'answers Delete Attribute and does nothing',
    breaks: requirements.attributeDeleted,
    shortest: 8,
    deep: true,
    ...forgetting('DeleteAttribute'),
  }),
  serverMutant({
    id: 'server-attribute-surplus',
    title: 'tells the type of every object, asked or not',
    breaks: requirements.attributesOnlyAsked,
    shortest: 4,
    tells: inAttributes((attributes) => ({ ...attributes, ObjectType: 'SymmetricKey' })),
  }),
  serverMutant({
    id: 'server-description-dropped',
    title: 'drops descriptions where all attributes are asked for',
    breaks: requirements.attributesTold,
    shortest: 4,
    tells: inAttributes(({ Description, ...attributes }) =>
      Object.keys(attributes).length > 2 ? attributes : { ...attributes, Description },
    ),
  }),
  serverMutant({
    id: 'server-length-of-other-type',
    title: 'tells the length of a key as a Long Integer',
    breaks: requirements.typesRight,
    shortest: 4,
    tells: inAttributes(({ CryptographicLength, ...attributes }) =>
      CryptographicLength === undefined
        ? attributes
        : {
            ...attributes,
            CryptographicLength: { type: 'LongInteger', value: CryptographicLength },
          },
    ),
  }),
  serverMutant({
    id: 'server-second-value-added',
    title: 'says that it adds a second value of what has one only',
    breaks: requirements.singleValuedNotAdded,
    shortest: 6,
    tells: pretendingFor('AddAttribute', ['AttributeSingleValued'], onlyId),
  }),
  serverMutant({
    id: 'server-read-only-set',
    title: 'says that it sets what only the server sets',
    breaks: requirements.readOnlyKept,
    shortest: 4,
    tells: pretendingFor('SetAttribute', ['AttributeReadOnly'], onlyId),
  }),
  serverMutant({
    id: 'server-absent-deleted',
    title: 'says that it deletes an attribute that is not there',
    breaks: requirements.absentAttributeRefused,
    shortest: 4,
    tells: pretendingFor('DeleteAttribute', ['AttributeNotFound'], onlyId),
  }),
  serverMutant({
    id: 'server-attribute-listed-twice',
    title: 'lists attributes twice',
    breaks: requirements.attributeListTold,
    shortest: 4,
    tells: payloadOf('GetAttributeList', (payload) => {
      const { AttributeReference } = payload;
      const names: readonly unknown[] = Array.isArray(AttributeReference) ? AttributeReference : [];
      return { ...payload, AttributeReference: [...names, ...names.slice(0, 1)] };
    }),
  }),
  serverMutant({
    id: 'server-names-shared',
    title: 'gives one Name to several objects',
    breaks: requirements.namesUnique,
    shortest: 6,
    memory: () => ({ server: newServer({ habits: { ...usualHabits, names: 'shared' } }) }),
  }),
  serverMutant({
    id: 'server-locate-everything',
    title: 'takes no notice of what Locate asks for',
    breaks: requirements.locateFinds,
    shortest: 4,
    asks: askedOf('Locate', (payload) => ({ ...payload, Attributes: {} })),
  }),
  serverMutant({
    id: 'server-locate-first-only',
    title: 'finds no more than one object',
    breaks: requirements.locateFinds,
    shortest: 6,
    tells: payloadOf('Locate', ({ UniqueIdentifier, ...payload }) => ({
      ...payload,
      UniqueIdentifier: Array.isArray(UniqueIdentifier) ? UniqueIdentifier[0] : UniqueIdentifier,
    })),
  }),
  serverMutant({
    id: 'server-locate-unlimited',
    title: 'takes no notice of Maximum Items',
    breaks: requirements.locateLimited,
    shortest: 6,
    asks: askedOf('Locate', (payload) => without(payload, 'MaximumItems')),
  }),
];
