import { member, type MessageName } from '#models/etsi-004/index.ts';
import { latin1Bytes } from '#src/base/bytes.ts';
import type { FramingRules } from './dialect.ts';
import { serviceOf, services, wholeStatuses, type FieldKind, type Service } from './layouts.ts';
import { mimetypeBytes } from './message.ts';

/**
 * A content as payload. Total: what has no form there is written as zero, or as what comes nearest;
 * who has to know reads it back.
 */
export function writePayload(
  message: MessageName,
  content: unknown,
  rules: FramingRules,
): Uint8Array {
  const service = services[serviceOf[message]];
  const status = member(content, 'status');
  if (service === undefined || service.call === null) {
    return status === undefined ? nothing : uint32(status);
  }
  if (service.isAnswer && rules.refusals === 'status' && !isWhole(service, status)) {
    const size = member(member(content, 'metadata'), 'size');
    const needed = status === 8 && size !== undefined ? [uint32(size)] : [];
    return Buffer.concat([uint32(status), ...needed]);
  }
  const parts = service.fields.map(([path, kind]) => writers[kind](memberAt(content, path), rules));
  return Buffer.concat(parts);
}

const nothing = new Uint8Array(0);

function isWhole({ call }: Service, status: unknown): boolean {
  return call !== null && typeof status === 'number' && wholeStatuses[call].includes(status);
}

function memberAt(content: unknown, path: string): unknown {
  return path.split('.').reduce(member, content);
}

const writers: Readonly<Record<FieldKind, (value: unknown, rules: FramingRules) => Uint8Array>> = {
  text: ended,
  mimetype: (value, rules) => (rules.mimetype === 'filled' ? filled(value) : ended(value)),
  uint32,
  stream: uuid,
  streamOrNone: uuid,
  key: (value) => sized(Buffer.from(typeof value === 'string' ? value : '', 'base64')),
  metadata,
  metadataAsked: (value, rules) =>
    rules.metadataAsked === 'size' ? uint32(member(value, 'size')) : metadata(value),
};

function ended(value: unknown): Uint8Array {
  return Buffer.from(typeof value === 'string' ? `${value}\0` : '\0', 'utf8');
}

function filled(value: unknown): Uint8Array {
  const bytes = Buffer.alloc(mimetypeBytes);
  bytes.write(typeof value === 'string' ? value : '', 'utf8');
  return bytes;
}

/** Modulo 2^32; what is no number is 0. */
function uint32(value: unknown): Uint8Array {
  const bytes = Buffer.alloc(4);
  if (typeof value === 'bigint') bytes.writeUInt32BE(Number(BigInt.asUintN(32, value)));
  if (typeof value === 'number') bytes.writeUInt32BE(value >>> 0);
  return bytes;
}

function uuid(value: unknown): Uint8Array {
  const bytes = Buffer.alloc(16);
  bytes.write(typeof value === 'string' ? value.replaceAll('-', '') : '', 'hex');
  return bytes;
}

function sized(bytes: Uint8Array): Uint8Array {
  return Buffer.concat([uint32(bytes.length), bytes]);
}

/** Longest room that is filled up: a larger size is said, and not there. */
const mostFilledBytes = 2 ** 16;

/** The room that its size says, with the buffer at its start. */
function metadata(value: unknown): Uint8Array {
  const buffer = member(value, 'buffer');
  const bytes = latin1Bytes(typeof buffer === 'string' ? buffer : '');
  const said = member(value, 'size');
  const size = typeof said === 'number' ? said : bytes.length;
  const isRoom = Number.isInteger(size) && size >= 0 && size <= mostFilledBytes;
  const filledUp = Buffer.alloc(Math.max(bytes.length, isRoom ? size : 0));
  filledUp.set(bytes);
  return Buffer.concat([uint32(size), filledUp]);
}
