import type { TagName } from '../../registry/tags.ts';
import type { Version } from '../../tree.ts';
import type { Fields } from './field.ts';

/** The fields of a structure by its tag's name, where they are the same wherever it stands. */
export function innerFields(name: TagName, version: Version): Fields | undefined {
  return (version === '1.4' ? structuresOfOne : structuresOfTwo)[name] ?? structures[name];
}

type Structures = Readonly<Partial<Record<TagName, Fields>>>;

const structuresOfOne: Structures = {
  Attribute: ['AttributeName', 'AttributeIndex?', 'AttributeValue'],
  TemplateAttribute: ['Name*', 'Attribute*'],
  CommonTemplateAttribute: ['Name*', 'Attribute*'],
  PrivateKeyTemplateAttribute: ['Name*', 'Attribute*'],
  PublicKeyTemplateAttribute: ['Name*', 'Attribute*'],
  KeyValue: ['KeyMaterial', 'Attribute*'],
};

const structuresOfTwo: Structures = {
  Attribute: ['VendorIdentification', 'AttributeName', 'AttributeValue'],
  AttributeReference: ['VendorIdentification', 'AttributeName'],
  CertificateRequest: ['CertificateRequestType', 'CertificateRequestValue'],
  KeyValue: ['KeyMaterial', 'Attributes?'],
  ProtectionStorageMasks: ['ProtectionStorageMask+'],
  CommonProtectionStorageMasks: ['ProtectionStorageMask+'],
  PrivateProtectionStorageMasks: ['ProtectionStorageMask+'],
  PublicProtectionStorageMasks: ['ProtectionStorageMask+'],
};

const structures: Structures = {
  ProtocolVersion: ['ProtocolVersionMajor', 'ProtocolVersionMinor'],
  Authentication: ['Credential+'],
  Credential: ['CredentialType', 'CredentialValue'],
  MessageExtension: ['VendorIdentification', 'CriticalityIndicator', 'VendorExtension'],
  Name: ['NameValue', 'NameType'],
  AlternativeName: ['AlternativeNameValue', 'AlternativeNameType'],
  ApplicationSpecificInformation: ['ApplicationNamespace', 'ApplicationData?'],
  Link: ['LinkType', 'LinkedObjectIdentifier'],
  UsageLimits: ['UsageLimitsTotal', 'UsageLimitsCount?', 'UsageLimitsUnit'],
  RevocationReason: ['RevocationReasonCode', 'RevocationMessage?'],
  Digest: ['HashingAlgorithm', 'DigestValue?', 'KeyFormatType?'],
  KeyValueLocation: ['KeyValueLocationValue', 'KeyValueLocationType'],
  CryptographicDomainParameters: ['Qlength?', 'RecommendedCurve?'],
  CryptographicParameters: [
    'BlockCipherMode?',
    'PaddingMethod?',
    'HashingAlgorithm?',
    'KeyRoleType?',
    'DigitalSignatureAlgorithm?',
    'CryptographicAlgorithm?',
    'RandomIV?',
    'IVLength?',
    'TagLength?',
    'FixedFieldLength?',
    'InvocationFieldLength?',
    'CounterLength?',
    'InitialCounterValue?',
    'SaltLength?',
    'MaskGenerator?',
    'MaskGeneratorHashingAlgorithm?',
    'PSource?',
    'TrailerField?',
  ],
  KeyWrappingSpecification: [
    'WrappingMethod',
    'EncryptionKeyInformation?',
    'MACSignatureKeyInformation?',
    'AttributeName*',
    'EncodingOption?',
  ],
  KeyWrappingData: [
    'WrappingMethod',
    'EncryptionKeyInformation?',
    'MACSignatureKeyInformation?',
    'MACSignature?',
    'IVCounterNonce?',
    'EncodingOption?',
  ],
  EncryptionKeyInformation: ['UniqueIdentifier', 'CryptographicParameters?'],
  MACSignatureKeyInformation: ['UniqueIdentifier', 'CryptographicParameters?'],
  SymmetricKey: ['KeyBlock'],
  PublicKey: ['KeyBlock'],
  PrivateKey: ['KeyBlock'],
  SecretData: ['SecretDataType', 'KeyBlock'],
  PGPKey: ['PGPKeyVersion', 'KeyBlock'],
  OpaqueObject: ['OpaqueDataType', 'OpaqueDataValue'],
  Certificate: ['CertificateType', 'CertificateValue'],
  SplitKey: [
    'SplitKeyParts',
    'KeyPartIdentifier',
    'SplitKeyThreshold',
    'SplitKeyMethod',
    'PrimeFieldSize?',
    'KeyBlock',
  ],
  RandomNumberGenerator: [
    'RNGAlgorithm',
    'CryptographicAlgorithm?',
    'CryptographicLength?',
    'HashingAlgorithm?',
    'DRBGAlgorithm?',
    'RecommendedCurve?',
    'FIPS186Variation?',
    'PredictionResistance?',
  ],
  KeyBlock: [
    'KeyFormatType',
    'KeyCompressionType?',
    'KeyValue?',
    'CryptographicAlgorithm?',
    'CryptographicLength?',
    'KeyWrappingData?',
  ],
};
