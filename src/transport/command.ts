import { spawn, type ChildProcess } from 'node:child_process';
import { systemClock } from '#src/base/clock.ts';

/** How long a command may take to go by itself, ms. */
const graceMs = 1000;

/** A command that runs, with everything that it started. */
export interface Command {
  readonly pid: number | undefined;
  /** Its exit code; `null` when a signal ended it. */
  readonly exited: Promise<number | null>;
  /** True once it has ended. */
  readonly ended: boolean;
  /** Ends it; hard, when it does not go within a second. */
  stop(): Promise<void>;
}

/** Replaces `{name}` in a command line. */
export function fillIn(line: string, values: Readonly<Record<string, string>>): string {
  return line.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}

/** Starts a shell command in a process group of its own, with no input and no output. */
export function startCommand(line: string): Command {
  const child = spawn(line, { shell: true, stdio: 'ignore', detached: true });
  const exited = new Promise<number | null>((resolve) => {
    child.once('exit', (code) => resolve(code));
    child.once('error', () => resolve(127));
  });
  const kill = () => signalGroup(child, 'SIGKILL');
  process.once('exit', kill);
  /** What a shell leaves behind when it goes still has its group; an empty group is let go. */
  let isGone = false;
  void exited.then(() => {
    isGone = !groupLives(child);
    if (isGone) process.off('exit', kill);
  });
  return {
    pid: child.pid,
    exited,
    get ended() {
      return child.exitCode !== null || child.signalCode !== null || child.pid === undefined;
    },
    async stop() {
      if (isGone) return;
      signalGroup(child, 'SIGTERM');
      const untilMs = systemClock.nowMs() + graceMs;
      while (groupLives(child) && systemClock.nowMs() < untilMs) await systemClock.sleep(10);
      kill();
      await exited;
      isGone = true;
      process.off('exit', kill);
    },
  };
}

/** Signals a command and all that it started; false where none of them is left. */
function signalGroup(child: ChildProcess, signal: NodeJS.Signals | 0): boolean {
  if (child.pid === undefined) return false;
  try {
    return process.kill(-child.pid, signal);
  } catch {
    return child.kill(signal);
  }
}

/** Whether anything that a command started still runs. */
function groupLives(child: ChildProcess): boolean {
  return signalGroup(child, 0);
}
