import { isFields, messages, type Fields, type MessageName } from '#models/kmip/index.ts';
import type { Making } from '#src/contract/protocol.ts';
import { eachItem } from './altered.ts';
import { chanceBatches } from './batch-contents.ts';
import { contents, idsFor, request, requestOf } from './contents.ts';
import { conversationAt } from './context.ts';
import { rareResponses } from './response-contents.ts';
import { versionIn, type Spoken } from './settings.ts';

type Payloads = (id: Fields, uuid: string) => readonly Fields[];

const long = 'é決😀'.repeat(400);
const names = ['', 'é決😀', 'x'.repeat(3000), 'a b', "'; --", '\u202e'];
const named = (NameValue: string): Fields => ({
  Name: { NameValue, NameType: 'UninterpretedTextString' },
});
const key = (more: Fields): Fields => ({
  CryptographicAlgorithm: 'AES',
  CryptographicLength: 256,
  CryptographicUsageMask: 'Encrypt|Decrypt',
  ...more,
});
const created = (more: Fields): Fields => ({ ObjectType: 'SymmetricKey', Attributes: key(more) });
const pair = (algorithm: string, length: number, more: Fields = {}): Fields => ({
  CommonAttributes: { CryptographicAlgorithm: algorithm, CryptographicLength: length, ...more },
  PrivateKeyAttributes: { CryptographicUsageMask: 'Sign' },
  PublicKeyAttributes: { CryptographicUsageMask: 'Verify' },
});
const block = (KeyMaterial: string, more: Fields = {}): Fields => ({
  KeyBlock: { KeyFormatType: 'Raw', KeyValue: { KeyMaterial }, ...more },
});
const registered = (SymmetricKey: Fields, more: Fields = {}): Fields => ({
  ObjectType: 'SymmetricKey',
  Attributes: key(more),
  SymmetricKey,
});
const aes = { CryptographicAlgorithm: 'AES', CryptographicLength: 256 };
const cipher = (BlockCipherMode: string, more: Fields = {}): Fields => ({
  CryptographicParameters: { BlockCipherMode, ...more },
});
const digest = (HashingAlgorithm: string): Fields => ({
  CryptographicParameters: { HashingAlgorithm },
});
const revoked = (RevocationReasonCode: string, more: Fields = {}): Fields => ({
  RevocationReason: { RevocationReasonCode, ...more },
});
const references = ['Name', 'State', 'UniqueIdentifier', 'CryptographicLength', 'Sensitive'];
const attributes: readonly Fields[] = [
  named('é決😀'),
  { State: 'Active' },
  { UniqueIdentifier: 'other' },
  { CryptographicLength: 128 },
  { ContactInformation: long },
  { Sensitive: true },
  { Extractable: false },
  { ActivationDate: -1 },
  { DeactivationDate: 4_000_000_000 },
  { ObjectGroup: '' },
  { Attribute: { VendorIdentification: 'x', AttributeName: 'y', AttributeValue: long } },
  { Description: '' },
];
const changes: Payloads = (id) => attributes.map((NewAttribute) => ({ ...id, NewAttribute }));
const bare: Payloads = (id) => [
  {},
  { ...id, UniqueIdentifier: 'IDPlaceholder' },
  { UniqueIdentifier: '' },
];

