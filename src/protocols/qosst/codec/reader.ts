import {
  defaultFrameLimits,
  type FrameLimits,
  type LengthOrder,
  type ReadFrame,
} from '../frame.ts';
import { readJson, type JsonRule } from './read-json.ts';
import {
  outline,
  unknownOutline,
  type Outline,
  type Reading,
  type WholeOutline,
} from './outline.ts';

/**
 * Cuts a stream of bytes into frames and reads their JSON; neither digest nor code is judged.
 *
 * Any split into chunks gives the same frames, in linear time. A frame that lies within one chunk
 * is not copied: its arrays are views of the chunk. A header that does not say how long the
 * content is stands for no content: the next frame is then looked for at the byte after it. After
 * a frame over a limit nothing is read any more. What is held is bounded by one frame within the
 * limits, and a chunk of n bytes gives at most n / 4 + 1 frames.
 *
 * @see QOSST control protocol, Format of frame
 */
export class FrameReader {
  readonly #reading: Reading;
  /** Of the frame that is held; it needs more bytes than are held. */
  #outline: Outline = unknownOutline;
  #memory = nothing;
  #heldBytes = 0;
  #isLost = false;

  /** `specials` accepts NaN and the infinities in header and content, as Python does. */
  constructor(options: {
    readonly lengthOrder: LengthOrder;
    readonly specials: boolean;
    readonly rules?: ReadonlySet<JsonRule>;
    readonly limits?: FrameLimits;
  }) {
    this.#reading = { limits: defaultFrameLimits, ...options };
  }

  /** Bytes of an incomplete frame that are held. */
  get pendingBytes(): number {
    return this.#heldBytes;
  }

  /** The frames that these bytes complete; never throws. */
  push(chunk: Uint8Array): readonly ReadFrame[] {
    const frames: ReadFrame[] = [];
    let rest = chunk;
    while (rest.length > 0 && !this.#isLost) {
      rest = this.#heldBytes === 0 ? this.#readInPlace(rest, frames) : this.#readOn(rest, frames);
    }
    return frames;
  }

  /** Reads a frame where it lies; answers the bytes after it. */
  #readInPlace(bytes: Uint8Array, frames: ReadFrame[]): Uint8Array {
    const known = outline(bytes, unknownOutline, this.#reading);
    if (isComplete(bytes, known)) {
      const isAll = bytes.length === known.neededBytes;
      this.#finish(isAll ? bytes : bytes.subarray(0, known.neededBytes), known, frames);
      return isAll ? nothing : bytes.subarray(known.neededBytes);
    }
    this.#outline = known;
    this.#hold(bytes);
    return nothing;
  }

  /** Goes on with the frame that is held; answers the bytes that it did not need. */
  #readOn(bytes: Uint8Array, frames: ReadFrame[]): Uint8Array {
    const missingBytes = this.#outline.neededBytes - this.#heldBytes;
    const held = this.#hold(bytes.subarray(0, missingBytes));
    const known = outline(held, this.#outline, this.#reading);
    this.#outline = known;
    if (isComplete(held, known)) {
      this.#memory = nothing;
      this.#heldBytes = 0;
      this.#finish(held, known, frames);
    }
    return bytes.subarray(missingBytes);
  }

  /** Copies bytes behind those that are held; the memory doubles, up to what is needed. */
  #hold(bytes: Uint8Array): Uint8Array {
    const length = this.#heldBytes + bytes.length;
    if (length > this.#memory.length) {
      const doubled = Math.min(this.#outline.neededBytes, 2 * this.#memory.length);
      const memory = new Uint8Array(Math.max(length, doubled));
      memory.set(this.#memory.subarray(0, this.#heldBytes));
      this.#memory = memory;
    }
    this.#memory.set(bytes, this.#heldBytes);
    this.#heldBytes = length;
    return this.#memory.subarray(0, length);
  }

  #finish(bytes: Uint8Array, known: WholeOutline, frames: ReadFrame[]): void {
    frames.push(frameOf(bytes, known, this.#reading));
    this.#isLost = known.lost;
  }
}

const nothing = new Uint8Array(0);

function isComplete(bytes: Uint8Array, known: Outline): known is WholeOutline {
  return known.kind === 'whole' && bytes.length >= known.neededBytes;
}

function frameOf(bytes: Uint8Array, known: WholeOutline, reading: Reading): ReadFrame {
  const { digestStart, digestEnd, headerEnd, header, problems, lost } = known;
  const contentBytes = bytes.length === headerEnd ? nothing : bytes.subarray(headerEnd);
  const content = contentBytes.length === 0 ? null : readJson(contentBytes, reading);
  const isReadable = content === null || content.ok;
  return {
    bytes,
    digest: bytes.subarray(digestStart, digestEnd),
    headerBytes: bytes.subarray(digestEnd, headerEnd),
    contentBytes,
    header,
    content,
    problems: isReadable
      ? problems
      : [...problems, { code: 'contentNotJson', detail: content.why }],
    lost,
  };
}
