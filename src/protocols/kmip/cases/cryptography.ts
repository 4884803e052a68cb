import { field, isFields, requirements, type Fields } from '#models/kmip/index.ts';
import { rowsOf, table, type KmipCase, type KmipPlayer, type Row } from './case.ts';
import { materials } from './materials.ts';
import { ask, create, createActive, idsOf, made, payloadIn, readState } from './saying.ts';

const { decryptReturns, encryptRight, tamperedRefused, signatureRight, signatureVerified } =
  requirements;
const { macRight, macVerified, hashRight, randomFresh, randomLength, usageMaskKept } = requirements;
const { stateAllowsUse } = requirements;

const text = Buffer.from('a text of several blocks, which is not a multiple of sixteen').toString(
  'hex',
);
const blocks = '00112233445566778899aabbccddeeff'.repeat(3);

/** How a key of AES encrypts: its parameters, and an initialization vector where one is given. */
interface Mode {
  readonly parameters: Fields;
  readonly iv?: string;
  readonly data: string;
  readonly more?: Fields;
}

const iv16 = '000102030405060708090a0b0c0d0e0f';
const iv12 = '000102030405060708090a0b';

const modes: Readonly<Record<string, Mode>> = {
  ecb: { parameters: { BlockCipherMode: 'ECB', PaddingMethod: 'None' }, data: blocks },
  'ecb-padded': { parameters: { BlockCipherMode: 'ECB', PaddingMethod: 'PKCS5' }, data: text },
  cbc: { parameters: { BlockCipherMode: 'CBC', PaddingMethod: 'None' }, iv: iv16, data: blocks },
  'cbc-padded': {
    parameters: { BlockCipherMode: 'CBC', PaddingMethod: 'PKCS5' },
    iv: iv16,
    data: text,
  },
  'cbc-padded-empty': {
    parameters: { BlockCipherMode: 'CBC', PaddingMethod: 'PKCS5' },
    iv: iv16,
    data: '',
  },
  'cbc-random-iv': {
    parameters: { BlockCipherMode: 'CBC', PaddingMethod: 'PKCS5', RandomIV: true },
    data: text,
  },
  ctr: { parameters: { BlockCipherMode: 'CTR' }, iv: iv16, data: text },
  cfb: { parameters: { BlockCipherMode: 'CFB' }, iv: iv16, data: text },
  ofb: { parameters: { BlockCipherMode: 'OFB' }, iv: iv16, data: text },
  gcm: { parameters: { BlockCipherMode: 'GCM', TagLength: 16 }, iv: iv12, data: text },
  'gcm-additional-data': {
    parameters: { BlockCipherMode: 'GCM', TagLength: 16 },
    iv: iv12,
    data: text,
    more: { AuthenticatedEncryptionAdditionalData: 'feedface' },
  },
  'gcm-random-iv': {
    parameters: { BlockCipherMode: 'GCM', RandomIV: true, IVLength: 12, TagLength: 16 },
    data: text,
  },
  'gcm-empty': {
    parameters: { BlockCipherMode: 'GCM', TagLength: 16 },
    iv: iv12,
    data: '',
    more: { AuthenticatedEncryptionAdditionalData: '00' },
  },
};

/** Encrypts, and gives what is needed to decrypt; `null` where the server does not do that. */
async function encrypt(player: KmipPlayer, id: string, mode: Mode): Promise<Fields | null> {
  const { parameters, iv, data, more = {} } = mode;
  const answer = payloadIn(
    await ask(player, 'Encrypt', {
      UniqueIdentifier: id,
      CryptographicParameters: parameters,
      Data: data,
      ...(iv === undefined ? {} : { IVCounterNonce: iv }),
      ...more,
    }),
  );
  const Data = field(answer, 'Data');
  if (typeof Data !== 'string') return null;
  const IVCounterNonce = field(answer, 'IVCounterNonce') ?? iv;
  const AuthenticatedEncryptionTag = field(answer, 'AuthenticatedEncryptionTag');
  return {
    UniqueIdentifier: id,
    CryptographicParameters: parameters,
    Data,
    ...(IVCounterNonce === undefined ? {} : { IVCounterNonce }),
    ...more,
    ...(AuthenticatedEncryptionTag === undefined ? {} : { AuthenticatedEncryptionTag }),
  };
}

/** The first byte of some hexadecimal digits changed. */
function flipped(digits: unknown): string {
  if (typeof digits !== 'string' || digits === '') return '00';
  const byte = Number.parseInt(digits.slice(0, 2), 16) ^ 1;
  return byte.toString(16).padStart(2, '0') + digits.slice(2);
}

