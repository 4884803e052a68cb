import type { Clock } from '#src/base/clock.ts';
import type { Random } from '#src/base/random.ts';
import type { Chart } from '#src/chart/chart.ts';
import type { Protocol } from '#src/contract/protocol.ts';
import type { Settings } from '#src/contract/settings.ts';
import type { Link } from '#src/transport/link.ts';
import type { Busy } from './busy.ts';
import type { Recorder } from './recorder.ts';
import type { Warden } from './warden.ts';

/** How long a player waits. */
export interface Limits {
  /** For an answer that is owed. */
  readonly replyMs: number;
  /** Frames heard and said in one case. */
  readonly frames: number;
}

/** What a player plays with. */
export interface Stage {
  readonly protocol: Protocol;
  readonly chart: Chart;
  readonly settings: Settings;
  /** The side under test. */
  readonly peer: string;
  /** The side that we play. */
  readonly side: string;
  readonly random: Random;
  readonly clock: Clock;
  readonly limits: Limits;
  readonly recorder: Recorder;
  /** Another connection to, or from, the peer. */
  readonly link: (limitMs: number) => Promise<Link>;
  /** True where the peer outlives its sessions: nothing of one may be left with it. */
  readonly outlives?: boolean;
  /** Sees what is said before the target does. */
  readonly warden?: Warden;
  /** What may keep the target from answering. */
  readonly busy?: Busy;
}

/**
 * The play is over before the case was: the peer left the model, went silent, or went away, or the
 * dialect has no form for what the case says.
 */
export class PlayEnded extends Error {
  override readonly name = 'PlayEnded';
  /**
   * `astray`: the judge will have something to say; `unreachable`: a state could not be reached;
   * `unsayable`: the case is not about this dialect; `withheld`: the target must not be told so.
   */
  readonly why: 'astray' | 'unreachable' | 'unsayable' | 'withheld';

  constructor(why: PlayEnded['why'], message: string) {
    super(message);
    this.why = why;
  }
}
