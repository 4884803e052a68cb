import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The launcher of this checkout. */
export const launcher = fileURLToPath(new URL('../../src/cli/qkdspec.js', import.meta.url));

/** Makes a process believe that it is an old Node: it must find a newer one. */
const posesAsOld = [
  '--import',
  'data:text/javascript,Object.defineProperty(process.versions,"node",{value:"20.19.0"})',
];

/** What a process came to. */
export interface Ended {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** How the launcher is started. */
export interface Launch {
  readonly cwd: string;
  readonly script?: string;
  readonly oldNode?: boolean;
  readonly env?: Readonly<Record<string, string>>;
  /** Where stdout goes instead: a descriptor. */
  readonly stdout?: number;
  /** Called with everything on stdout so far, whenever there is more. */
  readonly watch?: (stdout: string, child: ChildProcess) => void;
}

/** Runs the launcher with arguments until it ends. */
export function launch(args: readonly string[], how: Launch): Promise<Ended> {
  const { cwd, script = launcher, oldNode = false, watch } = how;
  const child = spawn(process.execPath, [...(oldNode ? posesAsOld : []), script, ...args], {
    cwd,
    env: { ...process.env, NO_COLOR: '', FORCE_COLOR: '', ...how.env },
    stdio: ['pipe', how.stdout ?? 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (chunk) => {
    stdout += String(chunk);
    watch?.(stdout, child);
  });
  child.stderr?.on('data', (chunk) => (stderr += String(chunk)));
  return new Promise((resolve) => {
    child.on('close', (exitCode) => resolve({ exitCode, stdout, stderr }));
  });
}