/** What is altered of something that was encrypted with GCM. */
const altered: Readonly<Record<string, (sealed: Fields) => Fields>> = {
  tag: (sealed) => ({
    ...sealed,
    AuthenticatedEncryptionTag: flipped(sealed['AuthenticatedEncryptionTag']),
  }),
  data: (sealed) => ({ ...sealed, Data: flipped(sealed['Data']) }),
  'additional-data': (sealed) => ({
    ...sealed,
    AuthenticatedEncryptionAdditionalData: 'feedfacf',
  }),
  nonce: (sealed) => ({ ...sealed, IVCounterNonce: flipped(sealed['IVCounterNonce']) }),
};

const key256 = '603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4';

/** The payload of Register for an AES key that is known here. */
function knownKey(mask = 'Encrypt|Decrypt', algorithm = 'AES'): Fields {
  const about = { CryptographicAlgorithm: algorithm, CryptographicLength: 256 };
  return {
    ObjectType: 'SymmetricKey',
    Attributes: { ...about, CryptographicUsageMask: mask },
    SymmetricKey: {
      KeyBlock: { KeyFormatType: 'Raw', KeyValue: { KeyMaterial: key256 }, ...about },
    },
  };
}

async function registerActive(player: KmipPlayer, payload: Fields): Promise<string> {
  const id = await made(player, ['Register', payload]);
  await ask(player, 'Activate', { UniqueIdentifier: id });
  return id;
}

interface Signing {
  readonly parameters: Fields;
  readonly pair: Fields;
}

const rsaPair: Fields = { CryptographicAlgorithm: 'RSA', CryptographicLength: 2048 };
const ecPair: Fields = {
  CryptographicAlgorithm: 'EC',
  CryptographicDomainParameters: { RecommendedCurve: 'P_256' },
};

const signings: Readonly<Record<string, Signing>> = {
  'rsa-pkcs-1.5': {
    pair: rsaPair,
    parameters: {
      PaddingMethod: 'PKCS1V1_5',
      HashingAlgorithm: 'SHA_256',
      CryptographicAlgorithm: 'RSA',
    },
  },
  'rsa-pss': {
    pair: rsaPair,
    parameters: {
      PaddingMethod: 'PSS',
      HashingAlgorithm: 'SHA_256',
      CryptographicAlgorithm: 'RSA',
    },
  },
  ecdsa: {
    pair: ecPair,
    parameters: { DigitalSignatureAlgorithm: 'ECDSAWithSHA256' },
  },
};

interface Pair {
  readonly privateId: string;
  readonly publicId: string;
}

async function activePair(player: KmipPlayer, pair: Fields): Promise<Pair | null> {
  const before = idsOf(player);
  await ask(player, 'CreateKeyPair', {
    CommonAttributes: pair,
    PrivateKeyAttributes: { CryptographicUsageMask: 'Sign' },
    PublicKeyAttributes: { CryptographicUsageMask: 'Verify' },
  });
  const [privateId, publicId] = idsOf(player).filter((id) => !before.includes(id));
  if (privateId === undefined || publicId === undefined) return null;
  await ask(player, 'Activate', { UniqueIdentifier: privateId });
  await ask(player, 'Activate', { UniqueIdentifier: publicId });
  return { privateId, publicId };
}

/** Signs, and has it verified: as it is, of other data, and altered. */
async function signAndVerify(player: KmipPlayer, { pair, parameters }: Signing): Promise<void> {
  const ids = await activePair(player, pair);
  if (ids === null) return;
  const CryptographicParameters = parameters;
  const signed = payloadIn(
    await ask(player, 'Sign', {
      UniqueIdentifier: ids.privateId,
      CryptographicParameters,
      Data: text,
    }),
  );
  const SignatureData = field(signed, 'SignatureData');
  if (typeof SignatureData !== 'string') return;
  const verify = { UniqueIdentifier: ids.publicId, CryptographicParameters };
  await ask(player, 'SignatureVerify', { ...verify, Data: text, SignatureData });
  await ask(player, 'SignatureVerify', { ...verify, Data: blocks, SignatureData });
  const middle = (SignatureData.length >> 2) << 1;
  const other = SignatureData.slice(0, middle) + flipped(SignatureData.slice(middle));
  await ask(player, 'SignatureVerify', { ...verify, Data: text, SignatureData: other });
}

