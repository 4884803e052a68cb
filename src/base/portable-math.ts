/**
 * Functions of the real numbers made of + - * / alone, which are exact to the last bit by
 * ECMAScript: the same on every engine, where `Math.exp` and `Math.log` may differ. What decides
 * symbols or bits uses these. Relative error about 1e-15.
 */

const ln2High = 0.6931471803691238;
const ln2Low = 1.9082149292705877e-10;

/** e^x; x beyond ±700 is taken as ±700. */
export function exponential(x: number): number {
  const bounded = Math.min(700, Math.max(-700, x));
  const doublings = Math.round(bounded / (ln2High + ln2Low));
  const rest = bounded - doublings * ln2High - doublings * ln2Low;
  let sum = 1;
  for (let term = 14; term >= 1; term -= 1) sum = 1 + (rest / term) * sum;
  return sum * powerOfTwo(doublings);
}

/** The natural logarithm of a finite x > 0. */
export function logarithm(x: number): number {
  let mantissa = x;
  let doublings = 0;
  for (; mantissa >= Math.SQRT2; doublings += 1) mantissa *= 0.5;
  for (; mantissa < Math.SQRT1_2; doublings -= 1) mantissa *= 2;
  const slope = (mantissa - 1) / (mantissa + 1);
  const square = slope * slope;
  let sum = 0;
  for (let odd = 21; odd >= 1; odd -= 2) sum = sum * square + 1 / odd;
  return doublings * ln2High + (doublings * ln2Low + 2 * slope * sum);
}

function powerOfTwo(exponent: number): number {
  let power = 1;
  let base = exponent < 0 ? 0.5 : 2;
  for (let left = Math.abs(exponent); left > 0; left >>= 1) {
    if (left & 1) power *= base;
    base *= base;
  }
  return power;
}

/** [cos, sin] of an angle in radians, |angle| up to some thousand turns. */
export function turn(angle: number): readonly [cos: number, sin: number] {
  const quarters = Math.round(angle / halfPi);
  const rest = angle - quarters * halfPiHigh - quarters * halfPiLow;
  const square = rest * rest;
  let cos = 1;
  for (let term = 16; term >= 2; term -= 2) cos = 1 - (square / (term * (term - 1))) * cos;
  let sin = 1;
  for (let term = 17; term >= 3; term -= 2) sin = 1 - (square / (term * (term - 1))) * sin;
  sin *= rest;
  if ((quarters & 3) === 0) return [cos, sin];
  if ((quarters & 3) === 1) return [-sin, cos];
  return (quarters & 3) === 2 ? [-cos, -sin] : [sin, -cos];
}

const halfPi = 1.5707963267948966;
const halfPiHigh = 1.5707963267341256;
const halfPiLow = 6.077100506506192e-11;

/** The angle of a point in radians, -π … π; 0 for the origin. */
export function angle(x: number, y: number): number {
  const [along, across] = [Math.abs(x), Math.abs(y)];
  if (along === 0 && across === 0) return 0;
  const isSteep = across > along;
  const flat = arcTangent(isSteep ? along / across : across / along);
  const first = isSteep ? halfPi - flat : flat;
  const upper = x < 0 ? 2 * halfPi - first : first;
  return y < 0 ? -upper : upper;
}

/** Of 0 ≤ slope ≤ 1: halved twice, so that its series is short. */
function arcTangent(slope: number): number {
  const half = slope / (1 + Math.sqrt(1 + slope * slope));
  const quarter = half / (1 + Math.sqrt(1 + half * half));
  const square = quarter * quarter;
  let sum = 0;
  for (let odd = 23; odd >= 1; odd -= 2) sum = 1 / odd - sum * square;
  return 4 * quarter * sum;
}
