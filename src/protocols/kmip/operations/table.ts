import { enumerations } from '../registry/enumerations.ts';
import { activate } from './acts/activate.ts';
import {
  addAttribute,
  deleteAttribute,
  modifyAttribute,
  setAttribute,
} from './acts/change-attributes.ts';
import { check } from './acts/check.ts';
import { create } from './acts/create.ts';
import { createKeyPair } from './acts/create-key-pair.ts';
import { decrypt } from './acts/decrypt.ts';
import { destroy } from './acts/destroy.ts';
import { discoverVersions } from './acts/discover-versions.ts';
import { encrypt } from './acts/encrypt.ts';
import { get } from './acts/get.ts';
import { getAttributeList, getAttributes } from './acts/get-attributes.ts';
import { hash } from './acts/hash.ts';
import { locate } from './acts/locate.ts';
import { mac, macVerify } from './acts/mac.ts';
import { interop, log } from './acts/notes.ts';
import { queryOf } from './acts/query.ts';
import { register } from './acts/register.ts';
import { revoke } from './acts/revoke.ts';
import { rngRetrieve, rngSeed } from './acts/rng.ts';
import { sign, signatureVerify } from './acts/sign.ts';
import type { Fields } from './message/field.ts';
import { since, type Context, type Operation } from './model/context.ts';

/** An operation of the server. */
export interface OperationRow {
  /** The first version that has it. */
  readonly since: readonly [major: number, minor: number];
  /** The fields of its request payload, in 1.x and in 2.x. */
  readonly fields: { readonly one: Fields; readonly two: Fields };
  readonly run: Operation;
}

const { Operation: codes } = enumerations;

const parts = ['CorrelationValue?', 'InitIndicator?', 'FinalIndicator?'] as const;
const used = ['UniqueIdentifier?', 'CryptographicParameters?', 'Data?'] as const;
const bodies = [
  'Certificate?',
  'SymmetricKey?',
  'PrivateKey?',
  'PublicKey?',
  'SplitKey?',
  'Template?',
  'SecretData?',
  'OpaqueObject?',
  'PGPKey?',
] as const;

const identified = same(['UniqueIdentifier?']);
const changed = {
  one: ['UniqueIdentifier?', 'Attribute'],
  two: ['UniqueIdentifier?', 'NewAttribute'],
} as const;

/** The operations that the server does, by their codes; all others are not supported. */
export const operations: ReadonlyMap<number, OperationRow> = new Map<number, OperationRow>([
  row(codes.DiscoverVersions, discoverVersions, same(['ProtocolVersion*'])),
  row(codes.Query, queryOf(codesOf), same(['QueryFunction+'])),
  row(codes.Create, create, {
    one: ['ObjectType', 'TemplateAttribute'],
    two: ['ObjectType', 'Attributes', 'ProtectionStorageMasks?'],
  }),
  row(codes.CreateKeyPair, createKeyPair, {
    one: [
      'CommonTemplateAttribute?',
      'PrivateKeyTemplateAttribute?',
      'PublicKeyTemplateAttribute?',
    ],
    two: [
      'CommonAttributes?',
      'PrivateKeyAttributes?',
      'PublicKeyAttributes?',
      'CommonProtectionStorageMasks?',
      'PrivateProtectionStorageMasks?',
      'PublicProtectionStorageMasks?',
    ],
  }),
  row(codes.Register, register, {
    one: ['ObjectType', 'TemplateAttribute', ...bodies],
    two: ['ObjectType', 'Attributes', ...bodies, 'CertificateRequest?', 'ProtectionStorageMasks?'],
  }),
  row(codes.Locate, locate, {
    one: [
      'MaximumItems?',
      'OffsetItems?',
      'StorageStatusMask?',
      'ObjectGroupMember?',
      'Attribute*',
    ],
    two: [
      'MaximumItems?',
      'OffsetItems?',
      'StorageStatusMask?',
      'ObjectGroupMember?',
      'Attributes?',
    ],
  }),
  row(
    codes.Get,
    get,
    same([
      'UniqueIdentifier?',
      'KeyFormatType?',
      'KeyWrapType?',
      'KeyCompressionType?',
      'KeyWrappingSpecification?',
    ]),
  ),
  row(codes.GetAttributes, getAttributes, {
    one: ['UniqueIdentifier?', 'AttributeName*'],
    two: ['UniqueIdentifier?', 'AttributeReference*'],
  }),
  row(codes.GetAttributeList, getAttributeList, identified),
  row(codes.AddAttribute, addAttribute, changed),
  row(codes.ModifyAttribute, modifyAttribute, {
    one: changed.one,
    two: ['UniqueIdentifier?', 'CurrentAttribute?', 'NewAttribute'],
  }),
  row(codes.DeleteAttribute, deleteAttribute, {
    one: ['UniqueIdentifier?', 'AttributeName', 'AttributeIndex?'],
    two: ['UniqueIdentifier?', 'CurrentAttribute?', 'AttributeReference?'],
  }),
  row(codes.SetAttribute, setAttribute, same(changed.two), [2, 0]),
  row(codes.Activate, activate, identified),
  row(
    codes.Revoke,
    revoke,
    same(['UniqueIdentifier?', 'RevocationReason', 'CompromiseOccurrenceDate?']),
  ),
  row(codes.Destroy, destroy, identified),
  row(
    codes.Check,
    check,
    same(['UniqueIdentifier?', 'UsageLimitsCount?', 'CryptographicUsageMask?', 'LeaseTime?']),
  ),
  row(
    codes.Encrypt,
    encrypt,
    same([...used, 'IVCounterNonce?', ...parts, 'AuthenticatedEncryptionAdditionalData?']),
    [1, 2],
  ),
  row(
    codes.Decrypt,
    decrypt,
    same([
      ...used,
      'IVCounterNonce?',
      ...parts,
      'AuthenticatedEncryptionAdditionalData?',
      'AuthenticatedEncryptionTag?',
    ]),
    [1, 2],
  ),
  row(codes.Sign, sign, same([...used, 'DigestedData?', ...parts]), [1, 2]),
  row(
    codes.SignatureVerify,
    signatureVerify,
    same([...used, 'DigestedData?', 'SignatureData?', ...parts]),
    [1, 2],
  ),
  row(codes.MAC, mac, same([...used, ...parts]), [1, 2]),
  row(codes.MACVerify, macVerify, same([...used, 'MACData?', ...parts]), [1, 2]),
  row(codes.Hash, hash, same(['CryptographicParameters', 'Data?', ...parts]), [1, 2]),
  row(codes.RNGRetrieve, rngRetrieve, same(['DataLength']), [1, 2]),
  row(codes.RNGSeed, rngSeed, same(['Data']), [1, 2]),
  row(codes.Log, log, same(['LogMessage']), [2, 0]),
  row(codes.Interop, interop, same(['InteropFunction', 'InteropIdentifier?']), [2, 0]),
]);

function row(
  code: number,
  run: Operation,
  fields: OperationRow['fields'],
  first: OperationRow['since'] = [1, 0],
): [number, OperationRow] {
  return [code, { since: first, fields, run }];
}

function same(fields: Fields): OperationRow['fields'] {
  return { one: fields, two: fields };
}

function codesOf(context: Context): readonly number[] {
  return [...operations]
    .filter(
      ([
        ,
        {
          since: [major, minor],
        },
      ]) => since(context, major, minor),
    )
    .map(([code]) => code);
}
