import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

const KEPT_LINES = 200;

/**
 * Runs a program to its end and keeps the last lines it printed, stdout and stderr together.
 * `code` is null when it could not be started or was killed, as it is when `signal` fires.
 */
export async function run(
  command: string,
  args: readonly string[],
  options: { signal: AbortSignal; onLine?: (line: string) => void },
): Promise<{ code: number | null; lines: readonly string[] }> {
  const lines: string[] = [];
  const keep = (line: string): void => {
    options.onLine?.(line);
    lines.push(line);
    if (lines.length > KEPT_LINES) lines.shift();
  };
  const child = spawn(command, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    signal: options.signal,
  });
  for (const input of [child.stdout, child.stderr]) createInterface({ input }).on('line', keep);
  const code = await new Promise<number | null>((resolve) => {
    child.once('error', (error) => {
      keep(error.message);
      resolve(null);
    });
    child.once('close', resolve);
  });
  return { code, lines };
}
