import { systemClock } from '#src/base/clock.ts';
import { settingsFor } from '#src/contract/choose.ts';
import type { JudgedFrame } from '#src/contract/case.ts';
import type { Protocol } from '#src/contract/protocol.ts';
import type { Profile } from '#src/contract/target.ts';
import type { Trace } from '#src/contract/trace.ts';
import type { Verdict } from '#src/contract/verdict.ts';
import { followed } from '#src/judge/followed.ts';
import { judge } from '#src/judge/judge.ts';
import { Busy } from '#src/play/busy.ts';
import { Player } from '#src/play/player.ts';
import { prepareTarget } from './prepare.ts';
import { reached, reachTarget } from './reach.ts';
import { newRecorder, stageOf, type Bench } from './run-case.ts';
import { calibrate } from './sanity.ts';
import { wardenOf } from './warden.ts';

/** Longest wait for an answer of the sanity exchange, ms. */
const sanityMs = 10_000;

/** A target that is up, until disposed. */
export interface OpenTarget extends AsyncDisposable {
  readonly url: string;
  /** Opens a connection, or awaits the client's, and takes the other side's part on it. */
  play(name: string): Promise<Play>;
  /** Brings the target back to its first state, where the profile says how. */
  reset(): Promise<void>;
}

/** One play against a target; disposing it leaves the connection. */
export interface Play extends AsyncDisposable {
  readonly player: Player;
  /** Everything so far. */
  trace(): Trace;
  /** The frames so far, as the judge sees them, up to the first violation. */
  frames(): readonly JudgedFrame[];
  /** What the judge says of everything so far. */
  verdict(): Verdict;
}

/** How a target is brought up. */
export interface Opening {
  readonly seed: number;
  readonly signal: AbortSignal;
  /** A reference side may be talked to without sockets: what is waited for in vain takes no time. */
  readonly inMemory?: boolean;
}

/**
 * Brings a target up, as its profile says, and finds out how long its answers take.
 * @throws HarnessError `unreachable` when it cannot be reached or fails the sanity exchange.
 */
export async function openTarget(
  { protocol, profile }: { readonly protocol: Protocol; readonly profile: Profile },
  { seed, signal, inMemory = false }: Opening,
): Promise<OpenTarget> {
  await using held = new AsyncDisposableStack();
  const prepared = held.use(await prepareTarget(profile, signal));
  const reach = held.use(await reachTarget(protocol, profile, seed, { inMemory }));
  const calm = {
    protocol,
    profile: reached(protocol, profile, reach),
    reach,
    seed,
    signal,
    clock: reach.clock ?? systemClock,
    replyMs: sanityMs,
    warden: wardenOf(protocol, profile),
    busy: new Busy(profile.replyMsAfter),
  };
  const replyMs = profile.replyMs ?? (await calibrate(calm));
  const bench: Bench = { ...calm, replyMs };
  const ours = held.move();
  return {
    url: reach.url,
    play: (name) => openPlay(bench, name),
    reset: prepared.reset,
    [Symbol.asyncDispose]: () => ours.disposeAsync(),
  };
}

async function openPlay(bench: Bench, name: string): Promise<Play> {
  const { protocol, profile } = bench;
  const { readings } = profile;
  const recorder = newRecorder(bench);
  const player = await Player.open(stageOf(bench, { id: name }, { recorder, pinned: readings }));
  const settings = settingsFor(protocol, { ...profile, pinned: readings });
  return {
    player,
    trace: () => recorder.trace(),
    frames: () => followed(protocol, recorder.trace(), settings),
    verdict: () => judge(protocol, recorder.trace(), readings),
    [Symbol.asyncDispose]: () => player[Symbol.asyncDispose](),
  };
}
