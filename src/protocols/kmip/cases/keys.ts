import { requirements, type Fields } from '#models/kmip/index.ts';
import { rowsOf, table, type KmipCase, type Row } from './case.ts';
import { ask, create, createActive, idsOf, made } from './saying.ts';

const { keysNew, createAnswered, getAnswered, checkAnswered, ttlvLengths } = requirements;

/** Lengths that keys of AES do not have. */
const lengths: Readonly<Record<string, number>> = {
  'aes-100': 100,
  'aes-129': 129,
  'aes-320': 320,
};

/** A modulus whose first bit is set, and one whose first bit is not: both are positive. */
const moduli: Readonly<Record<string, bigint>> = {
  'of-1024-bits': 2n ** 1024n - 105n,
  'of-1021-bits': 2n ** 1021n - 9n,
};

const ofRsa = (Modulus: bigint): Fields => {
  const about = { CryptographicAlgorithm: 'RSA', CryptographicLength: 1024 };
  const KeyMaterial = { Modulus, PublicExponent: 65_537n };
  return {
    ObjectType: 'PublicKey',
    Attributes: { ...about, CryptographicUsageMask: 'Verify' },
    PublicKey: {
      KeyBlock: { KeyFormatType: 'TransparentRSAPublicKey', KeyValue: { KeyMaterial }, ...about },
    },
  };
};

const UsageLimits = { UsageLimitsTotal: 1000, UsageLimitsUnit: 'Byte' };

const rows: Readonly<Record<string, Row>> = {
  ...rowsOf(
    lengths,
    (CryptographicLength, name) => ({
      title: `No key is made of a length that there is not: ${name.replaceAll('-', ' ')}`,
      covers: [createAnswered],
      play: (player) =>
        ask(player, 'Create', {
          ObjectType: 'SymmetricKey',
          Attributes: {
            CryptographicAlgorithm: 'AES',
            CryptographicLength,
            CryptographicUsageMask: 'Encrypt|Decrypt',
          },
        }),
    }),
    'not-created-',
  ),
  ...rowsOf(
    moduli,
    (modulus, name) => ({
      title: `A large number comes back as it was: a modulus ${name.replaceAll('-', ' ')}`,
      covers: [ttlvLengths, requirements.typesRight, requirements.getReturnsRegistered],
      play: async (player) => {
        const before = idsOf(player);
        await ask(player, 'Register', ofRsa(modulus));
        const id = idsOf(player).find((one) => !before.includes(one));
        if (id !== undefined) await ask(player, 'Get', { UniqueIdentifier: id });
      },
    }),
    'register-modulus-',
  ),
  'not-extractable-not-returned': {
    title: 'A key that is not extractable is not returned',
    covers: [requirements.sensitiveKept],
    play: async (player) => {
      const UniqueIdentifier = await create(player, { Extractable: false });
      await ask(player, 'Get', { UniqueIdentifier });
    },
  },
  'keys-differ': {
    title: 'Three keys that the server made are three different keys',
    covers: [keysNew, getAnswered],
    play: async (player) => {
      for (let count = 0; count < 3; count += 1) {
        await ask(player, 'Get', { UniqueIdentifier: await create(player) });
      }
    },
  },
  'check-more-than-limits': {
    title: 'Check does not allow more than the Usage Limits',
    covers: [checkAnswered],
    play: async (player) => {
      const UniqueIdentifier = await createActive(player, { UsageLimits });
      await ask(player, 'Check', { UniqueIdentifier, UsageLimitsCount: 10 });
      await ask(player, 'Check', { UniqueIdentifier, UsageLimitsCount: 5000 });
    },
  },
  'formats-of-a-public-key': {
    title: 'A public key is returned in the form asked for, or refused',
    covers: [getAnswered],
    play: async (player) => {
      await made(player, [
        'CreateKeyPair',
        {
          CommonAttributes: { CryptographicAlgorithm: 'RSA', CryptographicLength: 2048 },
          PrivateKeyAttributes: { CryptographicUsageMask: 'Sign' },
          PublicKeyAttributes: { CryptographicUsageMask: 'Verify' },
        },
      ]);
      for (const UniqueIdentifier of idsOf(player)) {
        for (const KeyFormatType of ['PKCS_1', 'X_509', 'TransparentRSAPublicKey']) {
          await ask(player, 'Get', { UniqueIdentifier, KeyFormatType });
        }
      }
    },
  },
};

/** Keys of the server's own, and of forms that are rare. */
export const keyCases: readonly KmipCase[] = table('objects', { against: 'server' }, rows);
