import { messages, type Call, type End, type MessageName } from '#models/etsi-004/index.ts';
import { encodeRecord, type RecordKind } from '#src/base/records.ts';
import type { ServiceBend } from './framing/frame-writer.ts';
import { writeRequest, writeResponse, type HttpBend } from '#src/wire/http/message-writer.ts';

/**
 * How a frame can be bent: the HTTP message or the frame of the service framing, whichever the
 * dialect has, and the connection that it is said on.
 */
export interface Etsi004Bend extends HttpBend, ServiceBend {
  readonly method?: string;
  readonly target?: string;
  /** The HTTP status code of an answer. */
  readonly code?: number;
  /** The content as bytes, instead of the JSON or the payload. */
  readonly body?: Uint8Array;
  /** The end of the link at which it is said. */
  readonly end?: End;
  /** The connection of its end, by its number. */
  readonly connection?: number;
  /** What happens to the connection behind it. */
  readonly leaves?: Exclude<RecordKind, 'data' | 'route'>;
}

/** Which connection something is said on. */
export interface Wire {
  readonly end: End;
  readonly by: 'kms' | 'qkd-device';
  readonly connection: number;
}

/** An HTTP message as it is meant. */
export interface Meant {
  readonly message: MessageName;
  /** The HTTP status code of an answer. */
  readonly code: number;
  readonly host: string;
  /** The caller wants the connection ended behind the answer. */
  readonly last: boolean;
  readonly body: Uint8Array | undefined;
}

/** The bytes of a call or an answer on its connection, bent. */
export function httpBytes(meant: Meant, bend: Etsi004Bend): Uint8Array {
  const call = callRow(meant.message);
  const headers = meant.last ? [{ name: 'Connection', value: 'close' }] : [];
  const body = bend.body ?? meant.body;
  const content = body === undefined ? {} : { body };
  if (call === null)
    return writeResponse({ code: bend.code ?? meant.code, headers, ...content }, bend);
  const { method = call.method, target = call.path } = bend;
  return writeRequest({ method, target, host: meant.host, headers, ...content }, bend);
}

/** Bytes on one connection as a record; none where there are no bytes. */
export function wrapped(kind: RecordKind, wire: Wire, bytes: Uint8Array = nothing): Uint8Array {
  if (kind === 'data' && bytes.length === 0) return nothing;
  const { end, by, connection } = wire;
  return encodeRecord({
    kind,
    end: end === 'a' ? 0 : 1,
    by: by === 'kms' ? 0 : 1,
    connection,
    bytes,
  });
}

const nothing = new Uint8Array(0);

/** How a call is made. */
export interface CallRow {
  readonly call: Call;
  readonly method: string;
  readonly path: string;
}

/** The method and path of a message; `null` where it is an answer. */
export function callRow(message: MessageName): CallRow | null {
  const row = messages[message];
  return 'method' in row ? row : null;
}

/** The HTTP code of an answer with such status. @see ETSI GS QKD 004 push mode, Status codes */
export function codeOf(message: MessageName, status: number | null): number {
  const row = messages[message];
  const usual = 'code' in row ? row.code : 0;
  if (usual < 400 || status === null || message === 'callRefused') return usual;
  return internal.includes(status) ? 500 : 400;
}

/** Statuses that come with 500. */
const internal: readonly number[] = [2, 4, 6, 7];
