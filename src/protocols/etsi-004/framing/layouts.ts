import type { MessageName } from '#models/etsi-004/index.ts';

/** How one member of a payload lies in it. Whole numbers are 32 bits, big endian. */
export type FieldKind =
  /** UTF-8, ended by a NUL. */
  | 'text'
  | 'mimetype'
  | 'uint32'
  /** 16 bytes; `streamOrNone`: all zero stands for `null`. */
  | 'stream'
  | 'streamOrNone'
  /** Its size, then as many bytes: base 64 in the content. */
  | 'key'
  /** Its size, then as many bytes: a text of one character a byte in the content. */
  | 'metadata'
  /** What get-key says of metadata: by the dialect. */
  | 'metadataAsked';

/** A member's path in the content, and how it lies in the payload. */
export type Field = readonly [path: string, kind: FieldKind];

const numbers = ['key_chunk_size', 'max_bps', 'min_bps', 'jitter', 'priority', 'timeout', 'ttl'];
const qos: readonly Field[] = [
  ...numbers.map((name): Field => [`qos.${name}`, 'uint32']),
  ['qos.metadata_mimetype', 'mimetype'],
];
const status: Field = ['status', 'uint32'];

/** One service: which call it is or answers, and its payload. */
export interface Service {
  readonly call: 'openConnect' | 'getKey' | 'close' | null;
  readonly isAnswer: boolean;
  readonly fields: readonly Field[];
}

/** Payloads by service byte. The one that ends the server has none: nobody here says it. */
export const services: Readonly<Record<number, Service>> = {
  0: { call: null, isAnswer: true, fields: [] },
  2: {
    call: 'openConnect',
    isAnswer: false,
    fields: [
      ['source', 'text'],
      ['destination', 'text'],
      ...qos,
      ['key_stream_id', 'streamOrNone'],
    ],
  },
  3: {
    call: 'openConnect',
    isAnswer: true,
    fields: [status, ...qos, ['key_stream_id', 'streamOrNone']],
  },
  4: {
    call: 'getKey',
    isAnswer: false,
    fields: [
      ['key_stream_id', 'stream'],
      ['index', 'uint32'],
      ['metadata', 'metadataAsked'],
    ],
  },
  5: {
    call: 'getKey',
    isAnswer: true,
    fields: [status, ['index', 'uint32'], ['key_buffer', 'key'], ['metadata', 'metadata']],
  },
  8: { call: 'close', isAnswer: false, fields: [['key_stream_id', 'stream']] },
  9: { call: 'close', isAnswer: true, fields: [status] },
};

/**
 * The service byte of a message. What is pushed elsewhere goes as the answer to a get-key that
 * nobody sent, an answer to it as an error.
 */
export const serviceOf: Readonly<Record<MessageName, number>> = {
  openConnect: 2,
  opened: 3,
  counterProposed: 3,
  openRefused: 3,
  getKey: 4,
  getKeyAccepted: 5,
  getKeyRefused: 5,
  keyMaterial: 5,
  keyAccepted: 0,
  keyRefused: 0,
  close: 8,
  closeAccepted: 9,
  closeRefused: 9,
  callRefused: 0,
  hungUp: 0,
};

/** Statuses of an answer that brings what was asked for; 7 brings another quality. */
export const wholeStatuses: Readonly<
  Record<'openConnect' | 'getKey' | 'close', readonly number[]>
> = { openConnect: [0, 1, 7], getKey: [0], close: [0] };
