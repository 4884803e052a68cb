import type { Json } from '#src/base/json.ts';
import type { Random } from '#src/base/random.ts';
import type { Settings } from './settings.ts';

/** Who is said to have written a frame, and how. */
export interface Writing {
  readonly speaker: string;
  readonly settings: Settings;
  readonly random: Random;
}

/** How frames of others are taken apart into members, and written again with other ones. */
export interface Rewriting<Frame = unknown> {
  /** Where the things lie that one message may hold several of, as a path: `content.list`. */
  readonly items?: string;
  /** What a frame says, member by member; `null` where it cannot be taken apart. */
  open(frame: Frame): Json | null;
  /**
   * The frame with such members instead: lengths and digests are made anew, all else stays.
   * @throws HarnessError `usage` for members that cannot be written.
   */
  close(frame: Frame, members: Json, writing: Writing): Uint8Array;
}
