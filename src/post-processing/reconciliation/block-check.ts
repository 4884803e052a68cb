import type { BlockMessage } from './block.ts';
import { samplesOf } from './block.ts';
import type { Code } from './ldpc/code.ts';
import { dimensions } from './multidimensional.ts';

/** What a peer said of a block: usable, or not, and why. */
export type CheckedBlock =
  | { readonly kind: 'block'; readonly message: BlockMessage }
  | { readonly kind: 'refused'; readonly reason: BlockFault; readonly message: string };

export type BlockFault =
  | 'syndromeLength'
  | 'syndromeNotBinary'
  | 'tagNotAWord'
  | 'mappingLength'
  | 'mappingNotUnit'
  | 'normsLength'
  | 'normsNotPositive';

/** How far from 1 the length of a rotation may be, after rounding on the wire. */
const unitTolerance = 1e-3;
/** Longest eight samples of variance some tens that anyone measures. */
const normAtMost = 1e6;

/** A block as it came from a peer: three lists and a number, or things that should be. */
export interface SaidBlock {
  readonly syndrome: unknown;
  /** May be left out. */
  readonly tag?: unknown;
  readonly mapping: unknown;
  readonly norms: unknown;
}

/** Takes what a peer said of a block of a code for a message, if it can be one. */
export function checkBlock(code: Code, said: SaidBlock): CheckedBlock {
  const syndrome = listOf(said.syndrome, code.checks);
  if (syndrome === null) return refused('syndromeLength');
  if (!syndrome.every((bit) => bit === 0 || bit === 1)) return refused('syndromeNotBinary');
  const tag = said.tag ?? null;
  if (tag !== null && !isWord(tag)) return refused('tagNotAWord');
  const samples = samplesOf(code);
  const rotations = listOf(said.mapping, samples);
  if (rotations === null) return refused('mappingLength');
  if (!rotations.every(isNumber) || !areUnits(rotations)) return refused('mappingNotUnit');
  const norms = listOf(said.norms, samples / dimensions);
  if (norms === null) return refused('normsLength');
  if (!norms.every(isNumber) || !norms.every((norm) => norm >= 0 && norm <= normAtMost)) {
    return refused('normsNotPositive');
  }
  return {
    kind: 'block',
    message: {
      syndrome: Uint8Array.from(syndrome, (bit) => (bit === 1 ? 1 : 0)),
      tag,
      mapping: { rotations: Float64Array.from(rotations), norms: Float64Array.from(norms) },
    },
  };
}

function listOf(value: unknown, length: number): readonly unknown[] | null {
  return Array.isArray(value) && value.length === length ? value : null;
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number';
}

function isWord(value: unknown): value is number {
  return isNumber(value) && Number.isInteger(value) && value >= 0 && value < 2 ** 32;
}

/** False for lengths that are no number as well. */
function areUnits(rotations: readonly number[]): boolean {
  for (let at = 0; at < rotations.length; at += dimensions) {
    const square = rotations.slice(at, at + dimensions).reduce((sum, part) => sum + part * part, 0);
    if (!(Math.abs(Math.sqrt(square) - 1) <= unitTolerance)) return false;
  }
  return true;
}

function refused(reason: BlockFault): CheckedBlock {
  return { kind: 'refused', reason, message: messages[reason] };
}

const messages = {
  syndromeLength: 'Wrong syndrome length.',
  syndromeNotBinary: 'The syndrome has entries other than 0 and 1.',
  tagNotAWord: 'The tag is no integer of 32 bits.',
  mappingLength: 'Wrong mapping length.',
  mappingNotUnit: 'The mapping holds a rotation whose length is not 1.',
  normsLength: 'Wrong number of norms.',
  normsNotPositive: 'A norm is negative or no number.',
} as const satisfies Record<BlockFault, string>;
