import Type, { type TSchema } from 'typebox';
import type { MessageRow } from '#models/language/index.ts';
import { fieldRules, operations, type OperationKey } from './operations.ts';

const Bytes = Type.String({ pattern: '^([0-9a-f]{2})*$' });
/** A name, or `0x` and eight digits. */
const Name = Type.String({ minLength: 1 });
const Text = Type.String();
const Count = Type.Integer({ minimum: -(2 ** 31), maximum: 2 ** 31 - 1 });
const Mask = Type.Union([Type.Integer(), Text]);
const Moment = Type.Integer();
const Flag = Type.Boolean();
const structure = (properties: Record<string, TSchema> = {}) => Type.Object(properties);
const maybe = (schema: TSchema) => Type.Optional(schema);

const Version = structure({ ProtocolVersionMajor: Count, ProtocolVersionMinor: Count });

/** What stands under the tags of payloads; any value under those that are not listed. */
const types: Readonly<Record<string, TSchema>> = {
  UniqueIdentifier: Type.Union([Text, Type.Integer()]),
  PrivateKeyUniqueIdentifier: Text,
  PublicKeyUniqueIdentifier: Text,
  ObjectType: Name,
  Attributes: structure(),
  CommonAttributes: structure(),
  PrivateKeyAttributes: structure(),
  PublicKeyAttributes: structure(),
  NewAttribute: structure(),
  CurrentAttribute: structure(),
  CryptographicUsageMask: Mask,
  StorageStatusMask: Mask,
  MaximumItems: Count,
  OffsetItems: Count,
  LocatedItems: Count,
  LeaseTime: Count,
  KeyFormatType: Name,
  KeyWrapType: Name,
  RevocationReason: structure({ RevocationReasonCode: Name, RevocationMessage: maybe(Text) }),
  CompromiseOccurrenceDate: Moment,
  QueryFunction: Name,
  Operation: Name,
  VendorIdentification: Text,
  ServerInformation: structure(),
  ProtocolVersion: Version,
  CryptographicParameters: structure(),
  Data: Bytes,
  DigestedData: Bytes,
  IVCounterNonce: Bytes,
  CorrelationValue: Bytes,
  InitIndicator: Flag,
  FinalIndicator: Flag,
  AuthenticatedEncryptionAdditionalData: Bytes,
  AuthenticatedEncryptionTag: Bytes,
  SignatureData: Bytes,
  MACData: Bytes,
  ValidityIndicator: Name,
  DataLength: Count,
};

/** The schema of a payload, out of the list of its fields. */
function payload(rules: string): TSchema {
  const fields = fieldRules(rules).map(({ name, least, most }) => {
    const one = types[name] ?? Type.Unknown();
    const several = Type.Union([one, Type.Array(one)]);
    const schema = most === 1 ? one : several;
    return [name, least === 0 ? maybe(schema) : schema];
  });
  return structure(Object.fromEntries(fields));
}

const RequestHeader = structure({
  ProtocolVersion: Version,
  MaximumResponseSize: maybe(Count),
  ClientCorrelationValue: maybe(Text),
  ServerCorrelationValue: maybe(Text),
  AsynchronousIndicator: maybe(Name),
  BatchErrorContinuationOption: maybe(Name),
  BatchOrderOption: maybe(Flag),
  TimeStamp: maybe(Moment),
  BatchCount: Count,
});

const ResponseHeader = structure({
  ProtocolVersion: Version,
  TimeStamp: Moment,
  ClientCorrelationValue: maybe(Text),
  ServerCorrelationValue: maybe(Text),
  BatchCount: Count,
});

const request = (item: TSchema, least = 1) =>
  structure({ RequestHeader, BatchItem: Type.Array(item, { minItems: least }) });
const response = (item: TSchema) => structure({ ResponseHeader, BatchItem: Type.Array(item) });

