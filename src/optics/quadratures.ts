/** Two quadratures of equally many symbols, in shot-noise units: x = 2 Re alpha, p = 2 Im alpha. */
export interface Quadratures {
  readonly x: Float64Array;
  /** Empty where homodyne detection measured x alone. */
  readonly p: Float64Array;
}

/** Room for `symbols` symbols, all 0. */
export function quadratures(symbols: number): Quadratures {
  return { x: new Float64Array(symbols), p: new Float64Array(symbols) };
}

/** Both, where there are both. */
export function parts({ x, p }: Quadratures): readonly Float64Array[] {
  return p.length === 0 ? [x] : [x, p];
}
