import { renameSync, rmSync, writeFileSync } from 'node:fs';

/** Writes a file so that it is there whole or as it was: beside it first, then in its place. */
export function writeWhole(path: string, text: string): void {
  const beside = `${path}.part`;
  try {
    writeFileSync(beside, text);
    renameSync(beside, path);
  } catch (fault) {
    clear(beside);
    throw fault;
  }
}

/** What was begun is worth nothing; that it cannot be cleared away either is no other fault. */
function clear(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    return;
  }
}
