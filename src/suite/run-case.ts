import type { Readings } from '#models/language/index.ts';
import type { Clock } from '#src/base/clock.ts';
import { HarnessError } from '#src/base/errors.ts';
import { seededRandom } from '#src/base/random.ts';
import { chartOf } from '#src/chart/chart-of.ts';
import type { Case } from '#src/contract/case.ts';
import { settingsFor } from '#src/contract/choose.ts';
import type { Protocol } from '#src/contract/protocol.ts';
import type { Profile } from '#src/contract/target.ts';
import type { Trace } from '#src/contract/trace.ts';
import type { Verdict } from '#src/contract/verdict.ts';
import { judge } from '#src/judge/judge.ts';
import { Busy } from '#src/play/busy.ts';
import { Player } from '#src/play/player.ts';
import { PlayEnded, type Limits, type Stage } from '#src/play/stage.ts';
import { Recorder } from '#src/play/recorder.ts';
import type { Warden } from '#src/play/warden.ts';
import type { Reach } from './reach.ts';

/** Frames of one case, both ways: no case comes near, a peer that never ends does. */
const maxFrames = 2000;

/** What one play of one case needs. */
export interface Bench {
  readonly protocol: Protocol;
  readonly profile: Profile;
  readonly reach: Reach;
  readonly clock: Clock;
  readonly seed: number;
  readonly replyMs: number;
  readonly signal: AbortSignal;
  /** Sees what is said before the target does. */
  readonly warden?: Warden | undefined;
  /** What may keep the target from answering, over all plays. */
  readonly busy?: Busy;
}

/** One play of one case, judged. */
export interface Played {
  readonly verdict: Verdict;
  readonly trace: Trace;
}

/** Other readings that a peer may turn out to follow in the course of one case. */
const maxReplays = 3;

/**
 * Plays a case on connections of its own and judges what happened. A peer that follows another
 * open reading leaves the player's path: the case is then played again under that reading, so
 * that it says something about the peer.
 */
export async function playCase(bench: Bench, played: Case): Promise<Played> {
  let pinned = bench.profile.readings;
  const found = new Set<string>();
  let last: Played | null = null;
  for (let replays = 0; replays <= maxReplays; replays += 1) {
    const recorder = newRecorder(bench);
    const ended = await actOrFall(stageOf(bench, played, { recorder, pinned }), played, last);
    if (ended === 'gone') break;
    const trace = recorder.trace();
    last = judged(bench, played, { trace, pinned, ended });
    /** What a shorter play could be read as is no promise: another reading may explain both. */
    if (last.verdict.violation !== null && replays > 0) {
      const free = judged(bench, played, { trace, pinned: bench.profile.readings, ended });
      if (free.verdict.violation === null) last = free;
    }
    const { verdict } = last;
    for (const name of verdict.readings) found.add(name);
    const followable = ended?.why === 'astray' && verdict.readings.length > 0;
    /** What only should be is told in any case, and does not end a play. */
    if (!followable || verdict.verdict === 'fail') break;
    pinned = { ...pinned, ...Object.fromEntries(verdict.readings.map(keyAndReading)) };
  }
  if (last === null) throw new HarnessError('internal', `${played.id} was never played`);
  if (last.verdict.verdict !== 'pass' || found.size === 0) return last;
  return { ...last, verdict: { ...last.verdict, verdict: 'reading', readings: [...found] } };
}

/** Plays; `gone` where a target that was there a moment ago takes no connection for a replay. */
async function actOrFall(stage: Stage, played: Case, before: Played | null) {
  try {
    return await act(stage, played);
  } catch (fault) {
    const unreachable = fault instanceof HarnessError && fault.code === 'unreachable';
    if (unreachable && before !== null) return 'gone';
    throw fault;
  }
}

/** A session that is open in some state, for cases that leave it there. */
export class Seat implements AsyncDisposable {
  readonly state: string;
  readonly #bench: Bench;
  readonly #player: Player;
  readonly #recorder: Recorder;

