import type { Json } from '#src/base/json.ts';
import { utf8Text } from '#src/base/bytes.ts';
import type { FramingRules } from './dialect.ts';
import { services, wholeStatuses, type Field, type FieldKind, type Service } from './layouts.ts';
import { mimetypeBytes, type ServiceProblem } from './message.ts';

/** What a payload holds, and what is wrong with it. */
export interface ReadPayload {
  /** Absent where it cannot be read, or there is none. */
  readonly content: Json | undefined;
  readonly problems: readonly ServiceProblem[];
}

/** Reads the payload of a service. Total; nothing is copied but members. */
export function readPayload(service: number, bytes: Uint8Array, rules: FramingRules): ReadPayload {
  const known = services[service];
  if (known === undefined) {
    const detail = `expected a service of the interface, got ${service}`;
    return { content: undefined, problems: [{ code: 'service', detail }] };
  }
  if (known.call === null) return readError(bytes);
  const cursor = new Cursor(bytes, rules);
  const content = readFields(cursor, refusedFields(known, bytes));
  if (cursor.problem !== null) return { content: undefined, problems: [cursor.problem] };
  return { content, problems: behind(cursor.leftBytes) };
}

/** An error may say its status; what else stands there nobody knows. */
function readError(bytes: Uint8Array): ReadPayload {
  const status = bytes.length < 4 ? null : uint32At(bytes);
  return { content: status === null ? undefined : { status }, problems: [] };
}

function behind(leftBytes: number): readonly ServiceProblem[] {
  if (leftBytes === 0) return [];
  const detail = `expected the payload to end with its last member, got ${leftBytes} bytes more`;
  return [{ code: 'long', detail }];
}

/** A refusal may hold no more than its status; with 8 also the size that metadata would need. */
function refusedFields({ call, isAnswer, fields }: Service, bytes: Uint8Array): readonly Field[] {
  if (call === null || !isAnswer || bytes.length < 4) return fields;
  const status = uint32At(bytes);
  if (wholeStatuses[call].includes(status)) return fields;
  if (bytes.length === 4) return fields.slice(0, 1);
  if (bytes.length === 8 && call === 'getKey') {
    return [
      ['status', 'uint32'],
      ['metadata.size', 'uint32'],
    ];
  }
  return fields;
}

function readFields(cursor: Cursor, fields: readonly Field[]): Json {
  const content: Record<string, Json> = {};
  const inner: Record<string, Record<string, Json>> = {};
  for (const [path, kind] of fields) {
    const value = readers[kind](cursor);
    const [outer = '', name] = path.split('.');
    if (name === undefined) content[outer] = value;
    else {
      const group = (inner[outer] ??= {});
      group[name] = value;
      content[outer] = group;
    }
    if (cursor.problem !== null) break;
  }
  return content;
}

const readers: Readonly<Record<FieldKind, (cursor: Cursor) => Json>> = {
  text: (cursor) => cursor.text(),
  mimetype: (cursor) => (cursor.rules.mimetype === 'filled' ? filledText(cursor) : cursor.text()),
  uint32: (cursor) => cursor.uint32(),
  stream: (cursor) => uuidText(cursor.take(16)),
  streamOrNone: (cursor) => {
    const id = cursor.take(16);
    return id.every((byte) => byte === 0) ? null : uuidText(id);
  },
  key: (cursor) => Buffer.from(cursor.take(cursor.uint32())).toString('base64'),
  metadata: (cursor) => readMetadata(cursor),
  metadataAsked: (cursor) =>
    cursor.rules.metadataAsked === 'size'
      ? { size: cursor.uint32(), buffer: '' }
      : readMetadata(cursor),
};

/** The room behind the text is filled with NULs. */
function readMetadata(cursor: Cursor): Json {
  const size = cursor.uint32();
  const text = Buffer.from(cursor.take(size)).toString('latin1');
  return { size, buffer: text.replace(/\0+$/, '') };
}

function filledText(cursor: Cursor): string {
  const bytes = cursor.take(mimetypeBytes);
  const end = bytes.indexOf(0);
  return cursor.decoded(end < 0 ? bytes : bytes.subarray(0, end));
}

function uuidText(id: Uint8Array): string {
  const hex = Buffer.from(id).toString('hex');
  const at = [0, 8, 12, 16, 20, 32];
  return at
    .slice(1)
    .map((end, index) => hex.slice(at[index], end))
    .join('-');
}

function uint32At(bytes: Uint8Array): number {
  return new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
}

/** Where a payload is read; what is behind its end reads as nothing, and is told. */
class Cursor {
  readonly rules: FramingRules;
  readonly #bytes: Uint8Array;
  #at = 0;
  problem: ServiceProblem | null = null;

  constructor(bytes: Uint8Array, rules: FramingRules) {
    this.#bytes = bytes;
    this.rules = rules;
  }

  get leftBytes(): number {
    return this.#bytes.length - this.#at;
  }

  take(length: number): Uint8Array {
    const isShort = length > this.leftBytes;
    if (isShort) {
      const detail = `expected ${length} bytes at ${this.#at} of the payload, got ${this.leftBytes}`;
      this.problem ??= { code: 'short', detail };
      return new Uint8Array(0);
    }
    const taken = this.#bytes.subarray(this.#at, this.#at + length);
    this.#at += length;
    return taken;
  }

  uint32(): number {
    const bytes = this.take(4);
    return bytes.length < 4 ? 0 : uint32At(bytes);
  }

  text(): string {
    const end = this.#bytes.indexOf(0, this.#at);
    if (end < 0) {
      this.problem ??= { code: 'text', detail: 'expected a NUL behind a text, got none' };
      return '';
    }
    const text = this.decoded(this.take(end - this.#at));
    this.#at += 1;
    return text;
  }

  decoded(bytes: Uint8Array): string {
    const text = utf8Text(bytes);
    if (text === null) this.problem ??= { code: 'text', detail: 'expected a text in UTF-8' };
    return text ?? '';
  }
}