const anyItem = structure({
  Operation: Name,
  UniqueBatchItemID: maybe(Bytes),
  RequestPayload: structure(),
});
const resultItem = (members: Record<string, TSchema>) =>
  structure({
    Operation: maybe(Name),
    UniqueBatchItemID: maybe(Bytes),
    ResultStatus: Name,
    ResultReason: maybe(Name),
    ResultMessage: maybe(Text),
    AsynchronousCorrelationValue: maybe(Bytes),
    ResponsePayload: maybe(structure()),
    ...members,
  });

const version = { ProtocolVersionMajor: 2, ProtocolVersionMinor: 1 };
/** 2020-11-21T00:00:00Z. */
const TimeStamp = 1_605_916_800;
const askedWith = (Operation: string, RequestPayload: object) => ({
  RequestHeader: { ProtocolVersion: version, BatchCount: 1 },
  BatchItem: [{ Operation, RequestPayload }],
});
const answeredWith = (...items: readonly object[]) => ({
  ResponseHeader: { ProtocolVersion: version, TimeStamp, BatchCount: items.length },
  BatchItem: items,
});

const client = { saidBy: ['client'] } as const;
const server = { saidBy: ['server'] } as const;

/** A request of one item. */
const asks = (key: OperationKey, example: object) => {
  const { operation, request: fields } = operations[key];
  const item = structure({
    Operation: Type.Literal(operation),
    UniqueBatchItemID: maybe(Bytes),
    RequestPayload: payload(fields),
  });
  return {
    ...client,
    wireName: operation,
    content: request(item),
    example: askedWith(operation, example),
  };
};

const id = { UniqueIdentifier: '1' };
const aes = {
  CryptographicAlgorithm: 'AES',
  CryptographicLength: 256,
  CryptographicUsageMask: 'Encrypt|Decrypt',
};
const key = {
  KeyBlock: {
    KeyFormatType: 'Raw',
    KeyValue: { KeyMaterial: '603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4' },
    CryptographicAlgorithm: 'AES',
    CryptographicLength: 256,
  },
};
const reference = { AttributeReference: 'State' };
const description = { Description: 'of qkdspec' };
const gcm = { BlockCipherMode: 'GCM', IVLength: 12, TagLength: 16 };
const pairOf = (algorithm: string, length: number) => ({
  CommonAttributes: { CryptographicAlgorithm: algorithm, CryptographicLength: length },
  PrivateKeyAttributes: { CryptographicUsageMask: 'Sign' },
  PublicKeyAttributes: { CryptographicUsageMask: 'Verify' },
});
const digest = { HashingAlgorithm: 'SHA_256' };
const found = (UniqueBatchItemID?: string) => ({
  Operation: 'Activate',
  ...(UniqueBatchItemID === undefined ? {} : { UniqueBatchItemID }),
  ResultStatus: 'Success',
  ResponsePayload: id,
});
const failure = {
  ResultStatus: 'OperationFailed',
  ResultReason: 'ItemNotFound',
  ResultMessage: 'no such object',
};

/**
 * What a client and a server say. The content is the whole message as `Fields`, in the names of
 * KMIP 2.1 whatever the version: a request by the operation of its only item, or a batch.
 * @see KMIP 2.1, Operations
 */