/** Payloads that fit and are hardly ever sent; `id` names the object that a request is about. */
const payloads: Partial<Readonly<Record<MessageName, Payloads>>> = {
  create: (_, uuid) => [
    ...names.map((name) => created(named(name + uuid))),
    created({ ActivationDate: -1 }),
    created({ ActivationDate: 4_000_000_000 }),
    created({ Sensitive: true }),
    created({ Extractable: false }),
    created({ CryptographicLength: 128 }),
    created({ CryptographicLength: 0 }),
    created({ CryptographicLength: -1 }),
    created({ CryptographicLength: 2 ** 31 - 1 }),
    created({ CryptographicUsageMask: 0 }),
    created({ CryptographicUsageMask: -1 }),
    created({ CryptographicAlgorithm: 'DES3', CryptographicLength: 168 }),
    created({ CryptographicAlgorithm: 'HMAC_SHA256', CryptographicUsageMask: 'MACGenerate' }),
    created({ State: 'Active' }),
    { ObjectType: 'SymmetricKey', Attributes: {} },
    { ObjectType: 'PrivateKey', Attributes: key({}) },
  ],
  createKeyPair: (_, uuid) => [
    pair('RSA', 1),
    pair('EC', 384),
    pair('EC', 256, named(uuid)),
    pair('AES', 256),
    {},
  ],
  register: (_, uuid) => [
    registered(block('00'.repeat(32), aes), named(uuid)),
    registered(block('00'.repeat(32))),
    registered(block('00'.repeat(16), aes)),
    registered(block('', aes)),
    registered({ KeyBlock: { KeyFormatType: 'Raw' } }),
    {
      ObjectType: 'SecretData',
      Attributes: { CryptographicUsageMask: 'Verify' },
      SecretData: { SecretDataType: 'Password', ...block('70617373') },
    },
    {
      ObjectType: 'OpaqueObject',
      Attributes: {},
      OpaqueObject: { OpaqueDataType: '0x80000001', OpaqueDataValue: '' },
    },
    { ObjectType: 'SymmetricKey', Attributes: key({}) },
  ],
  locate: (_, uuid) => [
    {},
    { Attributes: {} },
    { Attributes: named(uuid) },
    { Attributes: { State: 'Active' } },
    { MaximumItems: 0 },
    { MaximumItems: 1 },
    { MaximumItems: -1 },
    { MaximumItems: 2 ** 31 - 1, OffsetItems: 1 },
    { OffsetItems: 2 ** 31 - 1 },
    { StorageStatusMask: 'OnlineStorage' },
    { Attributes: { ActivationDate: -1 } },
  ],
  get: (id) => [
    ...bare(id, ''),
    { ...id, KeyFormatType: 'Raw' },
    { ...id, KeyFormatType: 'X_509' },
    { ...id, KeyWrapType: 'NotWrapped' },
  ],
  getAttributes: (id) => [
    id,
    { ...id, AttributeReference: references },
    { ...id, AttributeReference: ['State', 'State'] },
    {
      ...id,
      AttributeReference: { VendorIdentification: 'x', AttributeName: 'y' },
    },
    ...bare(id, ''),
  ],
  addAttribute: changes,
  modifyAttribute: changes,
  setAttribute: changes,
  deleteAttribute: (id) => [
    ...references.map((AttributeReference) => ({ ...id, AttributeReference })),
    { ...id, CurrentAttribute: named('é決😀') },
    id,
  ],
  activate: bare,
  destroy: bare,
  check: (id) => [
    id,
    { ...id, UsageLimitsCount: -1 },
    { ...id, LeaseTime: 0 },
    { ...id, CryptographicUsageMask: 'Sign' },
  ],
  revoke: (id) => [
    { ...id, ...revoked('CACompromise'), CompromiseOccurrenceDate: -1 },
    { ...id, ...revoked('Unspecified', { RevocationMessage: long }) },
    { ...id, ...revoked('CessationOfOperation') },
    revoked('Unspecified'),
  ],
  query: () => [
    { QueryFunction: 'QueryObjects' },
    { QueryFunction: 'QueryServerInformation' },
    { QueryFunction: ['QueryOperations', 'QueryOperations'] },
    { QueryFunction: ['QueryProfiles', 'QueryCapabilities', 'QueryRNGs', 'QueryExtensionList'] },
    { QueryFunction: '0x80000001' },
  ],
  discoverVersions: () => [
    { ProtocolVersion: { ProtocolVersionMajor: 2, ProtocolVersionMinor: 1 } },
    { ProtocolVersion: { ProtocolVersionMajor: 9, ProtocolVersionMinor: 9 } },
    {
      ProtocolVersion: [
        { ProtocolVersionMajor: 1, ProtocolVersionMinor: 4 },
        { ProtocolVersionMajor: -1, ProtocolVersionMinor: 2 ** 31 - 1 },
      ],
    },
  ],
  encrypt: (id) => [
    { ...id, ...cipher('GCM'), Data: '' },
    {
      ...id,
      ...cipher('GCM'),
      Data: '00'.repeat(5000),
      AuthenticatedEncryptionAdditionalData: 'aa',
    },
    {
      ...id,
      ...cipher('CBC', { PaddingMethod: 'PKCS5' }),
      Data: '00',
      IVCounterNonce: '00'.repeat(16),
    },
    { ...id, ...cipher('CBC'), Data: '00', IVCounterNonce: '00' },
    { ...id, ...cipher('CTR', { RandomIV: true }), Data: '00' },
    { ...id, ...cipher('GCM'), Data: '00', InitIndicator: true },
    { ...id, ...cipher('GCM'), CorrelationValue: '00', FinalIndicator: true },
    { ...id, Data: '00' },
    id,
  ],
  decrypt: (id) => [{ ...id, ...cipher('CBC'), Data: '00' }, id],
  sign: (id) => [{ ...id, ...digest('SHA_512'), Data: '' }, id],
  hash: () => [
    { ...digest('SHA_512'), Data: '' },
    { ...digest('MD5'), Data: '00'.repeat(5000) },
    { CryptographicParameters: {}, Data: '00' },
  ],
  rngRetrieve: () => [0, 1, -1, 4096, 2 ** 31 - 1].map((DataLength) => ({ DataLength })),
};

