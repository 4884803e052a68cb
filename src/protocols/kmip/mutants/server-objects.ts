import { isFields, requirements } from '#models/kmip/index.ts';
import type { Mutant } from '#src/contract/side.ts';
import { without } from '../altered.ts';
import { askedOf, payloadOf, serverMutant } from './mutant.ts';
import { forgetting, onlyId, pretendingFor } from './pretending.ts';

const wrongState = ['WrongKeyLifecycleState'];

/** Servers that treat objects wrong in one place. */
export const serverObjectMutants: readonly Mutant[] = [
  serverMutant({
    id: 'server-type-other',
    title: 'says that Create made secret data',
    breaks: requirements.createAnswered,
    shortest: 2,
    tells: payloadOf('Create', (payload) => ({ ...payload, ObjectType: 'SecretData' })),
  }),
  serverMutant({
    id: 'server-identifier-same',
    title: 'gives every object the same identifier',
    breaks: requirements.identifiersNew,
    shortest: 4,
    tells: payloadOf('Create', (payload) => ({ ...payload, UniqueIdentifier: 'key' })),
  }),
  serverMutant({
    id: 'server-identifier-other',
    title: 'answers Get Attributes with another identifier',
    breaks: requirements.identifierEchoed,
    shortest: 4,
    tells: payloadOf('GetAttributes', (payload) => ({ ...payload, UniqueIdentifier: 'other' })),
  }),
  serverMutant({
    id: 'server-activates-anything',
    title: 'activates what is not Pre-Active',
    breaks: requirements.activateChanges,
    shortest: 6,
    tells: pretendingFor('Activate', wrongState, onlyId),
  }),
  serverMutant({
    id: 'server-activate-forgets',
    title: 'answers Activate and does nothing',
    breaks: requirements.stateTold,
    shortest: 6,
    ...forgetting('Activate'),
  }),
  serverMutant({
    id: 'server-revokes-anything',
    title: 'revokes what is not Active',
    breaks: requirements.revokeChanges,
    shortest: 4,
    tells: pretendingFor('Revoke', wrongState, onlyId),
  }),
  serverMutant({
    id: 'server-compromise-missed',
    title: 'takes a compromise for another reason',
    breaks: requirements.stateTold,
    shortest: 8,
    deep: true,
    asks: askedOf('Revoke', (payload) => ({
      ...payload,
      RevocationReason: { RevocationReasonCode: 'Superseded' },
    })),
  }),
  serverMutant({
    id: 'server-destroys-active',
    title: 'says that it destroys Active objects',
    breaks: requirements.activeNotDestroyed,
    shortest: 6,
    tells: pretendingFor('Destroy', wrongState, onlyId),
  }),
  serverMutant({
    id: 'server-state-always-active',
    title: 'says Active of every object',
    breaks: requirements.stateTold,
    shortest: 4,
    tells: payloadOf('GetAttributes', (payload) => {
      const attributes = payload['Attributes'];
      if (!isFields(attributes) || !('State' in attributes)) return payload;
      return { ...payload, Attributes: { ...attributes, State: 'Active' } };
    }),
  }),
  serverMutant({
    id: 'server-get-without-key',
    title: 'answers Get without the key',
    breaks: requirements.getAnswered,
    shortest: 4,
    tells: payloadOf('Get', (payload) => without(payload, 'SymmetricKey')),
  }),
  serverMutant({
    id: 'server-get-destroyed',
    title: 'answers Get with a key that is destroyed',
    breaks: requirements.destroyedIsGone,
    shortest: 6,
    tells: pretendingFor('Get', ['ObjectDestroyed'], ({ UniqueIdentifier }) => ({
      ObjectType: 'SymmetricKey',
      UniqueIdentifier,
      SymmetricKey: { KeyBlock: { KeyFormatType: 'Raw', KeyValue: { KeyMaterial: '00' } } },
    })),
  }),
  serverMutant({
    id: 'server-encrypts-inactive',
    title: 'encrypts with keys that are not Active',
    breaks: requirements.stateAllowsUse,
    shortest: 4,
    tells: pretendingFor('Encrypt', wrongState, ({ UniqueIdentifier }) => ({
      UniqueIdentifier,
      Data: '00',
    })),
  }),
  serverMutant({
    id: 'server-absent-served',
    title: 'activates objects that there are not',
    breaks: requirements.absentRefused,
    shortest: 2,
    tells: pretendingFor('Activate', ['ObjectNotFound'], onlyId),
  }),
];
