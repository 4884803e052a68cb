/** What one quadrature of a frame looks like, beside its variance. */
export interface Moments {
  readonly mean: number;
  readonly variance: number;
  /** 0 for normal samples. */
  readonly skew: number;
  /** 3 for normal samples. */
  readonly kurtosis: number;
  /** Share of the samples that equal the largest or the smallest one: those at a rail. */
  readonly railShare: number;
}

/** Something about a frame that honest light and a sound detector do not do. */
export interface HealthAlarm {
  readonly test: 'mean' | 'skew' | 'kurtosis' | 'rail';
  readonly value: number;
  /** How far it may be off, by chance, from what is expected. */
  readonly limit: number;
}

/** An alarm in words. */
export function alarmText({ test, value, limit }: HealthAlarm): string {
  return `${test} is ${value.toPrecision(3)}, by chance up to ${limit.toPrecision(3)}`;
}

/** Moments of one quadrature. At least 2 samples that are not all the same. */
export function momentsOf(samples: Float64Array): Moments {
  const count = samples.length;
  let sum = 0;
  let least = Infinity;
  let most = -Infinity;
  for (const sample of samples) {
    sum += sample;
    if (sample < least) least = sample;
    if (sample > most) most = sample;
  }
  const mean = sum / count;
  let second = 0;
  let third = 0;
  let fourth = 0;
  let atRail = 0;
  for (const sample of samples) {
    const off = sample - mean;
    const square = off * off;
    second += square;
    third += square * off;
    fourth += square * square;
    if (sample === least || sample === most) atRail += 1;
  }
  const variance = second / count;
  return {
    mean,
    variance,
    skew: third / count / variance ** 1.5,
    kurtosis: fourth / count / variance ** 2,
    railShare: atRail <= 2 ? 0 : atRail / count,
  };
}

/** Standard deviations of chance that are allowed. */
const sigmas = 6;

/** Tests of one quadrature against symmetric samples of this kurtosis: 3 for normal ones. */
export function healthAlarms(samples: Float64Array, kurtosis = 3): readonly HealthAlarm[] {
  const moments = momentsOf(samples);
  const count = samples.length;
  const limits = {
    mean: sigmas * Math.sqrt(moments.variance / count),
    skew: sigmas * Math.sqrt(6 / count),
    kurtosis: sigmas * Math.sqrt(24 / count),
    rail: 0,
  };
  const found = {
    mean: moments.mean,
    skew: moments.skew,
    kurtosis: moments.kurtosis - kurtosis,
    rail: moments.railShare,
  };
  return (['mean', 'skew', 'kurtosis', 'rail'] as const)
    .filter((test) => !(Math.abs(found[test]) <= limits[test]))
    .map((test) => ({ test, value: found[test], limit: limits[test] }));
}
