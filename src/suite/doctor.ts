import type { Readings } from '#models/language/index.ts';
import { systemClock } from '#src/base/clock.ts';
import { HarnessError } from '#src/base/errors.ts';
import { writePlace } from '#src/base/place.ts';
import type { Protocol } from '#src/contract/protocol.ts';
import type { Profile } from '#src/contract/target.ts';
import { examineProfile } from './doctor-profile.ts';
import { examineTalk } from './doctor-talk.ts';
import { examineCertificate, examineOwn, examineTls } from './doctor-tls.ts';
import { calibrate } from './sanity.ts';
import { prepareTarget } from './prepare.ts';
import { reached, reachTarget } from './reach.ts';
import { wardenOf } from './warden.ts';

/** One thing that was looked at. */
export interface Checkup {
  readonly check: string;
  readonly ok: boolean;
  readonly detail: string;
  /** For an owed answer, as it was calibrated, ms. */
  readonly replyMs?: number;
  /** Open readings that the target turned out to follow. */
  readonly readings?: Readings;
}

/**
 * Looks whether a target can be tested. Says nothing but a greeting, questions that change nothing,
 * and a farewell; nothing malformed, nothing destructive, and a server is asked for no key.
 */
export async function* examine(
  protocol: Protocol,
  profile: Profile,
  signal: AbortSignal,
): AsyncGenerator<Checkup> {
  const seed = 0;
  let check = 'the target can be brought up';
  try {
    await using _prepared = await prepareTarget(profile, signal);
    const told = profile.start === null ? 'nothing to start' : `'${profile.start}' is up`;
    yield { check, ok: true, detail: told };
    check = 'the files of TLS can be read';
    yield* examineOwn(profile);
    yield* examineCertificate(profile);
    check = 'the target can be reached';
    await using reach = await reachTarget(protocol, profile, seed);
    await using link = await reach.link(10_000);
    await link[Symbol.asyncDispose]();
    yield { check, ok: true, detail: reach.url };
    const { pushAt = [] } = reach;
    if (pushAt.length > 0) {
      const detail = pushAt.map(writePlace).join(', ');
      yield { check: 'pushes of the target can be awaited', ok: true, detail };
    }
    yield* examineTls(profile);
    check = 'the target greets and takes its leave';
    const replyMs = profile.replyMs ?? 10_000;
    const known = reached(protocol, profile, reach);
    const warden = wardenOf(protocol, { ...known, ...gently(protocol, profile) });
    const at = { protocol, profile: known, reach, seed, signal, clock: systemClock, warden };
    const patienceMs = await calibrate({ ...at, replyMs });
    yield {
      check,
      ok: true,
      detail: waits(profile, patienceMs),
      replyMs: patienceMs,
    };
    check = 'the target answers questions';
    yield* examineTalk({ ...at, replyMs: profile.replyMs ?? patienceMs });
    yield* examineProfile(protocol, profile);
  } catch (fault) {
    if (!(fault instanceof HarnessError)) throw fault;
    yield { check, ok: false, detail: fault.message };
  }
}

/** How long answers are awaited, and which ones longer. */
function waits({ replyMs, replyMsAfter }: Profile, patienceMs: number): string {
  const usual = replyMs === null ? `${patienceMs} ms, calibrated` : `${replyMs} ms, as it is said`;
  const longer = Object.entries(replyMsAfter).map(([name, ms]) => `${ms} ms after ${name}`);
  return `answers are awaited for ${[usual, ...longer].join('; ')}`;
}

/** A doctor harms nobody, whatever the profile says; what a client does is its own doing. */
function gently(
  { model }: Protocol,
  { side }: Profile,
): Pick<Profile, 'safe' | 'consent' | 'budget'> {
  return { safe: true, consent: [], budget: side === model.server ? { keys: 0 } : {} };
}
