import { readFileSync } from 'node:fs';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { describe, expect, it } from 'vitest';
import { psk, qam } from '#src/optics/modulation/constellation.ts';
import { constellationConstants, discreteKeyRate } from '#src/optics/key-rate/discrete.ts';
import { finiteKeyRate, worstCase, worstSeen } from '#src/optics/key-rate/finite-size.ts';
import { gaussianKeyRate } from '#src/optics/key-rate/gaussian.ts';
import type { Detector, LinkParameters } from '#src/optics/key-rate/parameters.ts';

const N = Type.Number();
const link = { Va: N, T: N, xi: N, eta: N, Vel: N, beta: N };
const fixture = Value.Parse(
  Type.Object({
    gaussian: Type.Array(
      Type.Object({ ...link, tag: Type.String(), keyRates: Type.Record(Type.String(), N) }),
    ),
    discrete: Type.Array(
      Type.Object({ ...link, modulation: Type.String(), correlation: N, defect: N, keyRate: N }),
    ),
    finite: Type.Array(
      Type.Object({
        ...link,
        ...{ N, m: N, eps: N, z: N, worstTransmittance: N, worstExcessNoise: N, keyRate: N },
      }),
    ),
  }),
  JSON.parse(readFileSync('fixtures/optics/key-rates.json', 'utf8')),
);

type Row = { readonly [Name in keyof typeof link]: number };
const trustedHeterodyne = { kind: 'heterodyne', trust: 'trusted' } as const;

describe('key rates against 50-digit covariance matrices', () => {
  it.each(fixture.gaussian)('Gaussian modulation, $tag, V_A $Va, xi $xi, eta $eta', (row) => {
    for (const trust of ['trusted', 'untrusted'] as const) {
      for (const kind of ['homodyne', 'heterodyne'] as const) {
        const rate = gaussianKeyRate(linkOf(row, { kind, trust })).bitsPerSymbol;
        expect(rate, `${trust} ${kind}`).toBeCloseTo(row.keyRates[`${trust}_${kind}`] ?? NaN, 9);
      }
    }
  });

  it.each(fixture.discrete)('$modulation, V_A $Va, T $T, eta $eta', (row) => {
    const constants = constellationConstants(constellationOf(row.modulation, row.Va));
    expect(constants.correlation).toBeCloseTo(row.correlation, 10);
    expect(constants.defect).toBeCloseTo(row.defect, 11);
    const rate = discreteKeyRate(linkOf(row, trustedHeterodyne), constants).bitsPerSymbol;
    expect(Math.abs((rate ?? NaN) - row.keyRate)).toBeLessThan(1e-9);
  });

  it.each(fixture.finite)('finite size, N $N, T $T', (row) => {
    const link = linkOf(row, trustedHeterodyne);
    const worst = worstCase(link, 2 * row.m, row.z);
    expect(worst.transmittance).toBeCloseTo(row.worstTransmittance, 11);
    expect(worst.excessNoiseSnu).toBeCloseTo(row.worstExcessNoise, 11);
    const block = { symbols: row.N, revealedSymbols: row.m, failure: row.eps, deviations: row.z };
    expect(finiteKeyRate(link, block).bitsPerSymbol).toBeCloseTo(row.keyRate, 11);
  });

  it.each(fixture.finite)('the same by an estimate with deviations, N $N, T $T', (row) => {
    const link = linkOf(row, trustedHeterodyne);
    const seen = worstSeen(link, estimateOf(link, 2 * row.m), row.z);
    const worst = worstCase(link, 2 * row.m, row.z);
    expect(seen.transmittance).toBeCloseTo(worst.transmittance, 11);
    expect(seen.excessNoiseSnu).toBeCloseTo(worst.excessNoiseSnu, 11);
  });
});

/** What so many quadratures tell of a heterodyne link, the detector being known exactly. */
function estimateOf(link: LinkParameters, samples: number) {
  const { transmittance, excessNoiseSnu, modulationVarianceSnu, detector } = link;
  const share = (detector.efficiency * transmittance) / 2;
  const noise = 1 + detector.electronicNoiseSnu + share * excessNoiseSnu;
  const slopeDeviation = Math.sqrt(noise / (samples * modulationVarianceSnu));
  return {
    transmittance: {
      value: transmittance,
      deviation: (4 * Math.sqrt(share) * slopeDeviation) / detector.efficiency,
    },
    excessNoiseSnu: {
      value: excessNoiseSnu,
      deviation: (noise * Math.sqrt(2 / samples)) / share,
    },
  };
}

function linkOf(row: Row, detector: Pick<Detector, 'kind' | 'trust'>): LinkParameters {
  return {
    modulationVarianceSnu: row.Va,
    transmittance: row.T,
    excessNoiseSnu: row.xi,
    detector: { ...detector, efficiency: row.eta, electronicNoiseSnu: row.Vel },
    reconciliationEfficiency: row.beta,
  };
}

function constellationOf(name: string, variance: number) {
  if (name === 'QPSK') return psk(4, variance);
  if (name === '8PSK') return psk(8, variance);
  const shaping = Number(/nu=([\d.]+)/.exec(name)?.[1] ?? 0);
  return qam(Math.sqrt(Number.parseInt(name, 10)), variance, shaping);
}
