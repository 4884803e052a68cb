import { requirements } from '#models/etsi-004/index.ts';
import type { Expectation, JudgedFrame } from '#src/contract/case.ts';
import type { Etsi004Player } from './case.ts';

/** Hears on until so many keys came, or nothing comes any more; how many came. */
export async function hearKeys(kms: Etsi004Player, keys: number): Promise<number> {
  for (let count = 0; count < keys;) {
    const heard = await kms.hear();
    if (heard.kind !== 'frame') return count;
    if (heard.perceived.message === 'keyMaterial') count += 1;
  }
  return keys;
}

/** At least so many keys must have been pushed at each of these ends. */
export function pushesKeys(keys: number, ends: readonly ('a' | 'b')[]): Expectation {
  const requirement = requirements.getKeyStartsPushing;
  const text = `${keys} keys at ${ends.map((end) => `end ${end}`).join(' and ')}`;
  return {
    text,
    check(frames) {
      const poor = ends.find((end) => keysAt(frames, end) < keys);
      if (poor === undefined) return null;
      const actual = `${keysAt(frames, poor)} keys at end ${poor}`;
      return {
        kind: 'silence',
        requirement,
        expected: [{ outcome: text, why: requirement.text }],
        actual,
        explanation: `${requirement.text} [${requirement.id}] There were ${actual}.`,
        at: frames.at(-1)?.at ?? 0,
      };
    },
  };
}

function keysAt(frames: readonly JudgedFrame[], end: 'a' | 'b'): number {
  return frames.filter(
    ({ by, perceived }) =>
      by === 'peer' && perceived.message === 'keyMaterial' && perceived.payload['end'] === end,
  ).length;
}
