import { membersOf, textOf } from './process-group.ts';

const pageBytes = 4096;

/**
 * Memory that the processes of a group hold, bytes; `null` where the system does not tell.
 * @see proc(5), /proc/pid/statm
 */
export function residentBytes(processGroup: number): number | null {
  const members = membersOf(processGroup);
  if (members.length === 0) return null;
  const pages = members.map((pid) => Number(textOf(`/proc/${pid}/statm`).split(' ')[1] ?? 0));
  return pages.reduce((sum, count) => sum + (Number.isFinite(count) ? count : 0), 0) * pageBytes;
}
