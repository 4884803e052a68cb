import { describe, expect, it } from 'vitest';
import type { Axis } from '#src/contract/picture.ts';
import { drawAxes, scalesOf } from '#src/report/plots/axes.ts';

const frame = { left: 100, top: 10, width: 400, height: 200 };
const linear: Axis = { label: 'time, s', scale: 'linear', from: 0, to: 8 };
const log: Axis = { label: 'rate < 1', scale: 'log', from: 1e-6, to: 1 };

describe('the scales of a picture', () => {
  it('put the ends of both axes at the corners of the frame', () => {
    const scales = scalesOf({ x: linear, y: linear }, frame);
    expect([scales.x(0), scales.x(8), scales.y(0), scales.y(8)]).toEqual([100, 500, 210, 10]);
    expect(scales.x(2)).toBe(200);
  });

  it('give each power of ten of a logarithmic axis the same room', () => {
    const { y, ticks } = scalesOf({ x: linear, y: log }, frame);
    expect(y(1e-3)).toBeCloseTo(110, 6);
    expect(ticks.y.map(({ text }) => text)).toEqual([
      ...['10⁻⁶', '10⁻⁵', '0.0001', '0.001', '0.01', '0.1', '1'],
    ]);
  });

  it('have no place for 0 on a logarithmic axis', () => {
    expect(Number.isFinite(scalesOf({ x: linear, y: log }, frame).y(0))).toBe(false);
  });
});

describe('the axes of a picture', () => {
  it('have numbers, and their labels as text', () => {
    const scales = scalesOf({ x: linear, y: log }, frame);
    const svg = drawAxes({ x: linear, y: log }, frame, scales);
    expect(svg).toContain('text-anchor="middle">time, s</text>');
    expect(svg).toContain('>rate &lt; 1</text>');
    expect(svg).toContain('<text x="300" y="228" text-anchor="middle">4</text>');
    expect(svg).toContain('<text x="92" y="14" text-anchor="end">1</text>');
  });
});
