import { hash } from 'node:crypto';
import { latin1Bytes } from '#src/base/bytes.ts';
import { HarnessError } from '#src/base/errors.ts';
import { pythonJson, type Json } from '#src/base/json.ts';
import type { Seal } from '../authenticator/authenticator.ts';
import type { LengthOrder } from '../frame.ts';

/** What a frame says; `contentLength` is the content's own length where it is absent. */
export interface WrittenFrame {
  readonly code: Json;
  readonly contentLength?: Json;
  readonly challenge: Json;
  readonly nextChallenge: Json;
  /** The content as it lies on the wire: ASCII, as `json.dumps` writes it. */
  readonly content: string;
  /** More members, after the four; a name of the four again gives a duplicate member. */
  readonly extra?: Readonly<Record<string, Json>>;
}

/**
 * Writes a frame in one array, its header as Python's `json.dumps` would.
 *
 * @throws HarnessError for a header or seal of more than 65,535 bytes.
 * @see QOSST control protocol, Format of frame
 */
export function writeFrame(
  frame: WrittenFrame,
  { lengthOrder, seal }: { readonly lengthOrder: LengthOrder; readonly seal: Seal },
): Uint8Array {
  const header = headerText(frame);
  const body = header + frame.content;
  const digest = seal(latin1Bytes(hash('sha256', body, 'binary')));
  const lengths = { headerLength: header.length, digestLength: digest.length };
  const written = newFrame(lengths, digest.length + body.length, lengthOrder);
  written.set(digest, fixedBytes);
  written.write(body, fixedBytes + digest.length, 'latin1');
  return written;
}

/** The parts of a frame; the lengths are those of the parts where they are absent. */
export interface FrameParts {
  readonly header: Uint8Array;
  readonly digest: Uint8Array;
  readonly content: Uint8Array;
  readonly headerLength?: number;
  readonly digestLength?: number;
}

/**
 * Puts the parts of a frame together as they are.
 *
 * @throws HarnessError for a length that is no integer from 0 to 65,535.
 */
export function joinFrame(parts: FrameParts, lengthOrder: LengthOrder): Uint8Array {
  const { header, digest, content } = parts;
  const { headerLength = header.length, digestLength = digest.length } = parts;
  const bodyBytes = digest.length + header.length + content.length;
  const frame = newFrame({ headerLength, digestLength }, bodyBytes, lengthOrder);
  frame.set(digest, fixedBytes);
  frame.set(header, fixedBytes + digest.length);
  frame.set(content, fixedBytes + digest.length + header.length);
  return frame;
}

/**
 * The text of a content: nothing where Python takes it for false (`undefined`, `null`, `false`,
 * 0, `""`, `[]`, `{}`), as the software sends it; otherwise as `json.dumps` writes it.
 *
 * @see qosst-core 0.10.1, sockets.py, QOSSTSocket.send: `if data:`
 */
export function contentText(content: Json | undefined): string {
  return content === undefined || isFalseInPython(content) ? '' : pythonJson(content);
}

/** SHA-256 of header and content, exactly the bytes on the wire; `header` may be both in one. */
export function digestOf(header: Uint8Array, content: Uint8Array = nothing): Uint8Array {
  const sealed = content.length === 0 ? header : Buffer.concat([header, content]);
  return latin1Bytes(hash('sha256', sealed, 'binary'));
}

const nothing = new Uint8Array(0);

const fixedBytes = 4;

/** A frame of which only the two lengths are written. */
function newFrame(
  lengths: { readonly headerLength: number; readonly digestLength: number },
  bodyBytes: number,
  lengthOrder: LengthOrder,
): Buffer {
  const headerLength = uint16(lengths.headerLength);
  const digestLength = uint16(lengths.digestLength);
  const isHeaderFirst = lengthOrder === 'headerFirst';
  const frame = Buffer.allocUnsafe(fixedBytes + bodyBytes);
  frame.writeUInt16BE(isHeaderFirst ? headerLength : digestLength, 0);
  frame.writeUInt16BE(isHeaderFirst ? digestLength : headerLength, 2);
  return frame;
}

function headerText(frame: WrittenFrame): string {
  const { code, contentLength = frame.content.length, challenge, nextChallenge, extra } = frame;
  const four = `{"code": ${pythonJson(code)}, "content_length": ${pythonJson(contentLength)}, \
"challenge": ${pythonJson(challenge)}, "next_challenge": ${pythonJson(nextChallenge)}`;
  if (extra === undefined || isFalseInPython(extra)) return `${four}}`;
  return `${four}, ${pythonJson(extra).slice(1)}`;
}

function uint16(length: number): number {
  if (Number.isInteger(length) && length >= 0 && length <= 0xffff) return length;
  throw new HarnessError('internal', `expected a length from 0 to 65535, got ${length}`);
}

function isFalseInPython(content: Json): boolean {
  if (typeof content === 'object' && content !== null) return Object.keys(content).length === 0;
  return !content && !Number.isNaN(content);
}
