import { describe, expect, it } from 'vitest';
import type { Layer, Picture } from '#src/contract/picture.ts';
import { plot } from '#src/report/plots/plot.ts';

/** A frame of 468 × 330 from (76, 12): 0 … 10 on both axes. */
const bare: Picture = {
  id: 'bare',
  title: 'Sheep & goats',
  description: 'Goats over sheep.',
  x: { label: 'sheep', scale: 'linear', from: 0, to: 10 },
  y: { label: 'goats', scale: 'linear', from: 0, to: 10 },
  layers: [],
  facts: {},
};

const drawn = (...layers: readonly Layer[]) => plot({ ...bare, layers });

describe('a plot', () => {
  it('is an image with a title and a description for those who do not see it', () => {
    const svg = plot(bare);
    expect(svg).toMatch(
      /^<svg class="plot" [^>]*role="img" aria-labelledby="bare-title bare-desc">/,
    );
    expect(svg).toContain('<title id="bare-title">Sheep &amp; goats</title>');
    expect(svg).toContain('<desc id="bare-desc">Goats over sheep.</desc>');
  });

  it('draws points where they are, each kind of marker in its own way', () => {
    const at = [
      { x: 0, y: 0 },
      { x: 10, y: 5 },
    ];
    const dots = drawn({ kind: 'points', marker: 'dot', tone: 'first', at });
    expect(dots).toContain('d="M76 342h0M544 177h0"');
    const plusses = drawn({ kind: 'points', marker: 'plus', tone: 'first', at });
    expect(plusses).toContain('d="M76 342m-3 0h6m-3 -3v6M544 177');
  });

  it('parts a line where there is no value', () => {
    const at = [0, 1, NaN, 3, 4].map((y, x) => ({ x, y }));
    const svg = drawn({ kind: 'line', stroke: 'dashed', tone: 'bad', at });
    expect(svg).toMatch(/stroke-dasharray:7 4" d="M76,342L122\.8,309M216\.4,243L263\.2,210"/);
  });

  it('draws a band between its ends', () => {
    const at = [
      { x: 0, low: 0, high: 5 },
      { x: 10, low: 5, high: 10 },
    ];
    expect(drawn({ kind: 'band', tone: 'first', at })).toMatch(
      /class="band" d="M76,177L544,12L544,177L76,342Z"/,
    );
  });

  it('draws an ellipse as far out as its standard deviations are', () => {
    const covariance = { xx: 1, xy: 0.6, yy: 1 };
    const svg = drawn({
      ...{ kind: 'ellipse', stroke: 'solid', tone: 'second', covariance },
      ...{ centre: { x: 5, y: 5 }, sigmas: 2 },
    });
    const points = [...(/d="(M310[^"]*)Z"/.exec(svg)?.[1] ?? svg).matchAll(/([\d.]+),([\d.]+)/g)];
    const xs = points.map(([, x]) => Number(x));
    const ys = points.map(([, , y]) => Number(y));
    const half = 2 * (468 / 10);
    expect((Math.max(...xs) - Math.min(...xs)) / 2).toBeCloseTo(half, 0);
    expect((Math.max(...ys) - Math.min(...ys)) / 2).toBeCloseTo(2 * 33, 0);
  });

  it('leans an ellipse as its correlation does', () => {
    const leaning = (xy: number) => {
      const svg = drawn({
        ...{ kind: 'ellipse', stroke: 'solid', tone: 'second', centre: { x: 5, y: 5 } },
        ...{ covariance: { xx: 1, xy, yy: 1 }, sigmas: 1 },
      });
      const [, x = '', y = ''] =
        /d="M([\d.]+),([\d.]+)/.exec(svg.split('clip-path="url')[1] ?? '') ?? [];
      return (177 - Number(y)) / (Number(x) - 310);
    };
    expect(leaning(0.5)).toBeCloseTo(0.5 * (33 / 46.8), 2);
    expect(leaning(-0.5)).toBeCloseTo(-0.5 * (33 / 46.8), 2);
  });

  it('draws a mark with bars for its doubt', () => {
    const svg = drawn({
      ...{ kind: 'mark', marker: 'diamond', tone: 'ink', at: { x: 5, y: 5 } },
      ...{ xBar: [4, 6], yBar: [3, 8] },
    });
    expect(svg).toContain('M310 177H263.2m0 -4v8M310 177H356.8m0 -4v8');
    expect(svg).toContain('M310 177V243m-4 0h8M310 177V78m-4 0h8');
  });

  it('draws values without a y at its foot', () => {
    expect(drawn({ kind: 'rug', tone: 'first', at: [0, 5] })).toContain(
      'd="M76 342v-14M310 342v-14"',
    );
  });

  it('keeps a circle round where both axes have the same unit', () => {
    const svg = plot({ ...bare, isometric: true });
    expect(svg).toContain('width="468" height="468"');
  });

  it('names its layers below, in lines that fit, and grows for them', () => {
    const layer = { kind: 'rug', tone: 'first', at: [] } as const;
    const height = (svg: string) => Number(/viewBox="0 0 560 (\d+)/.exec(svg)?.[1]);
    const two = drawn({ ...layer, label: 'one' }, { ...layer, label: 'two' }, layer);
    expect(two).toMatch(/>one<\/text>[^]*>two<\/text>/);
    expect(height(two)).toBe(height(plot(bare)) + 40);
    const long = drawn({ ...layer, label: 'word '.repeat(20).trim() });
    expect(height(long)).toBe(height(plot(bare)) + 40);
    for (const [, text = ''] of long.matchAll(/>(word[^<]*)</g)) {
      expect(text.length).toBeLessThanOrEqual(62);
    }
  });
});
