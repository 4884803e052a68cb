import type { Settings } from './settings.ts';

/** What a room says for scripts that play a trace again without us. */
export interface Scripting {
  /**
   * A JavaScript module that stands alone and exports `wire`, with `cut(bytes, http)` (how long the
   * first frame is; 0: more must come) and `rewrite(frame, part, tools)` (the frame with each of
   * its parts put through `part(name, bytes)`, lengths and digests mended).
   */
  readonly module: URL;
  /**
   * Members whose values the peer makes anew for each session. `id`: of any length, the same again
   * where it was the same · `sized`: besides, as long as it was · `any`: nothing is compared ·
   * `same`: not at all, however drawn it looks.
   */
  readonly fresh: Readonly<Record<string, 'id' | 'sized' | 'any' | 'same'>>;
  /** Messages that are worked out of such values, and cannot be said again as they were: why. */
  readonly computed: Readonly<Record<string, string>>;
  /** Why no session of these settings can be said again; `null`: it can. */
  refuses?(settings: Settings): string | null;
  /** Where the player awaits pushes, one text for each end, as the peer is told of it. */
  awaited?(settings: Settings): readonly string[];
}