const macs: Readonly<Record<string, string>> = {
  'hmac-sha-256': 'HMAC_SHA256',
  'hmac-sha-384': 'HMAC_SHA384',
  'hmac-sha-512': 'HMAC_SHA512',
  'hmac-sha-1': 'HMAC_SHA1',
};

async function macAndVerify(player: KmipPlayer, CryptographicAlgorithm: string): Promise<void> {
  const payload = knownKey('MACGenerate|MACVerify', CryptographicAlgorithm);
  const UniqueIdentifier = await registerActive(player, payload);
  const CryptographicParameters = { CryptographicAlgorithm };
  const about = { UniqueIdentifier, CryptographicParameters };
  const answer = payloadIn(await ask(player, 'MAC', { ...about, Data: text }));
  const MACData = field(answer, 'MACData');
  if (typeof MACData !== 'string') return;
  await ask(player, 'MACVerify', { ...about, Data: text, MACData });
  await ask(player, 'MACVerify', { ...about, Data: blocks, MACData });
  await ask(player, 'MACVerify', { ...about, Data: text, MACData: flipped(MACData) });
}

// prettier-ignore
const hashes = [
  'MD5', 'SHA_1', 'SHA_224', 'SHA_256', 'SHA_384', 'SHA_512', 'SHA3_256', 'SHA3_512', 'SHA_512_256',
];

const lengths: Readonly<Record<string, number>> = {
  'of-1': 1,
  'of-16': 16,
  'of-32': 32,
  'of-255': 255,
  'of-256': 256,
  'of-4096': 4096,
  'of-0': 0,
  'of-less': -1,
  'of-2-gigabytes': 2 ** 31 - 1,
};

const uses: Readonly<Record<string, readonly [mask: string, operation: string, more: Fields]>> = {
  'encrypt-with-decrypt-only': ['Decrypt', 'Encrypt', { Data: blocks }],
  'decrypt-with-encrypt-only': ['Encrypt', 'Decrypt', { Data: blocks, IVCounterNonce: iv16 }],
  'encrypt-with-mac-only': ['MACGenerate', 'Encrypt', { Data: blocks }],
  'encrypt-with-none': ['', 'Encrypt', { Data: blocks }],
  'mac-with-encrypt-only': ['Encrypt|Decrypt', 'MAC', { Data: blocks }],
  'mac-verify-with-mac-only': ['MACGenerate', 'MACVerify', { Data: blocks, MACData: '00' }],
  'sign-with-encrypt-only': ['Encrypt|Decrypt', 'Sign', { Data: blocks }],
};

const ecb = { BlockCipherMode: 'ECB', PaddingMethod: 'None' };

