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

const elliptic = (): Fields => {
  const about = { CryptographicAlgorithm: 'EC', CryptographicLength: 256 };
  const { Attributes, SymmetricKey } = known(about, 'Sign', 'PKCS_8', materials.ecPkcs8);
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
  { register: elliptic(), use: ['Sign', { CryptographicParameters: digest, Data: '00112233' }] },
];

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
    const isActive = states.length === 1 && states[0] === 'Active';
    return isActive && types.includes(type ?? '') && usesOf(object)?.includes(use) !== false;
  };
}

/** Payloads that give back to the server what it made: as it was, and changed. */
export function givenBack(message: MessageName, { world }: Conversation): readonly Fields[] {
  const { objects } = world;
  const user = (operation: string) =>
    objects.findLast(({ used }) => used?.[operation] !== undefined);
  switch (message) {
    case 'encrypt':
      return objects
        .filter(isFor('Encrypt', 'SymmetricKey'))
        .slice(-1)
        .map(({ id }) => ({
          UniqueIdentifier: id,
          CryptographicParameters: gcm,
          Data: '00112233',
        }));
    case 'decrypt':
      return opened(user('Encrypt'));
    case 'macVerify':
      return proven(user('MAC'), user('MAC'), ['MAC', 'MACData']);
    case 'signatureVerify': {
      const signer = user('Sign');
      const place = signer === undefined ? -1 : objects.indexOf(signer) + 1;
      return proven(objects[place], signer, ['Sign', 'SignatureData']);
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
