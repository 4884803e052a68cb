import { describe, expect, it } from 'vitest';
import {
  announceBlock,
  correctBlock,
  samplesOf,
} from '#src/post-processing/reconciliation/block.ts';
import { checkBlock } from '#src/post-processing/reconciliation/block-check.ts';
import { codeOf } from '#src/post-processing/reconciliation/ldpc/code.ts';
import { decoderOf } from '#src/post-processing/reconciliation/ldpc/decode.ts';
import { correctingPool } from '#src/post-processing/reconciliation/pool.ts';
import { namedCode } from '#src/post-processing/reconciliation/proposal.ts';
import { tagBits, tagOf } from '#src/post-processing/reconciliation/tag.ts';
import { hashKeyFrom, verificationHash } from '#src/post-processing/verification-hash.ts';
import { linkedSamples } from './link.ts';

const length = 16_384;
const code = namedCode(length, 1);
const decoder = decoderOf(code);

function announced(seed: number, beta = 0.8) {
  const link = linkedSamples(length, beta, seed);
  const message = announceBlock(code, link.bits, link.received);
  return { ...link, message, own: { samples: link.sent, noiseVariance: link.noiseVariance } };
}

describe('a block', () => {
  it.each([0, 1, 2, 3, 4, 5])('ends in equal bits at efficiency 0.80: link %i', (seed) => {
    const { bits, message, own } = announced(seed);
    expect(correctBlock(decoder, message, own)).toMatchObject({ kind: 'corrected', bits });
  });

  it('takes the same iterations on every engine', () => {
    const iterations = [0, 1, 2, 3, 4, 5].map((seed) => {
      const { message, own } = announced(seed);
      return correctBlock(decoder, message, own).iterations;
    });
    expect(iterations).toMatchInlineSnapshot(`
      [
        9,
        10,
        10,
        10,
        15,
        12,
      ]
    `);
  });

  it('is not reached with samples of another link', () => {
    const { message, own } = announced(0);
    const foreign = { ...own, samples: linkedSamples(length, 0.8, 1).sent };
    const corrected = correctBlock(decoder, message, foreign);
    expect(corrected.kind === 'notReached' && corrected.unsettled > 1000).toBe(true);
  });

  it('is not reached where the syndrome has a wrong bit', () => {
    const { message, own } = announced(0);
    const syndrome = message.syndrome.with(500, (message.syndrome[500] ?? 0) ^ 1);
    expect(correctBlock(decoder, { ...message, syndrome }, own).kind).toBe('notReached');
  });

  it('is not reached far beyond capacity', () => {
    const { message, own } = announced(0, 1.3);
    expect(correctBlock(decoder, message, own).kind).toBe('notReached');
  });

  it('that decodes to other bits of the same syndrome is known by its tag, and found', () => {
    const { bits, message, own } = announced(485);
    const untagged = correctBlock(decoder, { ...message, tag: null }, own);
    const wrong = untagged.kind === 'corrected' ? untagged.bits : new Uint8Array();
    expect(wrong.reduce((sum, bit, at) => sum + (bit ^ (bits[at] ?? 0)), 0)).toBe(126);
    expect(tagOf(wrong)).not.toBe(message.tag);
    expect(message.tag).toBeLessThan(2 ** tagBits);
    const key = hashKeyFrom(1, 2);
    expect(verificationHash(wrong, key)).not.toBe(verificationHash(bits, key));
    expect(correctBlock(decoder, message, own)).toMatchObject({ kind: 'corrected', bits });
  });

  it('that plain decoding is stuck in is found by guesses', () => {
    const { bits, message, own } = announced(70);
    expect(correctBlock(decoder, { ...message, tag: null }, own).kind).toBe('notReached');
    expect(correctBlock(decoder, message, own)).toMatchObject({ kind: 'corrected', bits });
  });

  it('of a tiny code takes whole rotations, and tells no tag', () => {
    const hamming = codeOf(7, [
      [0, 2, 4, 6],
      [1, 2, 5, 6],
      [3, 4, 5, 6],
    ]);
    expect(samplesOf(hamming)).toBe(8);
    const { sent, received, noiseVariance } = linkedSamples(8, 0.05, 1);
    const bits = Uint8Array.of(1, 0, 1, 1, 0, 0, 1);
    const message = announceBlock(hamming, bits, received);
    expect(message.tag).toBeNull();
    const own = { samples: sent, noiseVariance };
    expect(correctBlock(decoderOf(hamming), message, own)).toMatchObject({ bits });
  });
});

describe('a block that a peer said', () => {
  const { message } = announced(0);
  const said = {
    syndrome: [...message.syndrome],
    tag: message.tag,
    mapping: [...message.mapping.rotations],
    norms: [...message.mapping.norms],
  };

  it('is taken as it was announced, also without a tag', () => {
    expect(checkBlock(code, said)).toEqual({ kind: 'block', message });
    const { tag: _, ...untagged } = said;
    expect(checkBlock(code, untagged)).toMatchObject({ kind: 'block', message: { tag: null } });
  });

  it.each([
    ['syndromeLength', { syndrome: said.syndrome.slice(1) }],
    ['syndromeLength', { syndrome: [] }],
    ['syndromeLength', { syndrome: null }],
    ['syndromeNotBinary', { syndrome: said.syndrome.with(0, 1.87) }],
    ['tagNotAWord', { tag: -1 }],
    ['tagNotAWord', { tag: 2 ** 32 }],
    ['tagNotAWord', { tag: '1' }],
    ['mappingLength', { mapping: said.mapping.slice(8) }],
    ['mappingNotUnit', { mapping: said.mapping.with(3, 2) }],
    ['mappingNotUnit', { mapping: said.mapping.with(3, Number.NaN) }],
    ['mappingNotUnit', { mapping: said.mapping.map(() => '0') }],
    ['normsLength', { norms: said.norms.slice(1) }],
    ['normsNotPositive', { norms: said.norms.with(5, -0.1) }],
    ['normsNotPositive', { norms: said.norms.with(5, Infinity) }],
  ] as const)('is refused: %s', (reason, bent) => {
    expect(checkBlock(code, { ...said, ...bent })).toMatchObject({ kind: 'refused', reason });
  });
});

describe('a pool of threads', () => {
  it('corrects as one thread does, and keeps the order', async () => {
    const blocks = [0, 1, 2, 3].map((seed) => announced(seed));
    await using pool = correctingPool(code, 2);
    const corrected = await pool.correct(blocks.map(({ message, own }) => ({ message, ...own })));
    expect(corrected).toEqual(
      blocks.map(({ message, own }) => correctBlock(decoder, message, own)),
    );
  });

  it('leaves nobody waiting when it is ended', async () => {
    const pool = correctingPool(code, 1);
    const { message, own } = announced(0);
    const ended = pool.correct([{ message, ...own }]).catch((fault: unknown) => fault);
    await pool[Symbol.asyncDispose]();
    expect(String(await ended)).toContain('were ended');
  });
});
