/**
 * What the codec of a room is measured against: the work that anybody has with the same bytes, by
 * the platform's own means.
 */
export interface Baseline<Frame = unknown> {
  /** What that is, in a few words. */
  readonly what: string;
  /** One frame of a session, ready to be coded by either side of the comparison. */
  of(frame: Frame): CodedFrame;
}

/** One frame, made and read again: each call does the whole of it. */
export interface CodedFrame {
  ours(): unknown;
  theirs(): unknown;
}
