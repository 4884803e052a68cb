import { execFile } from 'node:child_process';

/** Runs a program until it ends; what it says on both streams. */
export function run(file: string, words: readonly string[], cwd: string) {
  return new Promise<{ readonly exitCode: number | null; readonly output: string }>((resolve) => {
    const child = execFile(file, words, { cwd }, (_, stdout, stderr) =>
      resolve({ exitCode: child.exitCode, output: stdout + stderr }),
    );
  });
}
