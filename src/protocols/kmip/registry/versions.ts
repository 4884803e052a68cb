/**
 * Which values of enumerations and masks are of some versions only; all others are of each.
 *
 * Derived from the tables of the OASIS Key Management Interoperability Protocol Specification,
 * versions 1.4, 2.0 and 2.1. Copyright (c) OASIS Open. All Rights Reserved.
 * TC IPR Statement: https://www.oasis-open.org/committees/kmip/ipr.php
 */
type Values = Readonly<Record<string, readonly string[]>>;

/** Enumerations that 1.4 has not, though it has a tag of that name. */
export const enumerationsOfTwo: readonly string[] = [
  ...['AsynchronousIndicator', 'Data', 'ItemType', 'UniqueIdentifier'],
];

/** Of Profile Name all of 1.4 are below, all of 2.0 and later from here on. */
export const firstProfileNameOf20 = 0x0104;

/** Of 1.x: since 2.0 removed, or spelt otherwise. */
// prettier-ignore
export const valuesOfOneOnly: Values = {
  KeyFormatType: [
    'TransparentECDSAPrivateKey', 'TransparentECDSAPublicKey', 'TransparentECDHPrivateKey',
    'TransparentECDHPublicKey', 'TransparentECMQVPrivateKey', 'TransparentECMQVPublicKey',
  ],
  DigitalSignatureAlgorithm: [
    'MD2WithRSAEncryptionPKCS_1V1_5', 'MD5WithRSAEncryptionPKCS_1V1_5',
    'SHA_1WithRSAEncryptionPKCS_1V1_5', 'SHA_224WithRSAEncryptionPKCS_1V1_5',
    'SHA_256WithRSAEncryptionPKCS_1V1_5', 'SHA_384WithRSAEncryptionPKCS_1V1_5',
    'SHA_512WithRSAEncryptionPKCS_1V1_5', 'RSASSA_PSSPKCS_1V2_1',
  ],
  ObjectType: [
    'Template',
  ],
  HashingAlgorithm: [
    'SHA_3_224', 'SHA_3_256', 'SHA_3_384', 'SHA_3_512',
  ],
  CertificateRequestType: [
    'PGP',
  ],
  ResultReason: [
    'IllegalOperation', 'IndexOutOfBounds',
  ],
  CryptographicUsageMask: [
    'Export', 'ContentCommitmentNonRepudiation', 'GenerateCryptogram', 'ValidateCryptogram',
    'TranslateEncrypt', 'TranslateDecrypt', 'TranslateWrap', 'TranslateUnwrap',
  ],
};

/** Of 2.0 and later. */
// prettier-ignore
export const valuesOfTwo: Values = {
  CredentialType: [
    'OneTimePassword', 'HashedPassword', 'Ticket',
  ],
  KeyFormatType: [
    'PKCS_10',
  ],
  RecommendedCurve: [
    'CURVE25519', 'CURVE448',
  ],
  DigitalSignatureAlgorithm: [
    'MD2WithRSAEncryption', 'MD5WithRSAEncryption', 'SHA_1WithRSAEncryption',
    'SHA_224WithRSAEncryption', 'SHA_256WithRSAEncryption', 'SHA_384WithRSAEncryption',
    'SHA_512WithRSAEncryption', 'RSASSA_PSS',
  ],
  ObjectType: [
    'CertificateRequest',
  ],
  CryptographicAlgorithm: [
    'ARIA', 'SEED', 'SM2', 'SM3', 'SM4', 'GOSTR34_10_2012', 'GOSTR34_11_2012', 'GOSTR34_13_2015',
    'GOST28147_89', 'XMSS', 'SPHINCS_256', 'McEliece', 'McEliece_6960119', 'McEliece_8192128',
    'Ed25519', 'Ed448',
  ],
  HashingAlgorithm: [
    'SHA3_224', 'SHA3_256', 'SHA3_384', 'SHA3_512',
  ],
  LinkType: [
    'WrappingKeyLink',
  ],
  DerivationMethod: [
    'AWSSignatureVersion4', 'HKDF',
  ],
  QueryFunction: [
    'QueryDefaultsInformation', 'QueryStorageProtectionMasks',
  ],
  Operation: [
    'Log', 'Login', 'Logout', 'DelegatedLogin', 'AdjustAttribute', 'SetAttribute',
    'SetEndpointRole', 'PKCS_11', 'Interop', 'ReProvision',
  ],
  ResultReason: [
    'InvalidTicket', 'UsageLimitExceeded', 'NumericRange', 'InvalidDataType', 'ReadOnlyAttribute',
    'MultiValuedAttribute', 'UnsupportedAttribute', 'AttributeInstanceNotFound',
    'AttributeNotFound', 'AttributeReadOnly', 'AttributeSingleValued', 'BadCryptographicParameters',
    'BadPassword', 'CodecError', 'IllegalObjectType', 'IncompatibleCryptographicUsageMask',
    'InternalServerError', 'InvalidAsynchronousCorrelationValue', 'InvalidAttribute',
    'InvalidAttributeValue', 'InvalidCorrelationValue', 'InvalidCSR', 'InvalidObjectType',
    'KeyWrapTypeNotSupported', 'MissingInitializationVector', 'NonUniqueNameAttribute',
    'ObjectDestroyed', 'ObjectNotFound', 'NotAuthorised', 'ServerLimitExceeded',
    'UnknownEnumeration', 'UnknownMessageExtension', 'UnknownTag',
    'UnsupportedCryptographicParameters', 'UnsupportedProtocolVersion', 'WrappingObjectArchived',
    'WrappingObjectDestroyed', 'WrappingObjectNotFound', 'WrongKeyLifecycleState',
    'ProtectionStorageUnavailable', 'PKCS_11CodecError', 'PKCS_11InvalidFunction',
    'PKCS_11InvalidInterface', 'PrivateProtectionStorageUnavailable',
    'PublicProtectionStorageUnavailable',
  ],
  CryptographicUsageMask: [
    'Authenticate', 'Unrestricted', 'FPEEncrypt', 'FPEDecrypt',
  ],
  StorageStatusMask: [
    'DestroyedStorage',
  ],
};

/** Of 2.1. */
// prettier-ignore
export const valuesOf21: Values = {
  Operation: [
    'SetDefaults', 'SetConstraints', 'GetConstraints', 'QueryAsynchronousRequests', 'Process',
    'Ping',
  ],
  ResultReason: [
    'UnknownObjectGroup', 'ConstraintViolation', 'DuplicateProcessRequest',
  ],
};
