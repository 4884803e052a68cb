import type { Fields } from '#models/kmip/index.ts';
import { materials } from './materials.ts';

/** An object as a client registers it. */
export interface Registered {
  readonly type: string;
  readonly attributes: Fields;
  readonly object: Fields;
}

/** A key block with its key as it is. */
export const keyBlock = (
  KeyFormatType: string,
  KeyMaterial: unknown,
  CryptographicAlgorithm: string,
  CryptographicLength: number,
): Fields => ({
  KeyBlock: {
    KeyFormatType,
    KeyValue: { KeyMaterial },
    CryptographicAlgorithm,
    CryptographicLength,
  },
});

const key = (algorithm: string, bits: number, digits: string): Registered => ({
  type: 'SymmetricKey',
  attributes: {
    CryptographicAlgorithm: algorithm,
    CryptographicLength: bits,
    CryptographicUsageMask: algorithm.startsWith('HMAC')
      ? 'MACGenerate|MACVerify'
      : 'Encrypt|Decrypt',
  },
  object: keyBlock('Raw', digits, algorithm, bits),
});

const half = (
  type: 'PrivateKey' | 'PublicKey',
  format: string,
  material: string,
  [algorithm, bits]: readonly [string, number],
): Registered => ({
  type,
  attributes: {
    CryptographicAlgorithm: algorithm,
    CryptographicLength: bits,
    CryptographicUsageMask: type === 'PrivateKey' ? 'Sign' : 'Verify',
  },
  object: keyBlock(format, material, algorithm, bits),
});

const rsa = ['RSA', 1024] as const;
const ec = ['EC', 256] as const;

/** Objects of every type, as clients register them. */
export const registered: Readonly<Record<string, Registered>> = {
  'aes-128': key('AES', 128, '2b7e151628aed2a6abf7158809cf4f3c'),
  'aes-192': key('AES', 192, '8e73b0f7da0e6452c810f32b809079e562f8ead2522c6b7b'),
  'aes-256': key('AES', 256, '603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4'),
  'aes-of-zeros': key('AES', 128, '00'.repeat(16)),
  '3des': key('DES3', 192, '0123456789abcdef23456789abcdef01456789abcdef0123'),
  'hmac-sha-256': key('HMAC_SHA256', 256, 'aa'.repeat(32)),
  password: {
    type: 'SecretData',
    attributes: { CryptographicUsageMask: 'Verify' },
    object: {
      SecretDataType: 'Password',
      KeyBlock: { KeyFormatType: 'Opaque', KeyValue: { KeyMaterial: '70617373776f7264' } },
    },
  },
  seed: {
    type: 'SecretData',
    attributes: { CryptographicUsageMask: 'DeriveKey' },
    object: {
      SecretDataType: 'Seed',
      KeyBlock: { KeyFormatType: 'Raw', KeyValue: { KeyMaterial: 'ff'.repeat(48) } },
    },
  },
  opaque: {
    type: 'OpaqueObject',
    attributes: {},
    object: { OpaqueDataType: '0x80000001', OpaqueDataValue: '000102030405060708' },
  },
  'opaque-of-one-byte': {
    type: 'OpaqueObject',
    attributes: {},
    object: { OpaqueDataType: '0x80000001', OpaqueDataValue: '00' },
  },
  'opaque-of-10000-bytes': {
    type: 'OpaqueObject',
    attributes: {},
    object: { OpaqueDataType: '0x80000001', OpaqueDataValue: '5a'.repeat(10_000) },
  },
  certificate: {
    type: 'Certificate',
    attributes: { CryptographicUsageMask: 'Verify' },
    object: { CertificateType: 'X_509', CertificateValue: materials.certificate },
  },
  'rsa-private-pkcs-1': half('PrivateKey', 'PKCS_1', materials.rsaPkcs1, rsa),
  'rsa-private-pkcs-8': half('PrivateKey', 'PKCS_8', materials.rsaPkcs8, rsa),
  'rsa-public-pkcs-1': half('PublicKey', 'PKCS_1', materials.rsaPublicPkcs1, rsa),
  'rsa-public-x509': half('PublicKey', 'X_509', materials.rsaPublicX509, rsa),
  'ec-private-pkcs-8': half('PrivateKey', 'PKCS_8', materials.ecPkcs8, ec),
  'ec-private-sec-1': half('PrivateKey', 'ECPrivateKey', materials.ecSec1, ec),
  'ec-public-x509': half('PublicKey', 'X_509', materials.ecX509, ec),
  'split-key': {
    type: 'SplitKey',
    attributes: {
      CryptographicAlgorithm: 'AES',
      CryptographicLength: 128,
      CryptographicUsageMask: 'Encrypt|Decrypt',
    },
    object: {
      SplitKeyParts: 3,
      KeyPartIdentifier: 1,
      SplitKeyThreshold: 3,
      SplitKeyMethod: 'XOR',
      ...keyBlock('Raw', '11'.repeat(16), 'AES', 128),
    },
  },
  'pgp-key': {
    type: 'PGPKey',
    attributes: {},
    object: {
      PGPKeyVersion: 4,
      KeyBlock: { KeyFormatType: 'Raw', KeyValue: { KeyMaterial: '99000d04' } },
    },
  },
};

/** The payload of Register for an object of such a kind. */
export function registering({ type, attributes, object }: Registered): Fields {
  return { ObjectType: type, Attributes: attributes, [type]: object };
}
