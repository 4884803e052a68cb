import { systemClock } from '#src/base/clock.ts';
import { HarnessError } from '#src/base/errors.ts';
import type { Profile } from '#src/contract/target.ts';
import { exitWithin, startCommand, type Command, type Exit } from '#src/transport/command.ts';
import { exitText } from '#src/transport/exit-text.ts';
import { connectTcp } from '#src/transport/tcp.ts';

/** Longest wait for a started target to accept a connection, ms. */
const startMs = 30_000;
const resetMs = 60_000;
/** Longest wait for a target that is brought back: a port may stay taken for a minute, ms. */
const restartMs = 90_000;
/** Longest wait for a target that nobody here can bring back, ms. */
const recoveryMs = 3_000;
const pollMs = 100;
/** Pause before a command that ended is started again, ms. */
const againMs = 500;

/** A target that was brought up, where its profile says how. */
export interface Prepared extends AsyncDisposable {
  /** Brings it back to its first state, where the profile says how. */
  readonly reset: () => Promise<void>;
  /**
   * Brings a target back that fell: starts it again, or resets it, or waits for it, as the
   * profile says; returns when it takes connections.
   * @throws HarnessError `unreachable` when it does not within its time.
   */
  readonly restart: () => Promise<void>;
  /** The process group of what was started; `null` where nothing was. */
  readonly processGroup: () => number | null;
  /** How what was started ended by itself, within so long; `null` where it did not. */
  readonly exit: (limitMs: number) => Promise<Exit | null>;
}

/** Runs the profile's `start`; what it started ends when the result is disposed. */
export async function prepareTarget(profile: Profile, signal: AbortSignal): Promise<Prepared> {
  const { start, target } = profile;
  let running: Command | null = null;
  const reset = async () => {
    if (profile.reset !== null) await runOnce(profile.reset);
  };
  const bringUp = async (limitMs: number, tries: 'once' | 'again') => {
    const untilMs = systemClock.nowMs() + limitMs;
    while (systemClock.nowMs() < untilMs && !signal.aborted) {
      if (start !== null) running ??= startCommand(start);
      if (target.kind !== 'address') return;
      if (await accepts(target)) return;
      await systemClock.sleep(pollMs, signal);
      if (running?.ended !== true || (await running.exited).code === 0) continue;
      if (tries === 'once') break;
      await systemClock.sleep(againMs, signal);
      running = null;
    }
    const exit = running?.ended === true ? await running.exited : null;
    const ended = exit === null ? ` in ${limitMs / 1000} s` : `: it ended with ${exitText(exit)}`;
    await running?.stop();
    throw new HarnessError(
      'unreachable',
      start === null
        ? `the target takes no connection within ${limitMs / 1000} s`
        : `'${start}' brought up nothing at the target${ended}`,
    );
  };
  if (start !== null) await bringUp(startMs, 'once');
  return {
    reset,
    async restart() {
      if (start === null) await reset();
      await running?.stop();
      running = null;
      await bringUp(start === null && profile.reset === null ? recoveryMs : restartMs, 'again');
    },
    processGroup: () => running?.pid ?? null,
    exit: (limitMs) => exitWithin(running, limitMs),
    async [Symbol.asyncDispose]() {
      await running?.stop();
    },
  };
}

async function accepts(address: { readonly host: string; readonly port: number }) {
  const link = await connectTcp(address, 1000).catch(() => null);
  await link?.[Symbol.asyncDispose]();
  return link !== null;
}

async function runOnce(line: string): Promise<void> {
  const running = startCommand(line);
  const exit = await exitWithin(running, resetMs);
  if (exit?.code === 0) return;
  await running.stop();
  const why = exit === null ? `took longer than ${resetMs / 1000} s` : exitText(exit);
  throw new HarnessError('unreachable', `reset '${line}' failed: ${why}`);
}
