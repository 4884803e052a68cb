import { spawn, type ChildProcess } from 'node:child_process';
import { systemClock } from '#src/base/clock.ts';
import { isOnlyDead } from '#src/base/process-group.ts';
import { LastWords } from './last-words.ts';

/** How long a command may take to go by itself, ms. */
const graceMs = 1000;
/** How long its last words may be under way once it has ended, ms. */
const wordsMs = 200;
/** How a shell tells by its own exit code that a signal ended what it ran: 128 and the signal. */
const shellCodes: Readonly<Record<number, string>> = {
  129: 'SIGHUP',
  130: 'SIGINT',
  131: 'SIGQUIT',
  132: 'SIGILL',
  133: 'SIGTRAP',
  134: 'SIGABRT',
  135: 'SIGBUS',
  136: 'SIGFPE',
  137: 'SIGKILL',
  139: 'SIGSEGV',
  141: 'SIGPIPE',
  143: 'SIGTERM',
};

/** How a command ended. */
export interface Exit {
  /** `null` where a signal ended it; 127 where it could not be started. */
  readonly code: number | null;
  readonly signal: string | null;
  /** What it said last on standard error, at most 4,096 characters. */
  readonly lastWords: string;
}

/** A command that runs, with everything that it started. */
export interface Command {
  readonly pid: number | undefined;
  readonly exited: Promise<Exit>;
  /** True once it has ended. */
  readonly ended: boolean;
  /** True while anything that it started still runs. */
  readonly lives: boolean;
  /** True where it was stopped: how it ended says nothing about it. */
  readonly stopped: boolean;
  /** Ends it; hard, when it does not go within a second. */
  stop(): Promise<void>;
}

/** Replaces `{name}` in a command line. */
export function fillIn(line: string, values: Readonly<Record<string, string>>): string {
  return line.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}

/** Starts a shell command in a process group of its own, with no input; its output is not shown. */
export function startCommand(line: string): Command {
  const stdio: ['ignore', 'ignore', 'pipe'] = ['ignore', 'ignore', 'pipe'];
  const child = spawn(line, { shell: true, stdio, detached: true });
  const exited = exitOf(child);
  const kill = () => signalGroup(child, 'SIGKILL');
  process.once('exit', kill);
  /** What a shell leaves behind when it goes still has its group; an empty group is let go. */
  let isGone = false;
  let stopped = false;
  void exited.then(() => {
    isGone = !groupLives(child);
    if (isGone) process.off('exit', kill);
  });
  return {
    pid: child.pid,
    exited,
    get ended() {
      return hasEnded(child);
    },
    get lives() {
      return groupLives(child);
    },
    get stopped() {
      return stopped;
    },
    async stop() {
      if (isGone) return;
      stopped ||= !hasEnded(child);
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

/** How a command ended by itself, within so long; `null` where it did not, or was stopped. */
export async function exitWithin(
  command: { readonly exited: Promise<Exit> | null; readonly stopped?: boolean } | null,
  limitMs: number,
): Promise<Exit | null> {
  const exited = command?.exited ?? null;
  if (exited === null || command?.stopped === true) return null;
  const over = new AbortController();
  const late = systemClock.sleep(limitMs, over.signal).then(() => null);
  const exit = await Promise.race([exited, late]);
  over.abort();
  return exit;
}

/** Resolves when the command has ended and has said its last words, or nobody knows more of them. */
async function exitOf(child: ChildProcess): Promise<Exit> {
  const words = new LastWords(child.stderr);
  const silent = new AbortController();
  child.once('close', () => silent.abort());
  const how = await new Promise<Pick<Exit, 'code' | 'signal'>>((resolve) => {
    child.once('exit', (code, signal) =>
      resolve({ code, signal: signal ?? shellCodes[code ?? 0] ?? null }),
    );
    child.once('error', () => resolve({ code: 127, signal: null }));
  });
  await systemClock.sleep(wordsMs, silent.signal);
  const code = how.signal === null ? how.code : null;
  return { ...how, code, lastWords: words.text };
}

function hasEnded({ exitCode, signalCode, pid }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null || pid === undefined;
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
  if (!signalGroup(child, 0)) return false;
  return !hasEnded(child) || child.pid === undefined || !isOnlyDead(child.pid);
}
