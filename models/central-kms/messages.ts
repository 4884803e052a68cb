import Type, { type TSchema } from 'typebox';
import type { MessageRow } from '#models/language/index.ts';

/** What carries a message: the upgrade in HTTP, a text message, or a control frame. */
export type Carrier = 'http' | 'text' | 'control';

/** The methods of the socket. */
export type Method =
  'register' | 'challenge' | 'batch' | 'healthcheck' | 'inquiry' | 'inquiry-response';

/** A message of the socket: `method` of a call, `answers` of a response. */
export interface CentralKmsMessage extends MessageRow {
  readonly carrier: Carrier;
  /** The JSON-RPC method of a call. */
  readonly method?: Method;
  /** The method of the calls that a response is about; `null`: any. */
  readonly answers?: Method | null;
}

const uuid = '[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}';
const Uuid = Type.String({ pattern: `^${uuid}$` });
/** In either case; how many digits is an open question. */
const Hex = Type.String({ pattern: '^([0-9a-fA-F]{2})+$' });
/** RFC 3339, in any time zone: which ones are welcome is an open question. */
const DateTime = Type.String({
  pattern: '^\\d{4}-\\d\\d-\\d\\d[Tt]\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?([Zz]|[+-]\\d\\d:\\d\\d)$',
});
const Text = Type.String();
const Something = Type.String({ minLength: 1 });
/** Whether the digits of an integer will do is an open question. */
const Count = Type.Union([Type.Integer({ minimum: 0 }), Type.String({ pattern: '^\\d+$' })]);
const maybe = (schema: TSchema) => Type.Optional(schema);
const orNull = (schema: TSchema) => maybe(Type.Union([schema, Type.Null()]));
/** Members beyond those named are legal everywhere: the document forbids none. */
const members = (properties: Record<string, TSchema>) => Type.Object(properties);

const version = Type.Literal('2.0');
const Id = Type.Union([Text, Type.Number(), Type.Null()]);
const nothing = maybe(Type.Never());
const call = (method: Method, params: Record<string, TSchema>) =>
  members({ jsonrpc: version, id: Id, method: Type.Literal(method), params: members(params) });
const result = (value: TSchema) =>
  members({ jsonrpc: version, id: Id, result: value, error: nothing });
const Failure = members({
  jsonrpc: version,
  id: Id,
  error: members({ code: Type.Integer(), message: Text }),
  result: nothing,
});
/**
 * What an inquiry finds, one batch at a time; without `id` and `body` where there is none, without
 * `inquiry` where the call had none.
 */
const found = {
  inquiry: orNull(Uuid),
  id: orNull(Text),
  body: orNull(Text),
  total: Count,
  item: Count,
};
const Bytes = members({ payload: Type.String({ pattern: '^([0-9a-f]{2}){0,125}$' }) });
const Token = maybe(Type.Array(Text));

const sidecarId = '11a1b2c3-d4e5-4f60-8172-8394a5b6c7d8';
const batchId = '2b0c9d8e-7f6a-4b5c-9d4e-3f2a1b0c9d8e';
const healthCheckId = '3c1d0e9f-8a7b-4c6d-8e5f-4a3b2c1d0e9f';
const inquiryId = '4d2e1f0a-9b8c-4d7e-9f6a-5b4c3d2e1f0a';
/** RFC 8032, test 1: the seed and the public key. */
const batchKey =
  '9D61B19DEFFD5A60BA844AF492EC2CC44449C5697B326919703BAC031CAE7F60' +
  'D75A980182B10AB7D54BFED3C964073A0EE172F3DAA62325AF021A68F707511A';
/** NIST SP 800-38B, the 256-bit key. */
const rowKey = '603DEB1015CA71BE2B73AEF0857D77811F352C073B6108D72D9810A30914DFF4';
const challenge = '3f8c2d0e-7a4b-4b55-9a55-0d2b9d6f1c11';
/** Of that challenge, with these keys. */
const batchSignature =
  '128c008988ccfd44a74e45d07ea0ef177c25b2b522ee338c1d6a6685a1bd4e87' +
  '95a59b66778f962aef504d54e93657e7fdaf5a034f2671254599fea9b128860a';
const rowSignature = '7052831be3c3913f9b55cef56245ef3e';
const startTime = '2018-01-01T00:00:00Z';
const endTime = '2018-01-02T00:00:00Z';
const finding = { inquiry: inquiryId, id: batchId, body: '[]', total: 1, item: 1 };

const asks = <Params>(id: string, method: Method, params: Params) => ({
  example: { jsonrpc: '2.0', id, method, params },
});
const says = <Value>(id: string, value: Value) => ({
  example: { jsonrpc: '2.0', id, result: value },
});
const fails = (id: string, code: number, message: string) => ({
  example: { jsonrpc: '2.0', id, error: { code, message } },
});

const kms = { saidBy: ['central-kms'] } as const;
const sidecar = { saidBy: ['sidecar'] } as const;
const either = { saidBy: ['central-kms', 'sidecar'] } as const;
const http = { carrier: 'http' } as const;
const text = { carrier: 'text' } as const;
const control = { carrier: 'control' } as const;

/**
 * What the central KMS and the sidecar say to each other. The content of a text message is the
 * JSON-RPC object as a whole, not its params or result: ids, versions and methods are then bent,
 * generated and told apart like every other member, and a bare content says which call it answers.
 * Of the upgrade and of control frames it is what they say, bytes as lower-case hexadecimal digits.
 * @see Central KMS Socket
 */
