import type { Flaw } from './frame.ts';
import type { Verdict } from './verdict.ts';

/** One trace, laid out for people and for other programs: no verdict needs it. */
export interface Exhibit {
  readonly protocol: string;
  readonly dialect: string;
  /** The side under test, and who played with it. */
  readonly peer: string;
  readonly player: string;
  readonly steps: readonly ExhibitStep[];
  readonly verdict: Verdict;
  /** Index of the step that shows what is wrong; `null`: nothing is. */
  readonly wrongAt: number | null;
  /** What the peer might have said there, each with an example made in the session as it stood. */
  readonly allowed: readonly { readonly message: string; readonly frame: ExhibitFrame }[];
}

/** One thing that happened. */
export interface ExhibitStep {
  /** Index of its event in the trace. */
  readonly at: number;
  readonly kind: 'opened' | 'said' | 'closed' | 'silence' | 'omitted';
  /** Who did it: a side's name; `null`: nobody. */
  readonly by: string | null;
  readonly atMs: number;
  /** In one line, without key material. */
  readonly line: string;
  /** States that the session may be in behind it, likeliest first. */
  readonly states: readonly string[];
  /** Of what was said. */
  readonly frame: ExhibitFrame | null;
}

/** A frame as bytes and as what they mean. */
export interface ExhibitFrame {
  readonly message: string | null;
  /** What it says, as the model has it; `undefined` where there is no message. May hold key material. */
  readonly content: unknown;
  /** True where that is the message's usual content there. */
  readonly isUsual: boolean;
  /** What is wrong with it where it was said. */
  readonly flaws: readonly Flaw[];
  readonly bytes: Uint8Array;
  /** Ranges of `bytes` that are key material, end not included: reports show their length alone. */
  readonly secret: readonly { readonly from: number; readonly to: number }[];
  readonly tree: FrameTree;
}

/** What a frame means, member by member. Key material is told by length and digest. */
export interface FrameTree {
  readonly name: string;
  /** As it is shown; `null` where `children` say it. */
  readonly value: string | null;
  readonly children: readonly FrameTree[];
}
