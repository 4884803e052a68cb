import Type, { type TSchema } from 'typebox';
import type { MessageRow } from '#models/language/index.ts';

/** The four calls of the interface; every answer is about one of them. */
export type Call = 'openConnect' | 'getKey' | 'close' | 'keyMaterial';

/** A message of the push interface: a call, or an answer to one. */
export interface Etsi004Message extends MessageRow {
  /** The call that it is, or that it answers; `null` where it may answer anything. */
  readonly call: Call | null;
  /** A call's method and path. */
  readonly method?: string;
  readonly path?: string;
  /** An answer's usual HTTP status code. */
  readonly code?: number;
  /** `optional`: HTTP leaves the answer without content, or its receiver cannot see it. */
  readonly body?: 'optional';
}

const largest = 2 ** 32 - 1;
const Uint32 = Type.Integer({ minimum: 0, maximum: largest });
const Uri = Type.String({ pattern: '^[A-Za-z][A-Za-z0-9+.-]*:' });
const Uuid = Type.String({
  pattern: '^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$',
});
const Base64 = Type.String({
  pattern: '^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$',
});
/** Members beyond those named are legal everywhere: the document forbids none. */
const members = (properties: Record<string, TSchema>) => Type.Object(properties);
const maybe = (schema: TSchema) => Type.Optional(schema);
const orNull = (schema: TSchema) => Type.Union([schema, Type.Null()]);
/** A parameter that its sender leaves to the other side is `null` or not there. */
const open = (schema: TSchema) => maybe(orNull(schema));

/** The quality of service of a key stream. */
const Qos = members({
  key_chunk_size: open(Uint32),
  max_bps: open(Uint32),
  min_bps: open(Uint32),
  jitter: open(Uint32),
  priority: open(Uint32),
  timeout: open(Uint32),
  ttl: open(Uint32),
  metadata_mimetype: open(Type.String({ maxLength: 256 })),
});
const Metadata = members({
  size: open(Uint32),
  buffer: open(Type.Union([Type.String(), Type.Object({})])),
});

const status = (from: number, to: number) => Type.Integer({ minimum: from, maximum: to });
const success = status(0, 0);
const failure = members({ status: status(1, 8) });

const uuid = '4eb81a5c-031f-4d1f-881d-309bee44fc20';
const source = 'http://kms-1.net';
const destination = 'http://kms-2.net';
const qos = {
  key_chunk_size: 32,
  max_bps: 128,
  min_bps: 64,
  jitter: 1,
  priority: 3,
  timeout: 50,
  ttl: 600,
  metadata_mimetype: 'application/json',
};
const noMetadata = { size: 0, buffer: '' };
const push = {
  status: 0,
  index: 0,
  key_buffer: 'CgwnnTwHrGkNxGYNBHpBmYEeqzBPBTv6LqAPmgJ3AOI=',
  metadata: { size: 57, buffer: { key_stream_id: uuid } },
};

const ofKms = '/api/v1/kms/etsi004';
const ofDevice = '/api/v1/qkd/etsi004';
const call = (name: Call, method: string, path: string) => ({ call: name, method, path });
const answer = (name: Call | null, wireName: string, code: number) => ({
  call: name,
  wireName,
  code,
});
const refusal = (name: Call | null, wireName: string, code: number) => ({
  ...answer(name, wireName, code),
  exceptional: true,
});
const kms = { saidBy: ['kms'] } as const;
const device = { saidBy: ['qkd-device'] } as const;
const either = { saidBy: ['kms', 'qkd-device'] } as const;

/**
 * What the KMS and the QKD device say to each other: each call, its answers by their outcome, and
 * what may answer something that is no call. A QKD device is called by the KMS for everything but
 * `keyMaterial`, which it calls itself.
 * @see ETSI GS QKD 004 push mode, open-connect, get-key, close; key-material
 */
// prettier-ignore
export const messages = {
  openConnect:    { ...kms,    ...call('openConnect', 'POST', `${ofKms}/open-connect`), wireName: 'open-connect', content: members({ source: Uri, destination: Uri, key_stream_id: orNull(Uuid), qos: Qos }), example: { source, destination, key_stream_id: null, qos } },
  opened:         { ...device, ...answer('openConnect', 'open-connect accepted', 201),         content: members({ key_stream_id: Uuid, qos: Qos, status: status(0, 1) }), example: { key_stream_id: uuid, qos, status: 0 } },
  counterProposed: { ...device, ...refusal('openConnect', 'open-connect counter proposal', 500), content: members({ key_stream_id: open(Uuid), qos: Qos, status: status(7, 7) }), example: { key_stream_id: null, qos: { ...qos, max_bps: 64 }, status: 7 } },
  openRefused:    { ...device, ...refusal('openConnect', 'open-connect refused', 400),         content: failure, example: { status: 5 } },

  getKey:         { ...kms,    ...call('getKey', 'GET', `${ofKms}/get-key`), wireName: 'get-key', content: members({ key_stream_id: Uuid, index: maybe(Uint32), metadata: maybe(Metadata) }), example: { key_stream_id: uuid, index: 0, metadata: noMetadata } },
  getKeyAccepted: { ...device, ...answer('getKey', 'get-key accepted', 205), body: 'optional', content: members({ status: success, metadata: maybe(Metadata) }), example: { status: 0, metadata: noMetadata } },
  getKeyRefused:  { ...device, ...refusal('getKey', 'get-key refused', 400),                   content: failure, example: { status: 3 } },

  keyMaterial:    { ...device, ...call('keyMaterial', 'POST', `${ofDevice}/key-material`), wireName: 'key-material', content: members({ status: status(0, 8), index: Uint32, key_buffer: Base64, metadata: maybe(Metadata) }), example: push },
  keyAccepted:    { ...kms,    ...answer('keyMaterial', 'key-material accepted', 201),         content: members({ status: success, metadata: maybe(Metadata) }), example: { status: 0, metadata: noMetadata } },
  keyRefused:     { ...kms,    ...refusal('keyMaterial', 'key-material refused', 400), body: 'optional', content: failure, example: { status: 3 } },

  close:          { ...kms,    ...call('close', 'PUT', `${ofKms}/close`), wireName: 'close',   content: members({ key_stream_id: Uuid }), example: { key_stream_id: uuid } },
  closeAccepted:  { ...device, ...answer('close', 'close accepted', 204), body: 'optional',    content: members({ status: success }), example: { status: 0 } },
  closeRefused:   { ...device, ...refusal('close', 'close refused', 400),                      content: failure, example: { status: 5 } },

  /** An error answer to something that is no call of the interface: another path, method, or no HTTP. */
  callRefused:    { ...either, ...refusal(null, 'HTTP error', 404), body: 'optional',          content: members({ status: open(status(1, 8)) }), example: {} },
  /** The connection ended, or was reset, while an answer was owed on it. */
  hungUp:         { ...either, call: null, wireName: 'end of the connection', exceptional: true, content: null, example: null },
} as const satisfies Readonly<Record<string, Etsi004Message>>;

export type MessageName = keyof typeof messages;

/** The messages that one side may say. */
export type SaidBy<Side extends 'kms' | 'qkd-device'> = {
  [Name in MessageName]: Side extends (typeof messages)[Name]['saidBy'][number] ? Name : never;
}[MessageName];
