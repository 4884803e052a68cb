import { spawn, type ChildProcess } from 'node:child_process';

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
  void exited.then(() => process.off('exit', kill));
  return {
    pid: child.pid,
    exited,
    get ended() {
      return child.exitCode !== null || child.signalCode !== null || child.pid === undefined;
    },
    async stop() {
      if (this.ended) return;
      signalGroup(child, 'SIGTERM');
      const timer = setTimeout(kill, 1000);
      await exited;
      clearTimeout(timer);
    },
  };
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    child.kill(signal);
  }
}
