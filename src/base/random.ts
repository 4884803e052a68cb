import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** A seeded source of numbers: the same seed and the same calls give the same numbers. */
export interface Random {
  /** An integer from 0 up to, not including, `below` (1 … 2^31). */
  below(below: number): number;
  /** A real number, 0 ≤ x < 1, in steps of 2^-32. */
  unit(): number;
  /** One element of a list that is not empty. */
  pick<T>(list: readonly T[]): T;
  /** `count` characters of letters and digits; some thousand at most. */
  word(count: number): string;
  bytes(count: number): Uint8Array;
  uuid(): string;
  /** A source of its own for one purpose: drawing from it leaves this one as it is. */
  fork(purpose: string): Random;
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Makes a source from a 32-bit seed. */
export function seededRandom(seed: number): Random {
  const generator = xoroshiro128plus(seed | 0);
  const next = () => generator.next() >>> 0;
  const random: Random = {
    below: (below) => next() % below,
    unit: () => next() / 2 ** 32,
    pick: (list) => {
      const chosen = list[next() % list.length];
      if (chosen === undefined) throw new RangeError('nothing to pick from');
      return chosen;
    },
    word: (count) => {
      const codes: number[] = [];
      while (codes.length < count) codes.push(alphabet.charCodeAt(next() % alphabet.length));
      return String.fromCharCode(...codes);
    },
    bytes: (count) => {
      const bytes = new Uint8Array(count);
      for (let at = 0; at < count; at += 1) bytes[at] = next() & 0xff;
      return bytes;
    },
    uuid: () => {
      const hex = Buffer.from(random.bytes(16)).toString('hex');
      const variant = '89ab'[Number.parseInt(hex[16] ?? '0', 16) & 3];
      return [
        hex.slice(0, 8),
        hex.slice(8, 12),
        `4${hex.slice(13, 16)}`,
        `${variant}${hex.slice(17, 20)}`,
        hex.slice(20),
      ].join('-');
    },
    fork: (purpose) => seededRandom(hash(`${seed}/${purpose}`)),
  };
  return random;
}

/** FNV-1a, 32 bits: turns a name into a seed. */
function hash(text: string): number {
  let state = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    state = Math.imul(state ^ text.charCodeAt(index), 0x01000193);
  }
  return state;
}
