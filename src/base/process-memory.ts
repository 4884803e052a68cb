import { readdirSync, readFileSync } from 'node:fs';

const pageBytes = 4096;

/**
 * Memory that the processes of a group hold, bytes; `null` where the system does not tell.
 * @see proc(5), /proc/pid/stat and /proc/pid/statm
 */
export function residentBytes(processGroup: number): number | null {
  const members = processes().filter((pid) => groupOf(pid) === processGroup);
  if (members.length === 0) return null;
  const pages = members.map((pid) => Number(text(`/proc/${pid}/statm`).split(' ')[1] ?? 0));
  return pages.reduce((sum, count) => sum + (Number.isFinite(count) ? count : 0), 0) * pageBytes;
}

function processes(): readonly string[] {
  try {
    return readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  } catch {
    return [];
  }
}

/** The name of a process may hold anything, also blanks and brackets: what follows it counts. */
function groupOf(pid: string): number {
  const stat = text(`/proc/${pid}/stat`);
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[2]);
}

/** Processes come and go. */
function text(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}
