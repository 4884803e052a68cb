import { requirements, type Fields } from '#models/kmip/index.ts';
import { rowsOf, table, type KmipCase, type KmipPlayer, type Row } from './case.ts';
import { keyBlock } from './kinds.ts';
import { ask, create, idsOf, made, payloadIn, readState } from './saying.ts';

const { usageMaskKept, macVerified, decryptReturns, datesAllowUse } = requirements;

const text = '54686520717569636b2062726f776e20666f78';
/** Sixteen bytes whose last one is no padding. */
const block = '000102030405060708090a0b0c0d0e00';

/** Registers a key that is known, and activates it. */
async function known(player: KmipPlayer, algorithm: string, mask: string): Promise<string> {
  const about = { CryptographicAlgorithm: algorithm, CryptographicLength: 256 };
  const digits = '603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4';
  const id = await made(player, [
    'Register',
    {
      ObjectType: 'SymmetricKey',
      Attributes: { ...about, CryptographicUsageMask: mask },
      SymmetricKey: keyBlock('Raw', digits, algorithm, 256),
    },
  ]);
  await ask(player, 'Activate', { UniqueIdentifier: id });
  return id;
}

const hmac = { CryptographicAlgorithm: 'HMAC_SHA256' };

async function macOf(player: KmipPlayer, id: string): Promise<unknown> {
  const asked = { UniqueIdentifier: id, CryptographicParameters: hmac, Data: text };
  return payloadIn(await ask(player, 'MAC', asked))['MACData'];
}

/** Parts of a MAC: none of them proves anything. */
const parts: Readonly<Record<string, (mac: string) => string>> = {
  'one-byte': (mac) => mac.slice(0, 2),
  'all-but-one-byte': (mac) => mac.slice(0, -2),
  'one-byte-more': (mac) => `${mac}00`,
  none: () => '',
};

const signing: Fields = {
  PaddingMethod: 'PKCS1V1_5',
  HashingAlgorithm: 'SHA_256',
  CryptographicAlgorithm: 'RSA',
};

const ecb = (PaddingMethod: string): Fields => ({ BlockCipherMode: 'ECB', PaddingMethod });

/** Uses a key that was activated long ago, and has another date. */
async function useDated(player: KmipPlayer, operation: string, date: Fields): Promise<void> {
  const UniqueIdentifier = await create(player, { ActivationDate: 1_605_916_800, ...date });
  await readState(player, UniqueIdentifier);
  const CryptographicParameters = ecb('None');
  await ask(player, operation, { UniqueIdentifier, CryptographicParameters, Data: block });
}

const rows: Readonly<Record<string, Row>> = {
  ...rowsOf(
    parts,
    (part, name) => ({
      title: `A MAC is valid as a whole only: ${name.replaceAll('-', ' ')}`,
      covers: [macVerified],
      play: async (player) => {
        const id = await known(player, 'HMAC_SHA256', 'MACGenerate|MACVerify');
        const mac = await macOf(player, id);
        if (typeof mac !== 'string') return;
        await ask(player, 'MACVerify', {
          UniqueIdentifier: id,
          CryptographicParameters: hmac,
          Data: text,
          MACData: part(mac),
        });
      },
    }),
    'mac-part-',
  ),
  'mask-mac-verify-without': {
    title: 'A key that only makes a MAC verifies none',
    covers: [usageMaskKept],
    play: async (player) => {
      const id = await known(player, 'HMAC_SHA256', 'MACGenerate');
      const MACData = (await macOf(player, id)) ?? '00'.repeat(32);
      await ask(player, 'MACVerify', {
        UniqueIdentifier: id,
        CryptographicParameters: hmac,
        Data: text,
        MACData,
      });
    },
  },
  'mask-mac-without': {
    title: 'A key that only verifies a MAC makes none',
    covers: [usageMaskKept],
    play: async (player) => {
      await macOf(player, await known(player, 'HMAC_SHA256', 'MACVerify'));
    },
  },
  'mask-pair-without-signing': {
    title: 'A key pair that is for encrypting signs and verifies nothing',
    covers: [usageMaskKept],
    play: async (player) => {
      await ask(player, 'CreateKeyPair', {
        CommonAttributes: { CryptographicAlgorithm: 'RSA', CryptographicLength: 2048 },
        PrivateKeyAttributes: { CryptographicUsageMask: 'Decrypt' },
        PublicKeyAttributes: { CryptographicUsageMask: 'Encrypt' },
      });
      const ids = idsOf(player);
      for (const UniqueIdentifier of ids) {
        await ask(player, 'Activate', { UniqueIdentifier });
        await readState(player, UniqueIdentifier);
      }
      const about = { CryptographicParameters: signing, Data: text };
      for (const UniqueIdentifier of ids) {
        await ask(player, 'Sign', { UniqueIdentifier, ...about });
        const SignatureData = '00'.repeat(256);
        await ask(player, 'SignatureVerify', { UniqueIdentifier, ...about, SignatureData });
      }
    },
  },
  'protect-stop-date-past': {
    title: 'A key encrypts nothing behind its Protect Stop Date',
    covers: [datesAllowUse],
    play: (player) => useDated(player, 'Encrypt', { ProtectStopDate: 1_637_452_800 }),
  },
  'process-start-date-future': {
    title: 'A key decrypts nothing before its Process Start Date',
    covers: [datesAllowUse],
    play: (player) => useDated(player, 'Decrypt', { ProcessStartDate: 32_503_680_000 }),
  },
  'padding-checked': {
    title: 'Data that are not padded as they should be are not decrypted',
    covers: [decryptReturns],
    play: async (player) => {
      const UniqueIdentifier = await known(player, 'AES', 'Encrypt|Decrypt');
      const Data = payloadIn(
        await ask(player, 'Encrypt', {
          UniqueIdentifier,
          CryptographicParameters: ecb('None'),
          Data: block,
        }),
      )['Data'];
      if (typeof Data !== 'string') return;
      await ask(player, 'Decrypt', {
        UniqueIdentifier,
        CryptographicParameters: ecb('PKCS5'),
        Data,
      });
    },
  },
};

/** What keys must not be used for, and what is no proof. */
export const maskCases: readonly KmipCase[] = table('cryptography', { against: 'server' }, rows);
