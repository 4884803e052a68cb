import type { ItemType, Tag, Version } from '../tree.ts';
import { tagsOf } from './tag-names.ts';
import type { TagName } from './tags.ts';

/**
 * The types that an item of a tag may have, the usual one first; empty of a tag that is unknown,
 * and of one whose type depends on other items (Attribute Value, Adjustment Value).
 */
export function tagTypes(tag: Tag, version: Version): readonly ItemType[] {
  return byTag[version].get(tag) ?? none;
}

const none: readonly ItemType[] = [];

type Exceptions = Readonly<Partial<Record<TagName, readonly ItemType[]>>>;

const key: Exceptions = {
  KeyMaterial: ['ByteString', 'Structure'],
  KeyValue: ['Structure', 'ByteString'],
};

const exceptionsOfOne: Exceptions = {
  ...key,
  AsynchronousIndicator: ['Boolean'],
  CertificateRequest: ['ByteString'],
  ExtensionType: ['Integer'],
};

/** Identifiers may be placeholders (Unique Identifier Enumeration), and so may data. */
const identifier: readonly ItemType[] = ['TextString', 'Enumeration', 'Integer'];

const exceptionsOfTwo: Exceptions = {
  ...key,
  AttributeReference: ['Enumeration', 'Structure'],
  ExtensionType: ['Enumeration', 'Integer'],
  UniqueIdentifier: identifier,
  PrivateKeyUniqueIdentifier: identifier,
  PublicKeyUniqueIdentifier: identifier,
  ReplacedUniqueIdentifier: identifier,
  LinkedObjectIdentifier: identifier,
  Data: ['ByteString', 'Enumeration', 'Integer'],
  // Of a message, and of a Hashed Password credential.
  TimeStamp: ['DateTime', 'DateTimeExtended'],
};

/**
 * The types of tags of all versions, as the OASIS test cases use them; where these do not, as the
 * specifications' tables of objects, attributes and payloads have them.
 */
