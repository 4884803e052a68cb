import { field, isFields, requirements, textAt, type Fields } from '#models/kmip/index.ts';
import type { Mutant } from '#src/contract/side.ts';
import { askedOf, payloadOf, serverMutant } from './mutant.ts';
import { pretendingFor } from './pretending.ts';

/** The first byte of some hexadecimal digits changed. */
function flipped(digits: unknown): unknown {
  if (typeof digits !== 'string' || digits === '') return digits;
  const byte = Number.parseInt(digits.slice(0, 2), 16) ^ 1;
  return byte.toString(16).padStart(2, '0') + digits.slice(2);
}

const always = (ValidityIndicator: string) => (payload: Fields) => ({
  ...payload,
  ValidityIndicator,
});

const nonce = '000102030405060708090a0b';

function isChosenHere(payload: Fields): boolean {
  return (
    field(payload['CryptographicParameters'], 'RandomIV') === true && !('IVCounterNonce' in payload)
  );
}

/** Servers that compute wrong in one place. */
export const serverCryptographyMutants: readonly Mutant[] = [
  serverMutant({
    id: 'server-encrypts-other',
    title: 'encrypts other data than it was given',
    breaks: requirements.encryptRight,
    shortest: 6,
    tells: payloadOf('Encrypt', (payload) => ({ ...payload, Data: flipped(payload['Data']) })),
  }),
  serverMutant({
    id: 'server-decrypts-other',
    title: 'changes the first byte of what it decrypts',
    breaks: requirements.decryptReturns,
    shortest: 8,
    deep: true,
    tells: payloadOf('Decrypt', (payload) => ({ ...payload, Data: flipped(payload['Data']) })),
  }),
  serverMutant({
    id: 'server-tag-unchecked',
    title: 'decrypts whatever the authentication tag',
    breaks: requirements.tamperedRefused,
    shortest: 8,
    deep: true,
    tells: pretendingFor('Decrypt', ['CryptographicFailure'], ({ UniqueIdentifier, Data }) => ({
      UniqueIdentifier,
      Data,
    })),
  }),
  serverMutant({
    id: 'server-signatures-all-valid',
    title: 'finds every signature valid',
    breaks: requirements.signatureVerified,
    shortest: 12,
    deep: true,
    tells: payloadOf('SignatureVerify', always('Valid')),
  }),
  serverMutant({
    id: 'server-signatures-all-invalid',
    title: 'finds no signature valid',
    breaks: requirements.signatureVerified,
    shortest: 10,
    deep: true,
    tells: payloadOf('SignatureVerify', always('Invalid')),
  }),
  serverMutant({
    id: 'server-signs-other',
    title: 'signs other data than it was given',
    breaks: requirements.signatureRight,
    shortest: 6,
    asks: askedOf('Sign', (payload) => ({ ...payload, Data: flipped(payload['Data']) })),
  }),
  serverMutant({
    id: 'server-mac-other',
    title: 'makes a MAC of other data',
    breaks: requirements.macRight,
    shortest: 6,
    asks: askedOf('MAC', (payload) => ({ ...payload, Data: `${textAt(payload, 'Data')}00` })),
  }),
  serverMutant({
    id: 'server-macs-all-valid',
    title: 'finds every MAC valid',
    breaks: requirements.macVerified,
    shortest: 10,
    deep: true,
    tells: payloadOf('MACVerify', always('Valid')),
  }),
  serverMutant({
    id: 'server-hash-other',
    title: 'takes SHA-1 for SHA-256',
    breaks: requirements.hashRight,
    shortest: 2,
    asks: askedOf('Hash', (payload) =>
      field(payload['CryptographicParameters'], 'HashingAlgorithm') === 'SHA_256'
        ? { ...payload, CryptographicParameters: { HashingAlgorithm: 'SHA_1' } }
        : payload,
    ),
  }),
  serverMutant({
    id: 'server-random-constant',
    title: 'gives the same random bytes each time',
    breaks: requirements.randomFresh,
    shortest: 4,
    tells: payloadOf('RNGRetrieve', (payload) => ({
      Data: '5a'.repeat((textAt(payload, 'Data')?.length ?? 0) / 2),
    })),
  }),
  serverMutant({
    id: 'server-random-longer',
    title: 'gives one random byte more than asked for',
    breaks: requirements.randomLength,
    shortest: 2,
    tells: payloadOf('RNGRetrieve', (payload) => ({ Data: `${textAt(payload, 'Data')}5a` })),
  }),
  serverMutant({
    id: 'server-nonce-repeated',
    title: 'chooses the same nonce each time',
    breaks: requirements.randomFresh,
    shortest: 8,
    deep: true,
    asks: askedOf('Encrypt', (payload) =>
      isChosenHere(payload)
        ? {
            UniqueIdentifier: payload['UniqueIdentifier'],
            CryptographicParameters: payload['CryptographicParameters'],
            Data: payload['Data'],
            IVCounterNonce: nonce,
          }
        : payload,
    ),
    tells: payloadOf('Encrypt', ({ UniqueIdentifier, Data, ...payload }) => {
      const said = { UniqueIdentifier, Data, IVCounterNonce: nonce };
      return isFields(payload) && 'IVCounterNonce' in payload
        ? { UniqueIdentifier, Data, ...payload }
        : { ...said, ...payload };
    }),
  }),
  serverMutant({
    id: 'server-mask-ignored',
    title: 'makes a MAC with a key that is for encrypting',
    breaks: requirements.usageMaskKept,
    shortest: 6,
    tells: pretendingFor('MAC', ['IncompatibleCryptographicUsageMask'], ({ UniqueIdentifier }) => ({
      UniqueIdentifier,
      MACData: '00',
    })),
  }),
];
