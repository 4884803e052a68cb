import { systemClock } from '#src/base/clock.ts';
import { HarnessError } from '#src/base/errors.ts';
import { writePlace } from '#src/base/place.ts';
import type { Protocol } from '#src/contract/protocol.ts';
import type { Profile } from '#src/contract/target.ts';
import { examineTls } from './doctor-tls.ts';
import { calibrate } from './sanity.ts';
import { prepareTarget } from './prepare.ts';
import { reached, reachTarget } from './reach.ts';

/** One thing that was looked at. */
export interface Checkup {
  readonly check: string;
  readonly ok: boolean;
  readonly detail: string;
}

/** Looks whether a target can be tested; says nothing but a greeting and a farewell. */
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
    const bench = { protocol, profile: known, reach, seed, signal, clock: systemClock, replyMs };
    const patienceMs = await calibrate(bench);
    yield {
      check,
      ok: true,
      detail: `answers are awaited for ${profile.replyMs ?? patienceMs} ms`,
    };
  } catch (fault) {
    if (!(fault instanceof HarnessError)) throw fault;
    yield { check, ok: false, detail: fault.message };
  }
}
