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
import { PlayEnded, Player, type Limits, type Stage } from '#src/play/player.ts';
import { Recorder } from '#src/play/recorder.ts';
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
  const found: string[] = [];
  for (let replays = 0; ; replays += 1) {
    const { verdict, trace, ended } = await playOnce(bench, played, pinned);
    found.push(...verdict.readings.filter((name) => !found.includes(name)));
    const readings = verdict.violation === null ? found : [];
    const astray = ended?.why === 'astray' && verdict.violation === null;
    if (astray && verdict.readings.length > 0 && replays < maxReplays) {
      pinned = { ...pinned, ...Object.fromEntries(verdict.readings.map(keyAndReading)) };
      continue;
    }
    if (ended !== null && verdict.violation === null) {
      return { trace, verdict: { ...verdict, verdict: 'untestable', note: ended.message } };
    }
    const name = verdict.verdict === 'pass' && readings.length > 0 ? 'reading' : verdict.verdict;
    return { trace, verdict: { ...verdict, verdict: name, readings } };
  }
}

function keyAndReading(name: string): readonly [string, string] {
  const [key = '', reading = ''] = name.split('=');
  return [key, reading];
}

async function playOnce(bench: Bench, played: Case, pinned: Readings) {
  const { protocol, profile, seed } = bench;
  const about = {
    protocol: protocol.name,
    dialect: profile.dialect,
    peer: profile.side,
    options: profile.options,
    seed,
  };
  const recorder = new Recorder(about, bench.clock);
  const ended = await act(stageOf(bench, played, { recorder, pinned }), played);
  const trace = recorder.trace();
  return { trace, ended, verdict: judge(protocol, trace, pinned, played.expect ?? null) };
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

function stageOf(
  bench: Bench,
  played: Case,
  { recorder, pinned }: { recorder: Recorder; pinned: Readings },
): Stage {
  const { protocol, profile, reach, clock, seed } = bench;
  const side = protocol.model.sides.find((name) => name !== profile.side);
  if (side === undefined) throw new HarnessError('internal', `nobody plays against ${profile.side}`);
  const limits: Limits = {
    replyMs: bench.replyMs,
    replyMsAfter: profile.replyMsAfter,
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
  };
}