// prettier-ignore
const tagsByType = {
  Structure: [
    'ApplicationSpecificInformation', 'Attribute', 'Authentication', 'BatchItem', 'Certificate',
    'CertificateIdentifier', 'CertificateIssuer', 'CertificateRequest', 'CertificateSubject',
    'CommonTemplateAttribute', 'Credential', 'CredentialValue', 'CryptographicDomainParameters',
    'CryptographicParameters', 'DerivationParameters', 'Digest', 'EncryptionKeyInformation',
    'KeyBlock', 'KeyWrappingData', 'KeyWrappingSpecification', 'Link', 'MACSignatureKeyInformation',
    'MessageExtension', 'Name', 'OpaqueObject', 'PrivateKey', 'PrivateKeyTemplateAttribute',
    'ProtocolVersion', 'PublicKey', 'PublicKeyTemplateAttribute', 'RequestHeader', 'RequestMessage',
    'RequestPayload', 'ResponseHeader', 'ResponseMessage', 'ResponsePayload', 'RevocationReason',
    'SecretData', 'ServerInformation', 'SplitKey', 'SymmetricKey', 'Template', 'TemplateAttribute',
    'UsageLimits', 'VendorExtension', 'ExtensionInformation', 'X_509CertificateIdentifier',
    'X_509CertificateIssuer', 'X_509CertificateSubject', 'KeyValueLocation', 'PGPKey',
    'AlternativeName', 'Nonce', 'RNGParameters', 'RandomNumberGenerator', 'ValidationInformation',
    'ProfileInformation', 'CapabilityInformation', 'Attributes', 'CommonAttributes',
    'PrivateKeyAttributes', 'PublicKeyAttributes', 'CurrentAttribute', 'NewAttribute',
    'ProfileVersion', 'Ticket', 'Rights', 'Objects', 'Operations', 'Right', 'DefaultsInformation',
    'ObjectDefaults', 'ProtectionStorageMasks', 'CommonProtectionStorageMasks',
    'PrivateProtectionStorageMasks', 'PublicProtectionStorageMasks', 'ObjectGroups', 'ObjectTypes',
    'Constraints', 'Constraint', 'RotateName', 'AsynchronousRequest',
    'AsynchronousCorrelationValues',
  ],
  Integer: [
    'AttributeIndex', 'BatchCount', 'CryptographicLength', 'CryptographicUsageMask',
    'IterationCount', 'KeyPartIdentifier', 'MaximumItems', 'MaximumResponseSize',
    'ProtocolVersionMajor', 'ProtocolVersionMinor', 'Qlength', 'SplitKeyParts', 'SplitKeyThreshold',
    'StorageStatusMask', 'ExtensionTag', 'CertificateLength', 'PGPKeyVersion', 'DataLength',
    'IVLength', 'TagLength', 'FixedFieldLength', 'CounterLength', 'InitialCounterValue',
    'InvocationFieldLength', 'OffsetItems', 'LocatedItems', 'ValidationVersionMajor',
    'ValidationVersionMinor', 'ValidationLevel', 'ServerPort', 'SaltLength', 'TrailerField',
    'ExtensionEnumeration', 'ExtensionParentStructureTag', 'ProfileVersionMajor',
    'ProfileVersionMinor', 'RequestCount', 'ProtectionStorageMask', 'RotateGeneration',
  ],
  LongInteger: [
    'UsageLimitsCount', 'UsageLimitsTotal',
  ],
  BigInteger: [
    'CRTCoefficient', 'D', 'G', 'J', 'Modulus', 'P', 'PrimeExponentP', 'PrimeExponentQ',
    'PrimeFieldSize', 'PrivateExponent', 'PublicExponent', 'Q', 'X', 'Y',
  ],
  Enumeration: [
    'AsynchronousIndicator', 'BatchErrorContinuationOption', 'BlockCipherMode',
    'CancellationResult', 'CertificateRequestType', 'CertificateType', 'CredentialType',
    'CryptographicAlgorithm', 'DerivationMethod', 'HashingAlgorithm', 'KeyCompressionType',
    'KeyFormatType', 'LinkType', 'NameType', 'ObjectType', 'OpaqueDataType', 'Operation',
    'PaddingMethod', 'PutFunction', 'QueryFunction', 'RecommendedCurve', 'ResultReason',
    'ResultStatus', 'RevocationReasonCode', 'KeyRoleType', 'SecretDataType', 'SplitKeyMethod',
    'State', 'UsageLimitsUnit', 'ValidityIndicator', 'WrappingMethod', 'EncodingOption',
    'ExtensionType', 'ObjectGroupMember', 'DigitalSignatureAlgorithm', 'KeyValueLocationType',
    'AlternativeNameType', 'AttestationType', 'RNGAlgorithm', 'DRBGAlgorithm', 'FIPS186Variation',
    'ValidationAuthorityType', 'ValidationType', 'ProfileName', 'UnwrapMode', 'DestroyAction',
    'ShreddingAlgorithm', 'RNGMode', 'ClientRegistrationMethod', 'KeyWrapType', 'MaskGenerator',
    'MaskGeneratorHashingAlgorithm', 'Tag', 'NISTKeyType', 'ProtectionLevel', 'TicketType',
    'EndpointRole', 'AdjustmentType', 'PKCS_11Function', 'PKCS_11ReturnCode', 'InteropFunction',
    'RotateNameType', 'ProcessingStage',
  ],
  Boolean: [
    'BatchOrderOption', 'CriticalityIndicator', 'Fresh', 'KeyValuePresent', 'RandomIV',
    'AttestationCapableIndicator', 'InitIndicator', 'FinalIndicator', 'PredictionResistance',
    'StreamingCapability', 'AsynchronousCapability', 'AttestationCapability', 'BatchUndoCapability',
    'BatchContinueCapability', 'Sensitive', 'AlwaysSensitive', 'Extractable', 'NeverExtractable',
    'ReplaceExisting', 'ExtensionAttribute', 'QuantumSafe', 'QuantumSafeCapability', 'Ephemeral',
    'RotateAutomatic', 'RotateLatest',
  ],
  TextString: [
    'ApplicationData', 'ApplicationNamespace', 'AttributeName', 'CertificateIssuerAlternativeName',
    'CertificateIssuerDistinguishedName', 'CertificateSubjectAlternativeName',
    'CertificateSubjectDistinguishedName', 'ContactInformation', 'Issuer', 'LinkedObjectIdentifier',
    'NameValue', 'ObjectGroup', 'OperationPolicyName', 'PrivateKeyUniqueIdentifier',
    'PublicKeyUniqueIdentifier', 'ReplacedUniqueIdentifier', 'ResultMessage', 'RevocationMessage',
    'SerialNumber', 'UniqueIdentifier', 'Username', 'VendorIdentification', 'Password',
    'DeviceIdentifier', 'ExtensionName', 'MachineIdentifier', 'MediaIdentifier',
    'NetworkIdentifier', 'DeviceSerialNumber', 'KeyValueLocationValue', 'AlternativeNameValue',
    'ValidationAuthorityCountry', 'ValidationAuthorityURI', 'ValidationCertificateIdentifier',
    'ValidationCertificateURI', 'ValidationVendorURI', 'ValidationProfile', 'ServerURI',
    'PKCS_12FriendlyName', 'Description', 'Comment', 'ClientCorrelationValue',
    'ServerCorrelationValue', 'CertificateSubjectCN', 'CertificateSubjectO', 'CertificateSubjectOU',
    'CertificateSubjectEmail', 'CertificateSubjectC', 'CertificateSubjectST', 'CertificateSubjectL',
    'CertificateSubjectUID', 'CertificateSubjectSerialNumber', 'CertificateSubjectTitle',
    'CertificateSubjectDC', 'CertificateSubjectDNQualifier', 'CertificateIssuerCN',
    'CertificateIssuerO', 'CertificateIssuerOU', 'CertificateIssuerEmail', 'CertificateIssuerC',
    'CertificateIssuerST', 'CertificateIssuerL', 'CertificateIssuerUID',
    'CertificateIssuerSerialNumber', 'CertificateIssuerTitle', 'CertificateIssuerDC',
    'CertificateIssuerDNQualifier', 'ExtensionDescription', 'ServerName', 'ServerSerialNumber',
    'ServerVersion', 'ServerLoad', 'ProductName', 'BuildLevel', 'BuildDate', 'ClusterInfo',
    'AlternateFailoverEndpoints', 'CertificateRequestUniqueIdentifier', 'LogMessage',
    'OneTimePassword', 'PKCS_11Interface', 'InteropIdentifier', 'RotateNameValue',
  ],
  ByteString: [
    'AsynchronousCorrelationValue', 'CertificateValue', 'DerivationData', 'DigestValue',
    'InitializationVector', 'IVCounterNonce', 'Key', 'MACSignature', 'OpaqueDataValue', 'QString',
    'Salt', 'UniqueBatchItemID', 'CertificateSerialNumber', 'IssuerAlternativeName',
    'IssuerDistinguishedName', 'SubjectAlternativeName', 'SubjectDistinguishedName', 'Data',
    'SignatureData', 'MACData', 'NonceID', 'NonceValue', 'AttestationMeasurement',
    'AttestationAssertion', 'CorrelationValue', 'AuthenticatedEncryptionAdditionalData',
    'AuthenticatedEncryptionTag', 'PSource', 'DigestedData', 'ShortUniqueIdentifier',
    'CertificateRequestValue', 'TicketValue', 'ServerHashedPassword', 'HashedPassword',
    'PKCS_11InputParameters', 'PKCS_11OutputParameters',
  ],
  DateTime: [
    'ActivationDate', 'ArchiveDate', 'CompromiseDate', 'CompromiseOccurrenceDate',
    'DeactivationDate', 'DestroyDate', 'InitialDate', 'LastChangeDate', 'ProcessStartDate',
    'ProtectStopDate', 'TimeStamp', 'ValidityDate', 'OriginalCreationDate', 'RotateDate',
  ],
  DateTimeExtended: [
    'SubmissionDate',
  ],
  Interval: [
    'LeaseTime', 'Offset', 'ProtectionPeriod', 'RotateInterval', 'RotateOffset',
  ],
} as const satisfies Partial<Record<ItemType, readonly TagName[]>>;

const usual: ReadonlyMap<string, readonly ItemType[]> = new Map(
  Object.keys(tagsByType)
    .filter(isTabled)
    .flatMap((type) => tagsByType[type].map((name) => [name, [type]])),
);

function isTabled(type: string): type is keyof typeof tagsByType {
  return Object.hasOwn(tagsByType, type);
}

const byTag: Readonly<Record<Version, ReadonlyMap<Tag, readonly ItemType[]>>> = {
  '1.4': typesOf('1.4'),
  '2.0': typesOf('2.0'),
  '2.1': typesOf('2.1'),
};

function typesOf(version: Version): ReadonlyMap<Tag, readonly ItemType[]> {
  const exceptions = version === '1.4' ? exceptionsOfOne : exceptionsOfTwo;
  return new Map(
    tagsOf(version).map(([name, tag]) => [tag, exceptions[name] ?? usual.get(name) ?? none]),
  );
}
