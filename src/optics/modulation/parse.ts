import { nearest } from '#src/base/nearest.ts';
import type { Modulation } from './modulation.ts';

/** A modulation, or what is wrong with its text in one line. */
export type ParsedModulation =
  | { readonly kind: 'modulation'; readonly modulation: Modulation }
  | { readonly kind: 'flaw'; readonly why: string };

const forms = ['gaussian', 'psk:4', 'qam:8', 'pcs-qam:8:0.07', 'binomial-qam:8'] as const;
const mostPoints = 256;

/** Reads `gaussian`, `psk:<points>`, `qam:<side>`, `pcs-qam:<side>:<shaping>`, `binomial-qam:<side>`. */
export function parseModulation(text: string): ParsedModulation {
  const [kind = '', size = '', shaping = '', ...rest] = text.split(':');
  const count = Number(size);
  if (rest.length > 0) return unknown(text);
  switch (kind) {
    case 'gaussian':
      return size === '' ? { kind: 'modulation', modulation: { kind } } : unknown(text);
    case 'psk':
      return isPowerOfTwo(count, mostPoints) && shaping === ''
        ? { kind: 'modulation', modulation: { kind, points: count } }
        : flaw(`psk has ${size || 'no'} points, not a power of 2 from 2 to ${mostPoints}`);
    case 'qam':
    case 'binomial-qam':
      return isPowerOfTwo(count, side) && shaping === ''
        ? { kind: 'modulation', modulation: { kind, side: count } }
        : flaw(`${kind} has a side of ${size || 'none'}, not a power of 2 from 2 to ${side}`);
    case 'pcs-qam': {
      const nu = Number(shaping);
      if (!isPowerOfTwo(count, side)) {
        return flaw(`pcs-qam has a side of ${size || 'none'}, not a power of 2 from 2 to ${side}`);
      }
      return shaping !== '' && nu >= 0 && nu <= 10
        ? { kind: 'modulation', modulation: { kind, side: count, shaping: nu } }
        : flaw(`pcs-qam has a shaping of ${shaping || 'none'}, not from 0 to 10`);
    }
    default:
      return unknown(text);
  }
}

const side = Math.sqrt(mostPoints);

function isPowerOfTwo(count: number, most: number): boolean {
  return Number.isInteger(Math.log2(count)) && count >= 2 && count <= most;
}

function unknown(text: string): ParsedModulation {
  return flaw(`no modulation '${text}'; did you mean '${nearest(text, forms)}'?`);
}

function flaw(why: string): ParsedModulation {
  return { kind: 'flaw', why };
}
