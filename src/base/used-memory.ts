import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Bytes that this process still needs: what it holds once all that is unused is collected. */
export function usedMemoryBytes(): number {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  /** Twice: what the first finds unused outside the heap is given back by the second. */
  for (const _ of [1, 2]) if (typeof collect === 'function') collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
