/**
 * Result reasons that tell of the same thing: the document lists several for most errors, vendors
 * differ, and which one is given decides nothing. By what has happened.
 * @see KMIP 2.1, Error Handling
 */
// prettier-ignore
export const reasons = {
  absent:       ['ItemNotFound', 'ObjectNotFound', 'ObjectDestroyed', 'ObjectArchived', 'PermissionDenied', 'InvalidField', 'GeneralFailure'],
  unnamed:      ['ItemNotFound', 'ObjectNotFound', 'InvalidMessage', 'InvalidField', 'MissingData', 'GeneralFailure'],
  lifecycle:    ['WrongKeyLifecycleState', 'PermissionDenied', 'IllegalOperation', 'InvalidField', 'GeneralFailure', 'ObjectDestroyed', 'ItemNotFound', 'ObjectNotFound', 'KeyValueNotPresent'],
  destroyed:    ['ObjectDestroyed', 'ItemNotFound', 'ObjectNotFound', 'WrongKeyLifecycleState', 'KeyValueNotPresent', 'PermissionDenied', 'IllegalOperation', 'InvalidField', 'GeneralFailure'],
  usage:        ['IncompatibleCryptographicUsageMask', 'PermissionDenied', 'IllegalOperation', 'InvalidField', 'CryptographicFailure', 'GeneralFailure'],
  limits:       ['UsageLimitExceeded', 'PermissionDenied', 'NumericRange', 'InvalidField', 'GeneralFailure'],
  unsupported:  ['OperationNotSupported', 'FeatureNotSupported'],
  item:         ['InvalidMessage', 'InvalidField', 'MissingData', 'InvalidDataType', 'InvalidAttribute', 'InvalidAttributeValue', 'UnknownTag', 'UnknownEnumeration', 'CodecError', 'FeatureNotSupported', 'OperationNotSupported', 'NumericRange', 'GeneralFailure'],
  attributes:   ['UnsupportedAttribute', 'AttributeSingleValued', 'MultiValuedAttribute', 'AttributeReadOnly', 'ReadOnlyAttribute', 'InvalidAttribute', 'InvalidAttributeValue', 'InvalidObjectType', 'IllegalObjectType', 'KeyFormatTypeNotSupported', 'KeyCompressionTypeNotSupported', 'BadCryptographicParameters', 'UnsupportedCryptographicParameters', 'NonUniqueNameAttribute', 'ProtectionStorageUnavailable', 'EncodingOptionError', 'PermissionDenied', 'IllegalOperation'],
  message:      ['InvalidMessage', 'CodecError', 'InvalidField', 'MissingData', 'UnknownTag', 'UnknownEnumeration', 'InvalidDataType', 'OperationNotSupported', 'FeatureNotSupported', 'GeneralFailure'],
  version:      ['InvalidMessage', 'UnsupportedProtocolVersion', 'FeatureNotSupported', 'OperationNotSupported', 'InvalidField', 'GeneralFailure'],
  size:         ['ResponseTooLarge'],
  readOnly:     ['AttributeReadOnly', 'ReadOnlyAttribute', 'PermissionDenied', 'InvalidField', 'IllegalOperation', 'InvalidMessage', 'OperationNotSupported', 'GeneralFailure'],
  singleValued: ['AttributeSingleValued', 'MultiValuedAttribute', 'InvalidField', 'InvalidMessage', 'IllegalOperation', 'IndexOutOfBounds', 'AttributeReadOnly', 'PermissionDenied', 'OperationNotSupported', 'GeneralFailure'],
  noAttribute:  ['AttributeNotFound', 'AttributeInstanceNotFound', 'ItemNotFound', 'InvalidField', 'InvalidAttribute', 'UnsupportedAttribute', 'IndexOutOfBounds', 'InvalidMessage', 'OperationNotSupported', 'GeneralFailure'],
  nameTaken:    ['NonUniqueNameAttribute', 'InvalidField', 'ObjectAlreadyExists', 'InvalidAttributeValue', 'PermissionDenied', 'GeneralFailure'],
  sensitive:    ['Sensitive', 'NotExtractable', 'PermissionDenied', 'GeneralFailure'],
  cryptography: ['CryptographicFailure', 'InvalidCorrelationValue', 'InvalidField', 'MissingData', 'BadCryptographicParameters', 'UnsupportedCryptographicParameters', 'KeyFormatTypeNotSupported', 'KeyCompressionTypeNotSupported', 'KeyWrapTypeNotSupported', 'InvalidObjectType', 'IllegalObjectType', 'InvalidMessage', 'FeatureNotSupported', 'GeneralFailure'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type ReasonSet = keyof typeof reasons;

/** What any operation may end in, however good it is. */
export const usualReasons: readonly string[] = [
  'OperationNotSupported',
  'FeatureNotSupported',
  'PermissionDenied',
  'AuthenticationNotSuccessful',
  'ServerLimitExceeded',
];

/** What tells that a server has given up: nothing is wrong with the request. */
export const internalReasons: readonly string[] = ['InternalServerError', 'GeneralFailure'];
