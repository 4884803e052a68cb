import { all, field, isFields, itemsOf, requirements, type Fields } from '#models/kmip/index.ts';
import type { Mutant } from '#src/contract/side.ts';
import { eachItem, inHeader, without } from '../altered.ts';
import { askedOf, payloadOf, serverMutant } from './mutant.ts';
import { onlyId, pretending } from './pretending.ts';

/** The attributes of Get Attributes changed. */
function inAttributes(change: (attributes: Fields) => Fields) {
  return payloadOf('GetAttributes', (payload) => {
    const attributes = payload['Attributes'];
    return { ...payload, Attributes: change(isFields(attributes) ? attributes : {}) };
  });
}

/** An attribute with another value, where it is told. */
const telling = (name: string, value: unknown) =>
  inAttributes((attributes) =>
    name in attributes ? { ...attributes, [name]: value } : attributes,
  );

/** An operation does not take its object from the ID Placeholder. */
const unplaced = (operation: string) =>
  askedOf(operation, (payload) => ({ UniqueIdentifier: 'none', ...payload }));

/** Servers that tell less than they know, or other than it is. */
export const serverToldMutants: readonly Mutant[] = [
  serverMutant({
    id: 'server-time-zero',
    title: 'says 1970 in every header',
    breaks: requirements.timeStampTrue,
    shortest: 2,
    tells: inHeader((header) => ({ ...header, TimeStamp: 0 })),
  }),
  serverMutant({
    id: 'server-initial-date-zero',
    title: 'says that every object was made in 1970',
    breaks: requirements.datesTold,
    shortest: 4,
    tells: telling('InitialDate', 0),
  }),
  serverMutant({
    id: 'server-digest-other',
    title: 'tells another Digest of every object',
    breaks: requirements.digestRight,
    shortest: 4,
    tells: inAttributes(({ Digest, ...attributes }) =>
      isFields(Digest)
        ? { ...attributes, Digest: { ...Digest, DigestValue: '5a'.repeat(32) } }
        : attributes,
    ),
  }),
  serverMutant({
    id: 'server-always-fresh',
    title: 'says that every object is Fresh',
    breaks: requirements.freshUntilServed,
    shortest: 6,
    tells: telling('Fresh', true),
  }),
  serverMutant({
    id: 'server-revocation-untold',
    title: 'does not tell for what reason an object was revoked',
    breaks: requirements.revocationTold,
    shortest: 6,
    tells: inAttributes((attributes) => without(attributes, 'RevocationReason')),
  }),
  serverMutant({
    id: 'server-compromise-undated',
    title: 'does not tell when an object was compromised',
    breaks: requirements.revocationTold,
    shortest: 6,
    tells: inAttributes((attributes) => without(attributes, 'CompromiseDate')),
  }),
  serverMutant({
    id: 'server-activation-undated',
    title: 'does not tell when an object was activated',
    breaks: requirements.stepsDated,
    shortest: 6,
    tells: inAttributes((attributes) => without(attributes, 'ActivationDate')),
  }),
  serverMutant({
    id: 'server-activation-date-changed',
    title: 'says that it changes the Activation Date of Active objects',
    breaks: requirements.activationDateFixed,
    shortest: 6,
    tells: pretending('ModifyAttribute', onlyId),
  }),
  serverMutant({
    id: 'server-keys-same',
    title: 'makes the same key each time',
    breaks: requirements.keysNew,
    shortest: 8,
    deep: true,
    tells: payloadOf('Get', (payload) => ({
      ...payload,
      SymmetricKey: {
        KeyBlock: {
          KeyFormatType: 'Raw',
          KeyValue: { KeyMaterial: '5a'.repeat(32) },
          CryptographicAlgorithm: 'AES',
          CryptographicLength: 256,
        },
      },
    })),
  }),
  serverMutant({
    id: 'server-sensitive-returned',
    title: 'returns keys that are sensitive',
    breaks: requirements.sensitiveKept,
    shortest: 4,
    tells: pretending('Get', ({ UniqueIdentifier }) => ({
      ObjectType: 'SymmetricKey',
      UniqueIdentifier,
      SymmetricKey: { KeyBlock: { KeyFormatType: 'Raw', KeyValue: { KeyMaterial: '5a' } } },
    })),
  }),
  serverMutant({
    id: 'server-form-other',
    title: 'returns keys as they are, whatever form is asked for',
    breaks: requirements.getAnswered,
    shortest: 4,
    asks: askedOf('Get', (payload) => without(payload, 'KeyFormatType')),
  }),
  serverMutant({
    id: 'server-check-allows',
    title: 'finds that everything holds that it checks',
    breaks: requirements.checkAnswered,
    shortest: 4,
    tells: pretending('Check', onlyId),
  }),
  serverMutant({
    id: 'server-located-more',
    title: 'counts one object more than Locate finds',
    breaks: requirements.locatedCounted,
    shortest: 4,
    tells: payloadOf('Locate', (payload) => ({
      LocatedItems: all(payload, 'UniqueIdentifier').length + 1,
      ...without(payload, 'LocatedItems'),
    })),
  }),
  serverMutant({
    id: 'server-offset-ignored',
    title: 'takes no notice of Offset Items',
    breaks: requirements.locateLimited,
    shortest: 4,
    asks: askedOf('Locate', (payload) => without(payload, 'OffsetItems')),
  }),
  serverMutant({
    id: 'server-versions-echoed',
    title: 'names every version that it is asked about',
    breaks: requirements.versionsAnswered,
    shortest: 4,
    tells: (response, request) => {
      const asked = all(field(itemsOf(request)[0], 'RequestPayload'), 'ProtocolVersion');
      return eachItem(
        (item) => item['Operation'] === 'DiscoverVersions' && asked.length > 0,
        (item) => ({ ...item, ResponsePayload: { ProtocolVersion: asked } }),
      )(response);
    },
  }),
  serverMutant({
    id: 'server-destroys-named-only',
    title: 'destroys no object that the ID Placeholder holds',
    breaks: requirements.destroyChanges,
    shortest: 2,
    asks: unplaced('Destroy'),
  }),
  serverMutant({
    id: 'server-encrypts-named-only',
    title: 'encrypts with no key that the ID Placeholder holds',
    breaks: requirements.placeholderUsed,
    shortest: 8,
    deep: true,
    asks: unplaced('Encrypt'),
  }),
  serverMutant({
    id: 'server-iv-untold',
    title: 'does not tell the IV that it has chosen',
    breaks: requirements.encryptRight,
    shortest: 6,
    tells: payloadOf('Encrypt', (payload) => without(payload, 'IVCounterNonce')),
  }),
  serverMutant({
    id: 'server-encrypts-too-late',
    title: 'encrypts behind the Protect Stop Date',
    breaks: requirements.datesAllowUse,
    shortest: 4,
    tells: pretending('Encrypt', ({ UniqueIdentifier, Data }) => ({ UniqueIdentifier, Data })),
  }),
  serverMutant({
    id: 'server-padding-unchecked',
    title: 'returns what it cannot take the padding from',
    breaks: requirements.decryptReturns,
    shortest: 8,
    deep: true,
    tells: pretending('Decrypt', ({ UniqueIdentifier, Data }) => ({
      UniqueIdentifier,
      Data,
    })),
  }),
];
