import type { FlawKind, Requirement } from '#models/language/index.ts';

/**
 * Something wrong with a frame, and the requirement that it breaks. Where that only should hold and
 * the message is named, what the frame says counts all the same: its payload is read to the end.
 */
export interface Flaw {
  readonly kind: Exclude<FlawKind, 'misplaced'>;
  readonly requirement: Requirement;
  /** What was found and what was expected, in one line. */
  readonly detail: string;
  /** True where its receiver may as well pass it over. */
  readonly tolerable?: true;
  /**
   * True where its sender is not to blame for it: what is not allowed where it stands is misplaced,
   * and its receiver may say so. Where it is tolerable as well, its receiver may also refuse it.
   */
  readonly harmless?: true;
}

/** A frame as its receiver sees it. */
export interface Perceived {
  /** The message's name, where the frame names one of the protocol. */
  readonly message: string | null;
  /** What the machine's event carries. */
  readonly payload: Readonly<Record<string, unknown>>;
  /** Everything wrong with it, in the order of the receiver's checks; empty for a good frame. */
  readonly flaws: readonly Flaw[];
  /**
   * Of a frame with flaws: a good content that is about the same things. Where that is not allowed
   * now either, its receiver may find it misplaced; `null`: it cannot. The message's example
   * without it.
   */
  readonly mended?: unknown;
  /** True where it says nothing to the machine: whoever hears it passes it over. */
  readonly quiet?: true;
  /** True where the peer may not notice it, or not before it has done what it notices. */
  readonly perhaps?: true;
  /** True of an answer that no call awaits: its hearer may have called before it came. */
  readonly early?: true;
  /** True where nobody said it: a connection has ended instead. */
  readonly unsaid?: true;
}

/** Cuts a byte stream into frames: any split into segments gives the same frames. */
export interface Reader<Frame = unknown> {
  /** Never throws; what cannot be read comes out as a frame with problems. */
  push(chunk: Uint8Array): readonly Frame[];
  /** Bytes of an incomplete frame that are held. */
  readonly pendingBytes: number;
}

/** What a side says: a message, and how it is bent on purpose. */
export interface Utterance<Bend = object> {
  readonly message: string;
  /** Replaces the canonical content; `undefined` with the key present means none. */
  readonly content?: unknown;
  /** Bends the structure around the content. */
  readonly frame?: Bend;
  /** Bends the finished bytes. */
  readonly bytes?: (frame: Uint8Array) => Uint8Array;
}
