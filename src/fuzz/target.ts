import { systemClock, type Clock } from '#src/base/clock.ts';
import { HarnessError } from '#src/base/errors.ts';
import { residentBytes } from '#src/base/process-memory.ts';
import { chartOf } from '#src/chart/chart-of.ts';
import { settingsFor } from '#src/contract/choose.ts';
import type { Protocol } from '#src/contract/protocol.ts';
import type { Profile } from '#src/contract/target.ts';
import { Busy } from '#src/play/busy.ts';
import { prepareTarget, type Prepared } from '#src/suite/prepare.ts';
import { reached, reachTarget, type Reach } from '#src/suite/reach.ts';
import type { Bench } from '#src/suite/run-case.ts';
import { calibrate, sane } from '#src/suite/sanity.ts';
import { wardenOf } from '#src/suite/warden.ts';
import { ClientWait } from './client-wait.ts';
import type { Care, Health } from './target-care.ts';
import { patient } from './target-links.ts';
import type { Arena } from './walker.ts';

/** Longest wait for an answer of the sanity exchange, ms. */
const sanityMs = 10_000;
/** A process that dies may take connections for a moment longer, ms. */
const dyingMs = 300;
/** A process that never ended so far is still awaited for so long, ms. */
const leastEndingMs = 20;

/** A target that is up and was found sane, until disposed. */
export interface FuzzTarget extends AsyncDisposable {
  readonly url: string;
  readonly arena: Arena;
  readonly care: Care;
  /** No client is awaited beyond this moment, but one that was started and is under way. */
  until(untilMs: number): void;
  /** Memory that it holds, bytes; `null` where it was not started here. */
  resident(): number | null;
}

/** What a campaign's target is brought up with. */
export interface TargetPlan {
  readonly protocol: Protocol;
  readonly profile: Profile;
  readonly seed: number;
  readonly signal: AbortSignal;
  /** Hears what could not be taken down at the end. */
  readonly note?: (text: string) => void;
  /** True where somebody else has found it sane: by now it may even be down. */
  readonly isKnownSane?: boolean;
  /** Given each session when it has ended. */
  readonly captured?: Arena['captured'];
}

/**
 * Brings a target up as its profile says, and finds out how long its answers take.
 * @throws HarnessError `unreachable` when it cannot be reached or fails the sanity exchange.
 */
export async function openFuzzTarget(plan: TargetPlan): Promise<FuzzTarget> {
  const { protocol, seed, signal, captured } = plan;
  await using held = new AsyncDisposableStack();
  const prepared = held.use(await prepareTarget(plan.profile, signal, plan.note));
  const found = held.use(await reachTarget(protocol, plan.profile, seed, { inMemory: true }));
  const clock = found.clock ?? systemClock;
  const profile = reached(protocol, plan.profile, found);
  const wait = waitFor(profile, systemClock);
  const { messagesPerSecond: maxMessagesPerSecond = null } = profile.budget ?? {};
  const reach = patient(found, { ...plan, maxMessagesPerSecond, wait });
  const warden = wardenOf(protocol, profile);
  const busy = new Busy(profile.replyMsAfter);
  const at = { protocol, profile, reach, seed, signal, clock, warden, busy };
  const calm: Bench = { ...at, replyMs: sanityMs };
  const calibratedMs = plan.isKnownSane === true ? sanityMs : await calibrate(calm, 'answers');
  const replyMs = profile.replyMs ?? calibratedMs;
  const bench: Bench = { ...calm, replyMs };
  let restarts = 0;
  const ours = held.move();
  return {
    url: reach.url,
    arena: { ...arenaOf({ protocol, profile }, reach, replyMs), warden, busy, captured },
    care: {
      alone: true,
      get restarts() {
        return restarts;
      },
      probe: () => healthOf(bench),
      async revive() {
        restarts += 1;
        await prepared.restart();
        const why = await sane(bench, 'answers');
        if (why !== null) throw new HarnessError('unreachable', `it did not come back: ${why}`);
      },
      exit: reach.exit === undefined ? prepared.exit : growingImpatient(reach.exit),
    },
    until: (untilMs) => wait?.until(untilMs),
    resident() {
      const group = prepared.processGroup();
      return group === null ? null : residentBytes(group);
    },
    [Symbol.asyncDispose]: () => ours.disposeAsync(),
  };
}

/** True where a client is served while another one is there. */
export async function servesSeveral({ arena, care }: FuzzTarget): Promise<boolean> {
  await using _other = await arena.link(arena.replyMs);
  return (await care.probe()) === 'well';
}

function waitFor({ target }: Profile, clock: Clock): ClientWait | null {
  if (target.kind !== 'command' && target.kind !== 'listen') return null;
  return new ClientWait(clock, { started: target.kind === 'command' });
}

/** Waits less and less for targets that turn out not to end. */
function growingImpatient(exit: Prepared['exit']): Prepared['exit'] {
  let patienceMs = Number.POSITIVE_INFINITY;
  let inVain = 0;
  return async (limitMs) => {
    const limit = Math.max(leastEndingMs, Math.min(limitMs, patienceMs));
    const ended = await exit(limit);
    inVain = ended === null ? inVain + 1 : 0;
    patienceMs = inVain > 1 ? limit / 2 : Number.POSITIVE_INFINITY;
    return ended;
  };
}

/** What sessions with a target are walked in, once the way to it is open. */
export function arenaOf(
  { protocol, profile }: Pick<TargetPlan, 'protocol' | 'profile'>,
  reach: Reach,
  replyMs: number,
): Arena {
  const side = protocol.model.sides.find((name) => name !== profile.side);
  if (side === undefined)
    throw new HarnessError('internal', `nobody plays against ${profile.side}`);
  return {
    protocol,
    fuzzing: protocol.fuzzing,
    chart: chartOf(protocol.model.session),
    settings: settingsFor(protocol, {
      ...profile,
      options: { ...protocol.fuzzing.options, ...profile.options },
      pinned: profile.readings,
    }),
    pinned: profile.readings,
    peer: profile.side,
    side,
    clock: reach.clock ?? systemClock,
    replyMs,
    link: reach.link,
    outlives: profile.target.kind === 'address',
  };
}

/** Looks twice before it says that a target has fallen. */
async function healthOf(bench: Bench): Promise<Health> {
  if ((await sane(bench, 'answers')) === null) return 'well';
  await bench.clock.sleep(dyingMs, bench.signal);
  if (!(await connects(bench))) return 'gone';
  if ((await sane(bench, 'answers')) === null) return 'well';
  return (await connects(bench)) ? 'hung' : 'gone';
}

async function connects({ reach, replyMs }: Bench): Promise<boolean> {
  try {
    await using _link = await reach.link(replyMs);
    return true;
  } catch (fault) {
    if (fault instanceof HarnessError && fault.code === 'unreachable') return false;
    throw fault;
  }
}
