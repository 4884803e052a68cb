import { describe, expect, it } from 'vitest';
import { checkProposal, nameOf, namedCode } from '#src/post-processing/reconciliation/proposal.ts';

const named = nameOf(namedCode(8192, 9), 9);
const hamming = [
  [1, 0, 1, 0, 1, 0, 1],
  [0, 1, 1, 0, 0, 1, 1],
  [0, 0, 0, 1, 1, 1, 1],
];

describe('a proposal', () => {
  it('of a code by its name is accepted', () => {
    const proposal = checkProposal(named, 5.6);
    expect(proposal).toMatchObject({ kind: 'accepted', syndromeBits: 7373, noiseVariance: 5.6 });
  });

  it('of a matrix is accepted; what its syndrome tells is its rank', () => {
    expect(checkProposal(hamming, 0.1)).toMatchObject({ kind: 'accepted', syndromeBits: 3 });
    const dependent = [
      [1, 1],
      [1, 1],
    ];
    expect(checkProposal(dependent, 0.1)).toMatchObject({ kind: 'accepted', syndromeBits: 1 });
  });

  it.each([
    ['notAMatrix', null],
    ['notAMatrix', []],
    ['notAMatrix', [[]]],
    ['notAMatrix', [1, 0]],
    ['notAMatrix', [[1, 0], '10']],
    ['unevenRows', [[1, 1], [1]]],
    ['notBinary', [[1, 2]]],
    ['notBinary', [[1, 0.5]]],
    ['notBinary', [[1, '1']]],
    ['notBinary', [[1, null]]],
    [
      'emptyCheck',
      [
        [1, 1],
        [0, 0],
      ],
    ],
    ['tooLarge', Array.from({ length: 257 }, () => Array.from({ length: 256 }, () => 1))],
    [
      'noFreedom',
      [
        [1, 0],
        [1, 1],
      ],
    ],
    ['unknownFamily', { ...named, family: 'dvb-s2' }],
    ['unknownFamily', {}],
    ['unknownLength', { ...named, n: 8193 }],
    ['unknownLength', { ...named, n: 2 ** 40 }],
    ['wrongSize', { ...named, k: 820 }],
    ['wrongSeed', { ...named, seed: 0.5 }],
    ['wrongSeed', { ...named, seed: -1 }],
    ['wrongSeed', { ...named, seed: '9' }],
    ['hashDiffers', { ...named, seed: 10 }],
    ['hashDiffers', { ...named, sha256: named.sha256.toUpperCase() }],
  ] as const)('is refused: %s', (reason, matrix) => {
    expect(checkProposal(matrix, 5.6 - 4.6)).toMatchObject({ kind: 'refused', reason });
  });

  it.each([0, -1, Number.NaN, Infinity, '5.6', null])('is refused with noise %s', (noise) => {
    expect(checkProposal(named, noise)).toMatchObject({ reason: 'noiseNotPositive' });
  });

  it('is refused where the noise is beyond capacity, or far below what the code is for', () => {
    expect(checkProposal(named, 6.73)).toMatchObject({ reason: 'beyondCapacity' });
    expect(checkProposal(named, 6.72).kind).toBe('accepted');
    expect(checkProposal(named, 0.99)).toMatchObject({ reason: 'signalTooStrong' });
    expect(checkProposal(hamming, 2)).toMatchObject({ reason: 'beyondCapacity' });
  });
});
