import { describe, expect, it } from 'vitest';
import { usualFormat } from '#src/optics/waveform/wave-format.ts';
import { zadoffChu } from '#src/optics/waveform/zadoff-chu.ts';

const { re, im } = zadoffChu(usualFormat.preamble);
const { length } = re;

describe("QOSST's Zadoff-Chu sequence, root 5 and length 3989", () => {
  it('follows its formula', () => {
    for (const at of [0, 1, 2, 700, 3988]) {
      const phase = (-Math.PI * ((5 * at * (at + 1)) % (2 * length))) / length;
      expect(re[at]).toBeCloseTo(Math.cos(phase), 12);
      expect(im[at]).toBeCloseTo(Math.sin(phase), 12);
    }
  });

  it.each([1, 2, 7, 1000, 3988])('is nothing like itself, turned round by %i', (shift) => {
    expect(likeness(shift)).toBeLessThan(1e-9);
    expect(likeness(0)).toBeCloseTo(1, 12);
  });
});

function likeness(shift: number): number {
  let real = 0;
  let imag = 0;
  for (let at = 0; at < length; at += 1) {
    const other = (at + shift) % length;
    real += (re[at] ?? 0) * (re[other] ?? 0) + (im[at] ?? 0) * (im[other] ?? 0);
    imag += (im[at] ?? 0) * (re[other] ?? 0) - (re[at] ?? 0) * (im[other] ?? 0);
  }
  return Math.hypot(real, imag) / length;
}
