/** A CV-QKD link as key-rate formulas see it; variances in shot-noise units, per quadrature. */
export interface LinkParameters {
  /** V_A: variance of Alice's modulation at the channel's input, twice her mean photon number; > 0. */
  readonly modulationVarianceSnu: number;
  /** T of the channel alone, without the detector; 0 < T ≤ 1. */
  readonly transmittance: number;
  /** xi, referred to the channel's input; ≥ 0. */
  readonly excessNoiseSnu: number;
  readonly detector: Detector;
  /** beta: share of the mutual information that reconciliation keeps; 0 < beta ≤ 1. */
  readonly reconciliationEfficiency: number;
}

export interface Detector {
  readonly kind: 'homodyne' | 'heterodyne';
  /** `trusted`: its loss and noise are out of Eve's reach. */
  readonly trust: 'trusted' | 'untrusted';
  /** eta; 0 < eta ≤ 1. */
  readonly efficiency: number;
  /** V_el of one detector output; ≥ 0. */
  readonly electronicNoiseSnu: number;
}

/** What is wrong with parameters, as `name is value, not range`; `null`: nothing. */
export function outsideDomain(link: LinkParameters): string | null {
  const share = (value: number) => value > 0 && value <= 1;
  const notNegative = (value: number) => value >= 0 && Number.isFinite(value);
  const { detector } = link;
  const rows: readonly (readonly [string, number, boolean, string])[] = [
    ['modulationVarianceSnu', link.modulationVarianceSnu, positive(link), 'above 0'],
    ['transmittance', link.transmittance, share(link.transmittance), 'above 0, up to 1'],
    ['excessNoiseSnu', link.excessNoiseSnu, notNegative(link.excessNoiseSnu), '0 or more'],
    ['efficiency', detector.efficiency, share(detector.efficiency), 'above 0, up to 1'],
    [
      'electronicNoiseSnu',
      detector.electronicNoiseSnu,
      notNegative(detector.electronicNoiseSnu),
      '0 or more',
    ],
    [
      'reconciliationEfficiency',
      link.reconciliationEfficiency,
      share(link.reconciliationEfficiency),
      'above 0, up to 1',
    ],
  ];
  const wrong = rows.find(([, , isFine]) => !isFine);
  return wrong === undefined ? null : `${wrong[0]} is ${wrong[1]}, not ${wrong[3]}`;
}

function positive({ modulationVarianceSnu }: LinkParameters): boolean {
  return modulationVarianceSnu > 0 && Number.isFinite(modulationVarianceSnu);
}
