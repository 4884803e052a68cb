import type { JsonResult } from '#src/base/json.ts';

/**
 * One frame as it lay on the wire. All byte arrays are views or copies of what was received.
 *
 * @see QOSST control protocol, Format of frame
 */
export interface ReadFrame {
  /** The whole frame; of a frame over a limit only what was read of it. */
  readonly bytes: Uint8Array;
  readonly digest: Uint8Array;
  readonly headerBytes: Uint8Array;
  readonly contentBytes: Uint8Array;
  /** The header's JSON. */
  readonly header: JsonResult;
  /** The content's JSON; `null` where the content is 0 bytes. */
  readonly content: JsonResult | null;
  /** What is wrong with the structure, first one first; empty for a well-formed frame. */
  readonly problems: readonly FrameProblem[];
  /** The reader cannot find the next frame any more: it reads nothing after this one. */
  readonly lost: boolean;
}

/** One thing wrong with a frame's structure; neither the digest nor the code is judged here. */
export interface FrameProblem {
  readonly code:
    | 'headerNotJson'
    | 'headerNotObject'
    | 'headerMemberMissing'
    | 'headerMemberType'
    | 'contentNotJson'
    | 'overLimit';
  /** What was expected and what was found, in one line. */
  readonly detail: string;
  /** The header's member that it is about. */
  readonly member?: string;
}

/** Longest parts of a frame that are still read; a longer one loses the connection's frames. */
export interface FrameLimits {
  readonly headerBytes: number;
  readonly digestBytes: number;
  readonly contentBytes: number;
}

/** The wire's own limits for header and digest (two bytes of length), 16 MiB for the content. */
export const defaultFrameLimits: FrameLimits = {
  headerBytes: 0xffff,
  digestBytes: 0xffff,
  contentBytes: 16 * 2 ** 20,
};

/**
 * Which length the frame's first two bytes hold, the other one following: the prose has the
 * digest's first, every released version of the software the header's.
 *
 * @see QOSST control protocol, Format of frame
 */
export type LengthOrder = 'headerFirst' | 'digestFirst';
