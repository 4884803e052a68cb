import { readFileSync } from 'node:fs';
import { HarnessError } from './errors.ts';

/**
 * The text of a small file that a setting names.
 * @throws HarnessError `usage` when it cannot be read.
 */
export function readSettingFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new HarnessError('usage', `cannot read '${path}'`, { cause });
  }
}
