import { readdirSync, readFileSync } from 'node:fs';

/** The processes of a group, dead ones included; none where the system does not tell. */
export function membersOf(processGroup: number): readonly string[] {
  return processes().filter((pid) => groupOf(pid) === processGroup);
}

/**
 * Whether all that is left of a group are dead processes that nobody has asked about: in a container
 * whose first process does not look after orphans they stay. False where the system does not tell.
 * @see proc(5), /proc/pid/stat
 */
export function isOnlyDead(processGroup: number): boolean {
  const members = membersOf(processGroup);
  return members.length > 0 && members.every((pid) => ['Z', 'X', undefined].includes(stat(pid)[0]));
}

function processes(): readonly string[] {
  try {
    return readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  } catch {
    return [];
  }
}

function groupOf(pid: string): number {
  return Number(stat(pid)[2]);
}

/** The name of a process may hold anything, also blanks and brackets: what follows it counts. */
function stat(pid: string): readonly string[] {
  const text = textOf(`/proc/${pid}/stat`);
  return text === '' ? [] : text.slice(text.lastIndexOf(')') + 2).split(' ');
}

/** What a file of the system says; nothing once its process has gone. */
export function textOf(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}