// prettier-ignore
export const messages = {
  discoverVersions: asks('discoverVersions', {}),
  query:            asks('query', { QueryFunction: ['QueryOperations', 'QueryObjects'] }),
  create:           asks('create', { ObjectType: 'SymmetricKey', Attributes: aes }),
  createKeyPair:    asks('createKeyPair', pairOf('RSA', 2048)),
  register:         asks('register', { ObjectType: 'SymmetricKey', Attributes: aes, SymmetricKey: key }),
  locate:           asks('locate', { Attributes: { ObjectType: 'SymmetricKey' } }),
  get:              asks('get', id),
  getAttributes:    asks('getAttributes', { ...id, ...reference }),
  getAttributeList: asks('getAttributeList', id),
  addAttribute:     asks('addAttribute', { ...id, NewAttribute: description }),
  modifyAttribute:  asks('modifyAttribute', { ...id, NewAttribute: description }),
  setAttribute:     asks('setAttribute', { ...id, NewAttribute: description }),
  deleteAttribute:  asks('deleteAttribute', { ...id, AttributeReference: 'Description' }),
  activate:         asks('activate', id),
  revoke:           asks('revoke', { ...id, RevocationReason: { RevocationReasonCode: 'Unspecified' } }),
  destroy:          asks('destroy', id),
  check:            asks('check', { ...id, CryptographicUsageMask: 'Encrypt' }),
  encrypt:          asks('encrypt', { ...id, CryptographicParameters: gcm, Data: '00112233' }),
  decrypt:          asks('decrypt', { ...id, CryptographicParameters: gcm, Data: '00112233', IVCounterNonce: '000102030405060708090a0b', AuthenticatedEncryptionTag: '00'.repeat(16) }),
  sign:             asks('sign', { ...id, CryptographicParameters: digest, Data: '00112233' }),
  signatureVerify:  asks('signatureVerify', { ...id, CryptographicParameters: digest, Data: '00112233', SignatureData: '00' }),
  mac:              asks('mac', { ...id, CryptographicParameters: digest, Data: '00112233' }),
  macVerify:        asks('macVerify', { ...id, CryptographicParameters: digest, Data: '00112233', MACData: '00' }),
  hash:             asks('hash', { CryptographicParameters: digest, Data: '00112233' }),
  rngRetrieve:      asks('rngRetrieve', { DataLength: 16 }),
  /** An operation that is not followed: any answer to it will do. */
  otherRequest:     { ...client, wireName: 'another operation', content: request(anyItem), example: askedWith('Archive', id), exceptional: true },
  batch:            { ...client, wireName: 'several items', content: request(anyItem, 2), example: { RequestHeader: { ProtocolVersion: version, BatchCount: 2 }, BatchItem: [{ Operation: 'Create', UniqueBatchItemID: '01', RequestPayload: { ObjectType: 'SymmetricKey', Attributes: aes } }, { Operation: 'Activate', UniqueBatchItemID: '02', RequestPayload: {} }] } },

  succeeded:        { ...server, wireName: 'Success', content: response(resultItem({ Operation: Name, ResultStatus: Type.Literal('Success') })), example: answeredWith(found()) },
  failed:           { ...server, wireName: 'Operation Failed', content: response(resultItem({ Operation: Name, ResultStatus: Type.Literal('OperationFailed'), ResultReason: Name })), example: answeredWith({ Operation: 'Activate', ...failure }), exceptional: true },
  batchAnswered:    { ...server, wireName: 'several results', content: response(resultItem({})), example: answeredWith(found('01'), found('02')) },
  /** One failed item without operation: the message as a whole. */
  rejected:         { ...server, wireName: 'the message is refused', content: response(resultItem({ ResultStatus: Type.Literal('OperationFailed'), ResultReason: Name })), example: answeredWith({ ...failure, ResultReason: 'InvalidMessage' }), exceptional: true },
  pending:          { ...server, wireName: 'Operation Pending', content: response(resultItem({ ResultStatus: Type.Literal('OperationPending') })), example: answeredWith({ Operation: 'Activate', ResultStatus: 'OperationPending', AsynchronousCorrelationValue: '01' }), exceptional: true },
  /** A status of HTTP and no KMIP response, but perhaps a text for people. */
  httpRefused:      { ...server, wireName: 'HTTP error', content: structure({ status: Type.Integer({ minimum: 100, maximum: 999 }), text: maybe(Text) }), example: { status: 400 }, exceptional: true },
} as const satisfies Readonly<Record<string, MessageRow>>;

export type MessageName = keyof typeof messages;

/** The messages that one side may say. */
export type SaidBy<Side extends 'server' | 'client'> = {
  [Name in MessageName]: Side extends (typeof messages)[Name]['saidBy'][number] ? Name : never;
}[MessageName];