// prettier-ignore
export const messages = {
  upgrade:        { ...sidecar, ...http, wireName: 'GET /sidecar',   content: members({ path: Something, host: Something, key: Something, version: Something, protocols: Token, extensions: Token }), example: { path: '/sidecar', host: 'central-kms', key: 'dGhlIHNhbXBsZSBub25jZQ==', version: '13' } },
  upgraded:       { ...kms,     ...http, wireName: '101 Switching Protocols', content: members({ accept: Something, protocol: orNull(Text), extensions: Token }), example: { accept: 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=' } },
  upgradeRefused: { ...kms,     ...http, wireName: 'HTTP error',     content: members({ status: Type.Integer({ minimum: 300, maximum: 599 }), versions: Token }), example: { status: 400 }, exceptional: true },

  register:       { ...sidecar, ...text, method: 'register',  wireName: 'register',  content: call('register', { id: Uuid, serviceName: Text }), ...asks('r-1', 'register', { id: sidecarId, serviceName: 'payments' }) },
  registered:     { ...kms,     ...text, answers: 'register', wireName: 'register result', content: result(members({ id: Uuid, batchKey: Hex, rowKey: Hex, challenge: Something })), ...says('r-1', { id: sidecarId, batchKey, rowKey, challenge }) },
  challenge:      { ...sidecar, ...text, method: 'challenge', wireName: 'challenge', content: call('challenge', { batchSignature: Hex, rowSignature: Hex }), ...asks('c-1', 'challenge', { batchSignature, rowSignature }) },
  challengeAccepted: { ...kms,  ...text, answers: 'challenge', wireName: 'challenge result', content: result(members({ status: Type.Literal('OK') })), ...says('c-1', { status: 'OK' }) },

  batch:          { ...sidecar, ...text, method: 'batch',     wireName: 'batch',     content: call('batch', { id: Uuid, signature: Text }), ...asks('b-1', 'batch', { id: batchId, signature: batchSignature }) },
  batchStored:    { ...kms,     ...text, answers: 'batch',    wireName: 'batch result', content: result(members({ id: Uuid })), ...says('b-1', { id: batchId }) },

  healthcheck:    { ...kms,     ...text, method: 'healthcheck', wireName: 'healthcheck', content: call('healthcheck', { level: Text }), ...asks(healthCheckId, 'healthcheck', { level: 'ping' }) },
  healthReport:   { ...sidecar, ...text, answers: 'healthcheck', wireName: 'healthcheck result', content: result(members({})), ...says(healthCheckId, { version: '1.0.0', uptime: 60 }) },

  inquiry:        { ...kms,     ...text, method: 'inquiry',   wireName: 'inquiry',   content: call('inquiry', { inquiry: Uuid, startTime: DateTime, endTime: DateTime }), ...asks(inquiryId, 'inquiry', { inquiry: inquiryId, startTime, endTime }) },
  inquiryResult:  { ...sidecar, ...text, answers: 'inquiry',  wireName: 'inquiry result', content: result(members(found)), ...says(inquiryId, finding) },
  /** In place of the result where the deployed software is followed: a call that nobody answers. */
  inquiryResponse: { ...sidecar, ...text, method: 'inquiry-response', wireName: 'inquiry-response', content: members({ jsonrpc: version, id: maybe(Id), method: Type.Literal('inquiry-response'), params: members(found) }), ...asks('i-1', 'inquiry-response', finding) },

  kmsError:       { ...kms,     ...text, answers: null,       wireName: 'error',     content: Failure, ...fails('r-1', 40001, `Sidecar with id '${sidecarId}' already exists`), exceptional: true },
  sidecarError:   { ...sidecar, ...text, answers: null,       wireName: 'error',     content: Failure, ...fails(healthCheckId, -32602, 'Invalid params'), exceptional: true },
  /** Several calls in one array, or the responses to them. */
  array:          { ...either,  ...text, wireName: 'batch array', content: Type.Array(members({ jsonrpc: version }), { minItems: 1 }), example: [{ jsonrpc: '2.0', id: 'b-1', method: 'batch', params: { id: batchId, signature: batchSignature } }], exceptional: true },
  /** A call of a method that the document has not. */
  otherCall:      { ...sidecar, ...text, wireName: 'call of another method', content: members({ jsonrpc: version, id: maybe(Id), method: Text }), example: { jsonrpc: '2.0', id: 'o-1', method: 'status' }, exceptional: true },

  pong:           { ...either,  ...control, wireName: 'pong',  content: Bytes, example: { payload: '' } },
  ping:           { ...either,  ...control, wireName: 'ping',  content: Bytes, example: { payload: '' }, exceptional: true },
  closeFrame:     { ...either,  ...control, wireName: 'close', content: members({ code: orNull(Type.Integer({ minimum: 1000, maximum: 4999 })), reason: maybe(Text) }), example: { code: 1000, reason: '' }, exceptional: true },
} as const satisfies Readonly<Record<string, CentralKmsMessage>>;

export type MessageName = keyof typeof messages;

/** The messages that one side may say. */
export type SaidBy<Side extends 'central-kms' | 'sidecar'> = {
  [Name in MessageName]: Side extends (typeof messages)[Name]['saidBy'][number] ? Name : never;
}[MessageName];
