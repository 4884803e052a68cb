import { systemClock } from '#src/base/clock.ts';
import { HarnessError } from '#src/base/errors.ts';
import type { CommandName, Profile } from '#src/contract/target.ts';
import { exitWithin, startCommand, type Command, type Exit } from '#src/transport/command.ts';
import { exitText } from '#src/transport/exit-text.ts';
import { connectTcp } from '#src/transport/tcp.ts';

/**
 * How long each command may take, and a target that it brings up until it takes connections, where
 * the profile does not say: a port may stay taken for a minute, ms.
 */
const usualMs: Readonly<Record<CommandName, number>> = {
  start: 30_000,
  stop: 60_000,
  reset: 60_000,
  restart: 90_000,
  powerCycle: 90_000,
};
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
   * Brings a target back that fell, as the profile says: by its own command, by another start, by a
   * reset, or by waiting; where it does not come, by a power cycle. Returns when it takes
   * connections.
   * @throws HarnessError `unreachable` when it does not within its time.
   */
  readonly restart: () => Promise<void>;
  /** The process group of what was started; `null` where nothing was. */
  readonly processGroup: () => number | null;
  /** How what was started ended by itself, within so long; `null` where it did not. */
  readonly exit: (limitMs: number) => Promise<Exit | null>;
}

/**
 * Runs the profile's `start`; what it started ends when the result is disposed. `tell` hears what
 * could not be taken down: that says nothing about the target.
 * @throws HarnessError `unreachable` where the target takes no connection in time.
 */
export async function prepareTarget(
  profile: Profile,
  signal: AbortSignal,
  tell: (text: string) => void = () => {},
): Promise<Prepared> {
  const care = new Care(profile, { signal, tell });
  await care.bringUp();
  return {
    reset: () => care.runOnce('reset'),
    restart: () => care.restart(),
    processGroup: () => care.running?.pid ?? null,
    exit: (limitMs) => exitWithin(care.running, limitMs),
    [Symbol.asyncDispose]: () => care.takeDown(),
  };
}

class Care {
  readonly #profile: Profile;
  readonly #signal: AbortSignal;
  readonly #commands: Readonly<Partial<Record<CommandName, string>>>;
  readonly #tell: (text: string) => void;
  /** True once a command of its own has brought the target back: it is not started again. */
  #isRestarted = false;
  running: Command | null = null;

  constructor(
    profile: Profile,
    { signal, tell }: { readonly signal: AbortSignal; readonly tell: (text: string) => void },
  ) {
    const { start, reset, upkeep = {} } = profile;
    const { stop, restart, powerCycle } = upkeep;
    const all = Object.entries({ start, stop, reset, restart, powerCycle });
    this.#profile = profile;
    this.#signal = signal;
    this.#tell = tell;
    this.#commands = Object.fromEntries(all.filter(([, line]) => typeof line === 'string'));
  }

  async bringUp(): Promise<void> {
    if (this.#commands.start === undefined) return;
    try {
      await this.#awaitTarget(this.#limitMs('start'), 'once');
    } catch (fault) {
      await this.takeDown();
      throw fault;
    }
  }

  async restart(): Promise<void> {
    try {
      await this.#restarted();
    } catch (fault) {
      const isGone = fault instanceof HarnessError && fault.code === 'unreachable';
      if (!isGone || this.#commands.powerCycle === undefined || this.#signal.aborted) throw fault;
      await this.runOnce('powerCycle');
      await this.#awaitTarget(this.#limitMs('powerCycle'), 'again');
    }
  }

  /** Ends what was started; the profile's own way first. */
  async takeDown(): Promise<void> {
    try {
      await this.runOnce('stop');
    } catch (fault) {
      if (!(fault instanceof HarnessError)) throw fault;
      this.#tell(fault.message);
    }
    await this.#end();
  }

  /** Runs a command of the profile to its end, where there is one. */
  async runOnce(name: CommandName): Promise<void> {
    const line = this.#commands[name];
    if (line === undefined) return;
    const limitMs = this.#limitMs(name);
    /** What it says on either stream is told when it fails. */
    const running = startCommand(`{ ${line}\n} >&2`);
    const interrupt = () => void running.stop();
    /** What takes the target down does so on Ctrl-C as well. */
    if (name !== 'stop') this.#signal.addEventListener('abort', interrupt);
    const exit = await exitWithin(running, limitMs);
    this.#signal.removeEventListener('abort', interrupt);
    if (exit?.code === 0) return;
    await running.stop();
    const late = `took longer than ${limitMs / 1000} s`;
    const why = exit === null ? late : exitText(exit);
    throw new HarnessError('unreachable', `${name} '${line}' failed: ${why}`);
  }

  async #restarted(): Promise<void> {
    const { start, reset, restart } = this.#commands;
    if (restart === undefined) {
      if (start === undefined) await this.runOnce('reset');
      else await this.takeDown();
    } else {
      await this.#end();
      await this.runOnce('restart');
      this.#isRestarted = true;
    }
    const isOurs = [start, reset, restart].some((line) => line !== undefined);
    await this.#awaitTarget(isOurs ? this.#limitMs('restart') : recoveryMs, 'again');
  }

  /** Starts the target, where the profile says how, and waits until it takes connections. */
  async #awaitTarget(limitMs: number, tries: 'once' | 'again'): Promise<void> {
    const { target } = this.#profile;
    const untilMs = systemClock.nowMs() + limitMs;
    while (systemClock.nowMs() < untilMs && !this.#signal.aborted) {
      this.#start();
      if (target.kind !== 'address') return;
      if (await accepts(target)) return;
      await systemClock.sleep(pollMs, this.#signal);
      if (this.running?.ended !== true || (await this.running.exited).code === 0) continue;
      if (tries === 'once') break;
      await systemClock.sleep(againMs, this.#signal);
      this.running = null;
    }
    throw await this.#failure(limitMs);
  }

  #start(): void {
    const { start } = this.#commands;
    if (start !== undefined && !this.#isRestarted) this.running ??= startCommand(start);
  }

  async #failure(limitMs: number): Promise<HarnessError> {
    const exit = this.running?.ended === true ? await this.running.exited : null;
    const ended = exit === null ? ` in ${limitMs / 1000} s` : `: it ended with ${exitText(exit)}`;
    await this.#end();
    const { start } = this.#commands;
    return new HarnessError(
      'unreachable',
      start === undefined
        ? `the target takes no connection within ${limitMs / 1000} s`
        : `'${start}' brought up nothing at the target${ended}`,
    );
  }

  async #end(): Promise<void> {
    await this.running?.stop();
    this.running = null;
  }

  #limitMs(name: CommandName): number {
    return this.#profile.upkeep?.limitsMs?.[name] ?? usualMs[name];
  }
}

async function accepts(address: { readonly host: string; readonly port: number }) {
  const link = await connectTcp(address, 1000).catch(() => null);
  await link?.[Symbol.asyncDispose]();
  return link !== null;
}
