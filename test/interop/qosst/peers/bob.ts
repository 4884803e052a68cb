import path from 'node:path';

/**
 * A shell command that runs real Bob against `{host}` and `{port}`, to be filled in by the caller.
 * @param python an interpreter that can import QOSST, from `installQosst`
 * @param extra options of bob.py, such as `['--frames', '2']`
 */
export function realBobCommand(python: string, extra: readonly string[] = []): string {
  const script = path.join(import.meta.dirname, 'bob.py');
  const words = [python, script, ...extra].map(quoted).join(' ');
  return `exec ${words} {host} {port}`;
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}
