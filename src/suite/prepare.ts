import { systemClock } from '#src/base/clock.ts';
import { HarnessError } from '#src/base/errors.ts';
import type { Profile } from '#src/contract/target.ts';
import { startCommand } from '#src/transport/command.ts';
import { connectTcp } from '#src/transport/tcp.ts';

/** Longest wait for a started target to accept a connection, ms. */
const startMs = 30_000;
const resetMs = 60_000;

/** A target that was brought up, where its profile says how. */
export interface Prepared extends AsyncDisposable {
  /** Brings it back to its first state, where the profile says how. */
  readonly reset: () => Promise<void>;
}

/** Runs the profile's `start`; what it started ends when the result is disposed. */
export async function prepareTarget(profile: Profile, signal: AbortSignal): Promise<Prepared> {
  const reset = async () => {
    if (profile.reset !== null) await runOnce(profile.reset);
  };
  if (profile.start === null) return { reset, async [Symbol.asyncDispose]() {} };
  const running = startCommand(profile.start);
  const dispose = { reset, [Symbol.asyncDispose]: () => running.stop() };
  const { target } = profile;
  if (target.kind !== 'address') return dispose;
  const untilMs = systemClock.nowMs() + startMs;
  while (systemClock.nowMs() < untilMs && !signal.aborted && !running.ended) {
    const link = await connectTcp(target, 1000).catch(() => null);
    if (link !== null) {
      await link[Symbol.asyncDispose]();
      return dispose;
    }
    await systemClock.sleep(100, signal);
  }
  await running.stop();
  throw new HarnessError('unreachable', `'${profile.start}' brought up nothing at the target`);
}

async function runOnce(line: string): Promise<void> {
  const running = startCommand(line);
  const done = new AbortController();
  const late = systemClock.sleep(resetMs, done.signal).then(() => null);
  const code = await Promise.race([running.exited, late]);
  done.abort();
  if (code === 0) return;
  await running.stop();
  throw new HarnessError('unreachable', `reset '${line}' failed`);
}
