import type { Json } from '#src/base/json.ts';
import type { Path } from './members.ts';

/** What a script says: what is done to which frames. */
export interface Script {
  readonly rules: readonly Rule[];
}

/** One thing that is done on purpose. */
export interface Rule {
  readonly on: Occasion;
  /** In this order. */
  readonly deeds: readonly Deed[];
}

/** Which frames of a session it is done to. */
export interface Occasion {
  /** By the name that the model has for it; `any` for all. */
  readonly message: string;
  /** Who says it; `null`: whoever. */
  readonly by: string | null;
  /** Which of them, from 1. */
  readonly nth: number | 'every';
  /** In which session, from 1; `null`: in each. */
  readonly session: number | null;
}

/** What is done to a frame on its way. */
export type Deed =
  /** It is not passed on; nothing that its speaker says is any more. */
  | { readonly do: 'drop' | 'hold' }
  /** It comes twice. */
  | { readonly do: 'duplicate' }
  /** Behind it the connection is ended (FIN) or broken off (RST). */
  | { readonly do: 'close' | 'reset' }
  /** It comes later, and all behind it. */
  | { readonly do: 'delay'; readonly ms: number }
  /** Only its first bytes come. */
  | { readonly do: 'truncate'; readonly bytes: number }
  /** A bit of it is turned over: at an offset, or in a member, with all around it made anew. */
  | { readonly do: 'corrupt'; readonly at: number | Path }
  | { readonly do: 'set'; readonly members: readonly { readonly at: Path; readonly value: Json }[] }
  | { readonly do: 'remove'; readonly members: readonly Path[] }
  /** Two members change places; of a list its first two. */
  | { readonly do: 'swap'; readonly members: readonly [Path] | readonly [Path, Path] }
  /** It has the member that its speaker had in the frame before. */
  | { readonly do: 'replayMember'; readonly at: Path }
  /** An earlier frame of the same side comes again behind it. */
  | { readonly do: 'replayMessage'; readonly message: string };