/** Header fields that hardly anybody sends; of a good request each. */
const headers: readonly Fields[] = [
  { ClientCorrelationValue: long },
  { ClientCorrelationValue: '' },
  { MaximumResponseSize: 256 },
  { MaximumResponseSize: 512 },
  { MaximumResponseSize: 768 },
  { MaximumResponseSize: 2 ** 31 - 1 },
  { AsynchronousIndicator: 'Prohibited' },
  { AsynchronousIndicator: 'Optional' },
  { AsynchronousIndicator: 'Mandatory' },
  { BatchOrderOption: false },
  { BatchErrorContinuationOption: 'Undo' },
  { TimeStamp: -1 },
];

/** An extension that nobody knows. */
const critical: Fields = {
  MessageExtension: {
    VendorIdentification: 'of nobody',
    CriticalityIndicator: true,
    VendorExtension: { '0x540001': { type: 'TextString', value: 'something' } },
  },
};

const inEachItem = eachItem(
  () => true,
  (item) => ({ ...item, ...critical }),
);

/** Requests that are good but for a critical extension, or for what their headers ask for. */
function otherwiseGood(usual: Fields, message: MessageName, version: Spoken): readonly Fields[] {
  if (message === 'activate' || message === 'create') return [inEachItem(usual)];
  if (message !== 'query') return [];
  const asked = { QueryFunction: 'QueryOperations' };
  const inHeaders = headers.map((header) => request([['Query', asked]], version, header));
  return [inEachItem(usual), ...inHeaders];
}

/** Contents that fit and are hardly ever sent. */
export function rareContents(message: MessageName, making: Making): readonly unknown[] {
  const conversation = conversationAt(making.position);
  const { random } = making;
  if (messages[message].saidBy[0] === 'server') return rareResponses(message, conversation, random);
  const version = versionIn(making.settings);
  if (message === 'batch') return chanceBatches(conversation, random, version);
  const [UniqueIdentifier = ''] = idsFor(message, conversation, random);
  const rare = payloads[message]?.({ UniqueIdentifier }, random.uuid()) ?? [];
  const [usual] = contents(message, making);
  return [
    ...rare.map((payload) => requestOf(message, payload, version)),
    ...(isFields(usual) ? otherwiseGood(usual, message, version) : []),
  ];
}
