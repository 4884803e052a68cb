/**
 * The operations that are followed, by the name of our message: the name that the wire has, and
 * the fields of their payloads in the order of the document. Behind a name: `?` optional, `*` any
 * number, `+` one at least.
 */
interface Payloads {
  readonly operation: string;
  readonly request: string;
  readonly response: string;
}

// prettier-ignore
export const operations = {
  create:           { operation: 'Create',           request: 'ObjectType Attributes ProtectionStorageMasks?', response: 'ObjectType UniqueIdentifier' },
  createKeyPair:    { operation: 'CreateKeyPair',    request: 'CommonAttributes? PrivateKeyAttributes? PublicKeyAttributes? CommonProtectionStorageMasks? PrivateProtectionStorageMasks? PublicProtectionStorageMasks?', response: 'PrivateKeyUniqueIdentifier PublicKeyUniqueIdentifier' },
  register:         { operation: 'Register',         request: 'ObjectType Attributes Certificate? CertificateRequest? OpaqueObject? PGPKey? PrivateKey? PublicKey? SecretData? SplitKey? SymmetricKey? ProtectionStorageMasks?', response: 'UniqueIdentifier' },
  locate:           { operation: 'Locate',           request: 'MaximumItems? OffsetItems? StorageStatusMask? ObjectGroupMember? Attributes?', response: 'LocatedItems? UniqueIdentifier*' },
  check:            { operation: 'Check',            request: 'UniqueIdentifier? UsageLimitsCount? CryptographicUsageMask? LeaseTime?', response: 'UniqueIdentifier UsageLimitsCount? CryptographicUsageMask? LeaseTime?' },
  get:              { operation: 'Get',              request: 'UniqueIdentifier? KeyFormatType? KeyWrapType? KeyCompressionType? KeyWrappingSpecification?', response: 'ObjectType UniqueIdentifier Certificate? CertificateRequest? OpaqueObject? PGPKey? PrivateKey? PublicKey? SecretData? SplitKey? SymmetricKey?' },
  getAttributes:    { operation: 'GetAttributes',    request: 'UniqueIdentifier? AttributeReference*', response: 'UniqueIdentifier Attributes' },
  getAttributeList: { operation: 'GetAttributeList', request: 'UniqueIdentifier?', response: 'UniqueIdentifier AttributeReference*' },
  addAttribute:     { operation: 'AddAttribute',     request: 'UniqueIdentifier? NewAttribute', response: 'UniqueIdentifier' },
  modifyAttribute:  { operation: 'ModifyAttribute',  request: 'UniqueIdentifier? CurrentAttribute? NewAttribute', response: 'UniqueIdentifier' },
  setAttribute:     { operation: 'SetAttribute',     request: 'UniqueIdentifier? NewAttribute', response: 'UniqueIdentifier' },
  deleteAttribute:  { operation: 'DeleteAttribute',  request: 'UniqueIdentifier? CurrentAttribute? AttributeReference?', response: 'UniqueIdentifier' },
  activate:         { operation: 'Activate',         request: 'UniqueIdentifier?', response: 'UniqueIdentifier' },
  revoke:           { operation: 'Revoke',           request: 'UniqueIdentifier? RevocationReason CompromiseOccurrenceDate?', response: 'UniqueIdentifier' },
  destroy:          { operation: 'Destroy',          request: 'UniqueIdentifier?', response: 'UniqueIdentifier' },
  query:            { operation: 'Query',            request: 'QueryFunction+', response: 'Operation* ObjectType* VendorIdentification? ServerInformation? ApplicationNamespace* ExtensionInformation* AttestationType* RNGParameters* ProfileInformation* ValidationInformation* CapabilityInformation* ClientRegistrationMethod* DefaultsInformation? ProtectionStorageMasks?' },
  discoverVersions: { operation: 'DiscoverVersions', request: 'ProtocolVersion*', response: 'ProtocolVersion*' },
  encrypt:          { operation: 'Encrypt',          request: 'UniqueIdentifier? CryptographicParameters? Data? IVCounterNonce? CorrelationValue? InitIndicator? FinalIndicator? AuthenticatedEncryptionAdditionalData?', response: 'UniqueIdentifier Data? IVCounterNonce? CorrelationValue? AuthenticatedEncryptionTag?' },
  decrypt:          { operation: 'Decrypt',          request: 'UniqueIdentifier? CryptographicParameters? Data? IVCounterNonce? CorrelationValue? InitIndicator? FinalIndicator? AuthenticatedEncryptionAdditionalData? AuthenticatedEncryptionTag?', response: 'UniqueIdentifier Data? CorrelationValue?' },
  sign:             { operation: 'Sign',             request: 'UniqueIdentifier? CryptographicParameters? Data? DigestedData? CorrelationValue? InitIndicator? FinalIndicator?', response: 'UniqueIdentifier SignatureData? CorrelationValue?' },
  signatureVerify:  { operation: 'SignatureVerify',  request: 'UniqueIdentifier? CryptographicParameters? Data? DigestedData? SignatureData? CorrelationValue? InitIndicator? FinalIndicator?', response: 'UniqueIdentifier ValidityIndicator Data? CorrelationValue?' },
  mac:              { operation: 'MAC',              request: 'UniqueIdentifier? CryptographicParameters? Data? CorrelationValue? InitIndicator? FinalIndicator?', response: 'UniqueIdentifier MACData? CorrelationValue?' },
  macVerify:        { operation: 'MACVerify',        request: 'UniqueIdentifier? CryptographicParameters? Data? MACData? CorrelationValue? InitIndicator? FinalIndicator?', response: 'UniqueIdentifier ValidityIndicator CorrelationValue?' },
  hash:             { operation: 'Hash',             request: 'CryptographicParameters Data? CorrelationValue? InitIndicator? FinalIndicator?', response: 'Data? CorrelationValue?' },
  rngRetrieve:      { operation: 'RNGRetrieve',      request: 'DataLength', response: 'Data' },
} as const satisfies Readonly<Record<string, Payloads>>;

export type OperationKey = keyof typeof operations;

/** One field of a payload. */
export interface FieldRule {
  readonly name: string;
  readonly least: number;
  readonly most: number;
}

const parsed = new Map<string, readonly FieldRule[]>();

/** The fields of a payload, in their order. */
export function fieldRules(payload: string): readonly FieldRule[] {
  const known = parsed.get(payload) ?? payload.split(' ').map(fieldRule);
  parsed.set(payload, known);
  return known;
}

function fieldRule(word: string): FieldRule {
  const mark = word.at(-1) ?? '';
  const name = '?*+'.includes(mark) ? word.slice(0, -1) : word;
  return {
    name,
    least: mark === '?' || mark === '*' ? 0 : 1,
    most: mark === '*' || mark === '+' ? Infinity : 1,
  };
}

/** Our message for an operation of the wire; `null` where it is not followed. */
export function keyOf(operation: unknown): OperationKey | null {
  return keys.get(operation) ?? null;
}

const keys: ReadonlyMap<unknown, OperationKey> = new Map(
  Object.keys(operations)
    .filter(isKey)
    .map((key) => [operations[key].operation, key]),
);

function isKey(name: string): name is OperationKey {
  return Object.hasOwn(operations, name);
}
