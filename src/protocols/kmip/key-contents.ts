import {
  field,
  textAt,
  usesOf,
  type Conversation,
  type Fields,
  type KnownObject,
  type MessageName,
} from '#models/kmip/index.ts';
import { materials } from './cases/materials.ts';

const key256 = '603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4';

const gcm = { BlockCipherMode: 'GCM', RandomIV: true, TagLength: 16 };
const digest = { HashingAlgorithm: 'SHA_256' };

function known(about: Fields, mask: string, format: string, KeyMaterial: string): Fields {
  const KeyValue = { KeyMaterial };
  return {
    Attributes: { ...about, CryptographicUsageMask: mask },
    SymmetricKey: { KeyBlock: { KeyFormatType: format, KeyValue, ...about } },
  };
}

const symmetric = (algorithm: string, mask: string): Fields => {
  const about = { CryptographicAlgorithm: algorithm, CryptographicLength: 256 };
  return { ObjectType: 'SymmetricKey', ...known(about, mask, 'Raw', key256) };
};

const ofRsa = {
  PaddingMethod: 'PKCS1V1_5',
  HashingAlgorithm: 'SHA_256',
  CryptographicAlgorithm: 'RSA',
};
const ofCurves = { DigitalSignatureAlgorithm: 'ECDSAWithSHA256' };

const rsaKey = (): Fields => {
  const about = { CryptographicAlgorithm: 'RSA', CryptographicLength: 1024 };
  const { Attributes, SymmetricKey } = known(about, 'Sign', 'PKCS_8', materials.rsaPkcs8);
  return { ObjectType: 'PrivateKey', Attributes, PrivateKey: SymmetricKey };
};

/** Keys that a client knows, each with one use of it: what comes of it can be worked out. */
export const knownKeys: readonly {
  readonly register: Fields;
  readonly use: readonly [operation: string, payload: Fields];
}[] = [
  {
    register: symmetric('AES', 'Encrypt|Decrypt'),
    use: ['Encrypt', { CryptographicParameters: gcm, Data: '00112233' }],
  },
  {
    register: symmetric('HMAC_SHA256', 'MACGenerate|MACVerify'),
    use: ['MAC', { CryptographicParameters: digest, Data: '00112233' }],
  },
  { register: rsaKey(), use: ['Sign', { CryptographicParameters: ofRsa, Data: '00112233' }] },
];

/** A use of the private key of an elliptic pair. */
export const ellipticUse = [
  'Sign',
  { CryptographicParameters: ofCurves, Data: '00112233' },
] as const satisfies readonly [string, Fields];

/** What a server makes a key for MACs of. */
export const macKey: Fields = {
  CryptographicAlgorithm: 'HMAC_SHA256',
  CryptographicLength: 256,
  CryptographicUsageMask: 'MACGenerate|MACVerify',
};

/** Whether a key can be used for something, as far as one knows. */
export function isFor(use: string, ...types: readonly string[]) {
  return (object: KnownObject): boolean => {
    const { states, type } = object;
    const isFit = types.includes(type ?? '') && usesOf(object)?.includes(use) !== false;
    return isFit && isActive(states);
  };
}

function isActive(states: KnownObject['states']): boolean {
  return states.length === 1 && states[0] === 'Active';
}

/** Payloads that use keys as they can be, and give back to the server what it made of that. */
export function givenBack(message: MessageName, { world }: Conversation): readonly Fields[] {
  const { objects } = world;
  const user = (operation: string) =>
    objects.findLast(({ used, states }) => used?.[operation] !== undefined && isActive(states));
  const Data = '00112233';
  switch (message) {
    case 'encrypt': {
      const key = objects.findLast(isFor('Encrypt', 'SymmetricKey'));
      if (key === undefined) return [];
      return [{ UniqueIdentifier: key.id, CryptographicParameters: gcm, Data }];
    }
    case 'sign': {
      const key = objects.findLast(isFor('Sign', 'PrivateKey'));
      if (key === undefined) return [];
      const isRsa = textAt(key.attributes, 'CryptographicAlgorithm') === 'RSA';
      return [
        { UniqueIdentifier: key.id, CryptographicParameters: isRsa ? ofRsa : ofCurves, Data },
      ];
    }
    case 'decrypt':
      return opened(user('Encrypt'));
    case 'macVerify':
      return proven(user('MAC'), user('MAC'), ['MAC', 'MACData']);
    case 'signatureVerify': {
      /** The halves of a pair come together, the private one first. */
      const place = objects.findLastIndex(
        ({ used }, at) => used?.['Sign'] !== undefined && objects[at + 1]?.type === 'PublicKey',
      );
      return place < 0 ? [] : proven(objects[place + 1], objects[place], ['Sign', 'SignatureData']);
    }
    default:
      return [];
  }
}

function opened(object: KnownObject | undefined): readonly Fields[] {
  const use = object?.used?.['Encrypt'];
  if (object === undefined || use === undefined) return [];
  const { asked, told } = use;
  const Data = textAt(told, 'Data');
  const tag = textAt(told, 'AuthenticatedEncryptionTag');
  if (Data === null || Data === '') return [];
  const iv = field(told, 'IVCounterNonce') ?? field(asked, 'IVCounterNonce');
  const additional = field(asked, 'AuthenticatedEncryptionAdditionalData');
  const open = (changed: Fields): Fields =>
    present({
      UniqueIdentifier: object.id,
      CryptographicParameters: field(asked, 'CryptographicParameters'),
      Data,
      IVCounterNonce: iv,
      AuthenticatedEncryptionAdditionalData: additional,
      AuthenticatedEncryptionTag: tag ?? undefined,
      ...changed,
    });
  const changed = tag === null ? [] : [open({ AuthenticatedEncryptionTag: flipped(tag) })];
  return [open({}), ...changed, open({ Data: flipped(Data) })];
}

function proven(
  object: KnownObject | undefined,
  maker: KnownObject | undefined,
  [operation, name]: readonly [operation: string, name: string],
): readonly Fields[] {
  const use = maker?.used?.[operation];
  const proof = textAt(use?.told, name);
  if (object === undefined || use === undefined || proof === null || proof === '') return [];
  const Data = textAt(use.asked, 'Data') ?? '';
  const prove = (data: string): Fields =>
    present({
      UniqueIdentifier: object.id,
      CryptographicParameters: field(use.asked, 'CryptographicParameters'),
      Data: data,
      [name]: proof,
    });
  return [prove(Data), prove(`${Data}00`)];
}

/** Without the fields that are not there. */
function present(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** The first byte of some hexadecimal digits changed. */
function flipped(digits: string): string {
  const byte = Number.parseInt(digits.slice(0, 2), 16) ^ 1;
  return byte.toString(16).padStart(2, '0') + digits.slice(2);
}
