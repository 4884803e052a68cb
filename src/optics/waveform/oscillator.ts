import { turn } from '#src/base/portable-math.ts';

/** Steps after which the phase is computed anew: until then each is a product, to 1e-13. */
const stepsByProduct = 256;

/** A tone exp(2πi · cycles · at), a sample after the other. */
export class Oscillator {
  re = 1;
  im = 0;
  readonly #cycles: number;
  readonly #step: readonly [number, number];
  readonly #start: number;
  #at = 0;

  /** `cycles`: of the tone in a sample; `start`: its phase at first, in turns. */
  constructor(cycles: number, start = 0) {
    this.#cycles = cycles;
    this.#start = start;
    this.#step = turn(2 * Math.PI * fraction(cycles));
    [this.re, this.im] = turn(2 * Math.PI * fraction(start));
  }

  /** Goes on to the next sample. */
  advance(): void {
    this.#at += 1;
    if (this.#at % stepsByProduct === 0) {
      [this.re, this.im] = turn(2 * Math.PI * fraction(this.#start + this.#cycles * this.#at));
      return;
    }
    const [cos, sin] = this.#step;
    const { re, im } = this;
    this.re = re * cos - im * sin;
    this.im = re * sin + im * cos;
  }
}

/** Turns beside the nearest whole one. */
function fraction(turns: number): number {
  return turns - Math.round(turns);
}