  private constructor(bench: Bench, seated: { state: string; player: Player; recorder: Recorder }) {
    this.#bench = bench;
    this.state = seated.state;
    this.#player = seated.player;
    this.#recorder = seated.recorder;
  }

  /** Opens a session in the state that a case begins in; `null` where it cannot be reached. */
  static async take(bench: Bench, played: Case): Promise<Seat | null> {
    const recorder = newRecorder(bench);
    const stage = stageOf(bench, played, { recorder, pinned: bench.profile.readings });
    const state = played.from ?? '';
    const player = await Player.open(stage);
    try {
      await player.walk(state);
      return new Seat(bench, { state, player, recorder });
    } catch (fault) {
      await player[Symbol.asyncDispose]();
      if (fault instanceof PlayEnded) return null;
      throw fault;
    }
  }

  /** Plays one more case in the open session; `null` where it did not simply pass. */
  async play(played: Case): Promise<Played | null> {
    try {
      await played.play?.(this.#player);
    } catch (fault) {
      if (fault instanceof PlayEnded) return null;
      throw fault;
    }
    const trace = this.#recorder.trace();
    const came = judged(this.#bench, played, {
      trace,
      pinned: this.#bench.profile.readings,
      ended: null,
    });
    const allowed = ['pass', 'reading'].includes(came.verdict.verdict);
    return allowed && this.#player.states.includes(this.state) ? came : null;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#player[Symbol.asyncDispose]();
  }
}

function judged(
  bench: Bench,
  played: Case,
  came: { trace: Trace; pinned: Readings; ended: PlayEnded | null },
): Played {
  const { trace, pinned, ended } = came;
  const isUnsayable = ended?.why === 'unsayable' || ended?.why === 'withheld';
  /** What a case wants says nothing of a play that was over before the case was. */
  const expectation = ended === null ? (played.expect ?? null) : null;
  const verdict = judge(bench.protocol, trace, pinned, expectation);
  const inconclusive = ended !== null && verdict.violation === null;
  if (!inconclusive) return { trace, verdict };
  const name = isUnsayable ? 'notApplicable' : 'untestable';
  return { trace, verdict: { ...verdict, verdict: name, note: ended.message } };
}

function keyAndReading(name: string): readonly [string, string] {
  const [key = '', reading = ''] = name.split('=');
  return [key, reading];
}

/** A recorder of one play against a target. */
export function newRecorder({ protocol, profile, seed, clock }: Bench): Recorder {
  const { dialect, side, options } = profile;
  return new Recorder({ protocol: protocol.name, dialect, peer: side, options, seed }, clock);
}

/** Plays; gives back why the play ended early, or `null`. */
async function act(stage: Stage, played: Case): Promise<PlayEnded | null> {
  try {
    await using player = await Player.open(stage);
    if (played.from !== undefined) await player.walk(played.from);
    await played.play?.(player);
    await player.conclude();
    return null;
  } catch (fault) {
    if (fault instanceof PlayEnded) return fault;
    throw fault;
  }
}

/** What one play against a target is played with; the name seeds its chance. */
export function stageOf(
  bench: Bench,
  played: Pick<Case, 'id'>,
  { recorder, pinned }: { recorder: Recorder; pinned: Readings },
): Stage {
  const { protocol, profile, reach, clock, seed } = bench;
  const side = protocol.model.sides.find((name) => name !== profile.side);
  if (side === undefined)
    throw new HarnessError('internal', `nobody plays against ${profile.side}`);
  const limits: Limits = {
    replyMs: bench.replyMs,
    frames: maxFrames,
  };
  return {
    protocol,
    chart: chartOf(protocol.model.session),
    settings: settingsFor(protocol, { ...profile, pinned }),
    peer: profile.side,
    side,
    random: seededRandom(seed).fork(played.id),
    clock,
    limits,
    recorder,
    link: reach.link,
    busy: bench.busy ?? new Busy(profile.replyMsAfter),
    outlives: profile.target.kind === 'address',
    ...(bench.warden === undefined ? {} : { warden: bench.warden }),
  };
}
