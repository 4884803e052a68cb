import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { usage } from './usage.ts';

/**
 * Makes a folder and those above it. Node's own way never ends where a file system refuses with
 * ENOENT, as /proc does.
 * @throws HarnessError `usage` where it cannot be made.
 */
export function makeFolder(folder: string): void {
  const found = statSync(folder, { throwIfNoEntry: false });
  if (found?.isDirectory() === true) return;
  if (dirname(folder) !== folder) makeFolder(dirname(folder));
  try {
    mkdirSync(folder);
  } catch (cause) {
    throw usage(`cannot make the folder ${folder}: ${codeOf(cause)}`, { cause });
  }
}

/** The short name of a file system's refusal: EACCES, ENOSPC. */
export function codeOf(fault: unknown): string {
  if (fault instanceof Error && 'code' in fault) return String(fault.code);
  return String(fault);
}