const rows: Readonly<Record<string, Row>> = {
  ...rowsOf(
    modes,
    (mode, name) => ({
      title: `Decrypt returns what was encrypted: ${name.replaceAll('-', ' ')}`,
      covers: [decryptReturns, encryptRight],
      play: async (player) => {
        const id = await createActive(player);
        const sealed = await encrypt(player, id, mode);
        if (sealed !== null) await ask(player, 'Decrypt', sealed);
      },
    }),
    'decrypts-',
  ),
  ...rowsOf(
    modes,
    (mode, name) => ({
      title: `A key that is known encrypts as its algorithm says: ${name.replaceAll('-', ' ')}`,
      covers: [encryptRight, decryptReturns],
      play: async (player) => {
        const id = await registerActive(player, knownKey());
        const sealed = await encrypt(player, id, mode);
        if (sealed !== null) await ask(player, 'Decrypt', sealed);
      },
    }),
    'known-key-',
  ),
  ...rowsOf(
    altered,
    (change, name) => ({
      title: `What was altered is not decrypted: ${name.replaceAll('-', ' ')}`,
      covers: [tamperedRefused, decryptReturns],
      play: async (player) => {
        const id = await createActive(player);
        const mode = modes['gcm-additional-data'];
        const sealed = mode === undefined ? null : await encrypt(player, id, mode);
        if (sealed === null) return;
        await ask(player, 'Decrypt', change(sealed));
        await ask(player, 'Decrypt', sealed);
      },
    }),
    'altered-',
  ),
  ...rowsOf(
    signings,
    (signing, name) => ({
      title: `A signature is valid, and no other is: ${name.replaceAll('-', ' ')}`,
      covers: [signatureRight, signatureVerified],
      play: (player) => signAndVerify(player, signing),
    }),
    'signs-',
  ),
  ...rowsOf(
    macs,
    (algorithm, name) => ({
      title: `A MAC is that of the key, and no other is: ${name.replaceAll('-', ' ')}`,
      covers: [macRight, macVerified],
      play: (player) => macAndVerify(player, algorithm),
    }),
    'macs-',
  ),
  ...rowsOf(
    Object.fromEntries(hashes.map((name) => [name.toLowerCase().replaceAll('_', '-'), name])),
    (HashingAlgorithm, name) => ({
      title: `A hash is that of its algorithm: ${name}`,
      covers: [hashRight],
      play: async (player) => {
        const CryptographicParameters = { HashingAlgorithm };
        for (const Data of ['', '616263', text]) {
          await ask(player, 'Hash', { CryptographicParameters, Data });
        }
      },
    }),
    'hashes-',
  ),
  ...rowsOf(
    lengths,
    (DataLength, name) => ({
      title: `Random bytes are as many as asked for, and fresh: ${name.replaceAll('-', ' ')}`,
      covers: [randomLength, randomFresh],
      play: async (player) => {
        await ask(player, 'RNGRetrieve', { DataLength });
        await ask(player, 'RNGRetrieve', { DataLength });
      },
    }),
    'random-',
  ),
  ...rowsOf(
    uses,
    ([mask, operation, more], name) => ({
      title: `A key is used only as its mask allows: ${name.replaceAll('-', ' ')}`,
      covers: [usageMaskKept],
      play: async (player) => {
        const id = await createActive(player, { CryptographicUsageMask: mask });
        await ask(player, operation, {
          UniqueIdentifier: id,
          CryptographicParameters: ecb,
          ...more,
        });
        await readState(player, id);
      },
    }),
    'mask-',
  ),
  'random-on-two-connections': {
    title: 'Random bytes are fresh on every connection',
    covers: [randomFresh],
    play: async (player) => {
      await ask(player, 'RNGRetrieve', { DataLength: 32 });
      await player.reconnect();
      await ask(player, 'RNGRetrieve', { DataLength: 32 });
    },
  },
  'random-nonces': {
    title: 'Nonces that the server chooses are fresh',
    covers: [randomFresh, encryptRight],
    play: async (player) => {
      const id = await createActive(player);
      const mode = modes['gcm-random-iv'];
      for (let count = 0; mode !== undefined && count < 4; count += 1) {
        await encrypt(player, id, mode);
      }
    },
  },
  'decrypt-when-deactivated': {
    title: 'A deactivated key encrypts nothing any more',
    covers: [stateAllowsUse],
    play: async (player) => {
      const id = await createActive(player);
      const mode = modes['ecb'];
      const sealed = mode === undefined ? null : await encrypt(player, id, mode);
      await ask(player, 'Revoke', {
        UniqueIdentifier: id,
        RevocationReason: { RevocationReasonCode: 'CessationOfOperation' },
      });
      if (mode !== undefined) await encrypt(player, id, mode);
      if (sealed !== null) await ask(player, 'Decrypt', sealed);
    },
  },
  'encrypt-before-active': {
    title: 'A key that is not Active encrypts nothing',
    covers: [stateAllowsUse],
    play: async (player) => {
      const id = await create(player);
      const mode = modes['ecb'];
      if (mode !== undefined) await encrypt(player, id, mode);
    },
  },
  'sign-with-key-of-client': {
    title: 'A private key that was registered signs as its public key says',
    covers: [signatureRight, signatureVerified],
    play: async (player) => {
      const about = { CryptographicAlgorithm: 'RSA', CryptographicLength: 1024 };
      const register = (type: string, format: string, KeyMaterial: string, mask: string) =>
        registerActive(player, {
          ObjectType: type,
          Attributes: { ...about, CryptographicUsageMask: mask },
          [type]: { KeyBlock: { KeyFormatType: format, KeyValue: { KeyMaterial }, ...about } },
        });
      const id = await register('PrivateKey', 'PKCS_8', materials.rsaPkcs8, 'Sign');
      const other = await register('PublicKey', 'X_509', materials.rsaPublicX509, 'Verify');
      const CryptographicParameters = signings['rsa-pkcs-1.5']?.parameters;
      const signed = payloadIn(
        await ask(player, 'Sign', { UniqueIdentifier: id, CryptographicParameters, Data: text }),
      );
      if (!isFields(signed) || typeof signed['SignatureData'] !== 'string') return;
      await ask(player, 'SignatureVerify', {
        UniqueIdentifier: other,
        CryptographicParameters,
        Data: text,
        SignatureData: signed['SignatureData'],
      });
    },
  },
};

/** What is computed with keys, and without. */
export const cryptographyCases: readonly KmipCase[] = table(
  'cryptography',
  { against: 'server' },
  rows,
);
