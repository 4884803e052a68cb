import type { enumerations } from '../../registry/enumerations.ts';

/** Result Reasons by their normalised names, as the registry has them. */
export type ReasonName = keyof typeof enumerations.ResultReason;

/**
 * All that can go wrong, each with the Result Reason that is given in KMIP 1.x and in 2.x: those
 * of the OASIS test cases where they show one, else of the specifications' tables of errors.
 */
// prettier-ignore
export const troubles = {
  // The message
  unparsable: ['InvalidMessage', 'InvalidMessage'],
  unsupportedVersion: ['InvalidMessage', 'UnsupportedProtocolVersion'],
  batchCount: ['InvalidMessage', 'InvalidMessage'],
  batchItemId: ['InvalidMessage', 'InvalidMessage'],
  continuationOption: ['InvalidField', 'UnknownEnumeration'],
  loneContinuationOption: ['InvalidMessage', 'InvalidMessage'],
  asynchronous: ['FeatureNotSupported', 'FeatureNotSupported'],
  responseTooLarge: ['ResponseTooLarge', 'ResponseTooLarge'],
  criticalExtension: ['FeatureNotSupported', 'FeatureNotSupported'],
  cancelled: ['OperationCanceledByRequester', 'OperationCanceledByRequester'],
  // Fields
  missingField: ['InvalidMessage', 'InvalidMessage'],
  repeatedField: ['InvalidMessage', 'InvalidMessage'],
  misplacedField: ['InvalidMessage', 'InvalidMessage'],
  unknownField: ['InvalidField', 'InvalidField'],
  unknownTag: ['InvalidField', 'UnknownTag'],
  wrongType: ['InvalidMessage', 'InvalidDataType'],
  unknownEnumeration: ['InvalidField', 'UnknownEnumeration'],
  invalidField: ['InvalidField', 'InvalidField'],
  missingData: ['MissingData', 'MissingData'],
  // Operations and objects
  operationNotSupported: ['OperationNotSupported', 'OperationNotSupported'],
  featureNotSupported: ['FeatureNotSupported', 'FeatureNotSupported'],
  noPlaceholder: ['ItemNotFound', 'ObjectNotFound'],
  objectNotFound: ['ItemNotFound', 'ObjectNotFound'],
  objectDestroyed: ['ItemNotFound', 'ObjectDestroyed'],
  alreadyDestroyed: ['PermissionDenied', 'ObjectDestroyed'],
  wrongState: ['PermissionDenied', 'WrongKeyLifecycleState'],
  wrongObjectType: ['IllegalOperation', 'InvalidObjectType'],
  objectTypeNotSupported: ['InvalidField', 'InvalidObjectType'],
  protectionStorage: ['FeatureNotSupported', 'ProtectionStorageUnavailable'],
  sensitive: ['Sensitive', 'Sensitive'],
  notExtractable: ['NotExtractable', 'NotExtractable'],
  keyValueNotPresent: ['KeyValueNotPresent', 'KeyValueNotPresent'],
  keyFormat: ['KeyFormatTypeNotSupported', 'KeyFormatTypeNotSupported'],
  keyCompression: ['KeyCompressionTypeNotSupported', 'KeyCompressionTypeNotSupported'],
  keyWrap: ['FeatureNotSupported', 'KeyWrapTypeNotSupported'],
  encodingOption: ['EncodingOptionError', 'EncodingOptionError'],
  wrappingKeyNotFound: ['ItemNotFound', 'WrappingObjectNotFound'],
  wrappingKeyDestroyed: ['ItemNotFound', 'WrappingObjectDestroyed'],
  permissionDenied: ['PermissionDenied', 'PermissionDenied'],
  // Attributes
  unknownAttribute: ['InvalidField', 'UnsupportedAttribute'],
  attributeMissing: ['InvalidField', 'InvalidAttribute'],
  attributeValue: ['InvalidField', 'InvalidAttributeValue'],
  attributeType: ['InvalidField', 'InvalidDataType'],
  attributeReadOnly: ['PermissionDenied', 'AttributeReadOnly'],
  attributeSingleValued: ['IllegalOperation', 'AttributeSingleValued'],
  attributeManyValued: ['InvalidField', 'MultiValuedAttribute'],
  attributeNotFound: ['ItemNotFound', 'AttributeNotFound'],
  attributeInstanceNotFound: ['ItemNotFound', 'AttributeInstanceNotFound'],
  nameTaken: ['IllegalOperation', 'NonUniqueNameAttribute'],
  templates: ['ItemNotFound', 'InvalidField'],
  // Cryptography
  usageMask: ['PermissionDenied', 'IncompatibleCryptographicUsageMask'],
  usageLimit: ['PermissionDenied', 'UsageLimitExceeded'],
  leaseTime: ['PermissionDenied', 'PermissionDenied'],
  badParameters: ['InvalidField', 'BadCryptographicParameters'],
  unsupportedParameters: ['CryptographicFailure', 'UnsupportedCryptographicParameters'],
  missingInitializationVector: ['InvalidMessage', 'InvalidMessage'],
  tagLength: ['GeneralFailure', 'GeneralFailure'],
  cryptographicFailure: ['CryptographicFailure', 'CryptographicFailure'],
  correlationValue: ['InvalidField', 'InvalidCorrelationValue'],
  notQuantumSafe: ['GeneralFailure', 'GeneralFailure'],
  serverLimit: ['GeneralFailure', 'ServerLimitExceeded'],
} as const satisfies Readonly<Record<string, readonly [one: ReasonName, two: ReasonName]>>;

/** The name of something that can go wrong. */
export type Trouble = keyof typeof troubles;
