import type { JsonResult } from '#src/base/json.ts';
import type { FrameLimits, FrameProblem, LengthOrder } from '../frame.ts';
import { readHeader } from './header.ts';
import type { JsonHabits } from './read-json.ts';

/** How a reader reads. */
export interface Reading extends JsonHabits {
  readonly lengthOrder: LengthOrder;
  readonly limits: FrameLimits;
}

/** What is known of a frame from its first bytes; more is known from `neededBytes` on. */
export type Outline =
  | { readonly kind: 'unknown'; readonly neededBytes: number }
  | { readonly kind: 'measured'; readonly neededBytes: number; readonly digestEnd: number }
  | WholeOutline;

/** Here `neededBytes` is the length of the whole frame. */
export interface WholeOutline {
  readonly kind: 'whole';
  readonly neededBytes: number;
  readonly digestStart: number;
  readonly digestEnd: number;
  readonly headerEnd: number;
  readonly header: JsonResult;
  readonly problems: readonly FrameProblem[];
  readonly lost: boolean;
}

const fixedBytes = 4;

/** The outline of a frame of which nothing is known: its two lengths come first. */
export const unknownOutline: Outline = { kind: 'unknown', neededBytes: fixedBytes };

/**
 * Takes an outline as far as the bytes allow; `bytes` start with the frame, and may end anywhere.
 *
 * @see QOSST control protocol, Format of frame
 */
export function outline(bytes: Uint8Array, known: Outline, reading: Reading): Outline {
  if (known.kind === 'whole' || bytes.length < known.neededBytes) return known;
  if (known.kind === 'measured') return whole(bytes, known, reading);
  return outline(bytes, measured(bytes, reading), reading);
}

function measured(bytes: Uint8Array, { lengthOrder, limits }: Reading): Outline {
  const first = uint16(bytes, 0);
  const second = uint16(bytes, 2);
  const [header, digest] = lengthOrder === 'headerFirst' ? [first, second] : [second, first];
  if (header > limits.headerBytes) return unread(overLimit('header', limits.headerBytes, header));
  if (digest > limits.digestBytes) return unread(overLimit('digest', limits.digestBytes, digest));
  const digestEnd = fixedBytes + digest;
  return { kind: 'measured', neededBytes: digestEnd + header, digestEnd };
}

function whole(
  bytes: Uint8Array,
  { digestEnd, neededBytes: headerEnd }: { digestEnd: number; neededBytes: number },
  reading: Reading,
): WholeOutline {
  const read = readHeader(bytes.subarray(digestEnd, headerEnd), reading);
  const { header, problems, contentLengthBytes } = read;
  const limit = reading.limits.contentBytes;
  const lost = contentLengthBytes > limit;
  return {
    kind: 'whole',
    neededBytes: lost ? headerEnd : headerEnd + contentLengthBytes,
    digestStart: fixedBytes,
    digestEnd,
    headerEnd,
    header,
    problems: lost ? [...problems, overLimit('content', limit, contentLengthBytes)] : problems,
    lost,
  };
}

/** A frame of which nothing after the lengths is read. */
function unread(problem: FrameProblem): WholeOutline {
  return {
    kind: 'whole',
    neededBytes: fixedBytes,
    digestStart: fixedBytes,
    digestEnd: fixedBytes,
    headerEnd: fixedBytes,
    header: { ok: false, why: 'not read' },
    problems: [problem],
    lost: true,
  };
}

function overLimit(part: string, limit: number, length: number): FrameProblem {
  const detail = `expected a ${part} of at most ${limit} bytes, got ${length}`;
  return { code: 'overLimit', detail };
}

function uint16(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}
