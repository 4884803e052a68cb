import type { Layer, Picture } from '#src/contract/picture.ts';
import type { SampleCovariance } from '#src/optics/covariance.ts';
import { reachOf, type RevealedSample } from './revealed.ts';

/** How Bob's x follows Alice's, with the covariance matrix that is estimated from it. */
export function covariance(
  { xs }: RevealedSample,
  { names, means, matrix, samples }: SampleCovariance,
  /** √(eta T) of the estimate, or √(eta T / 2) for heterodyne detection. */
  estimatedSlope: number,
): Picture {
  const seen = names.indexOf('x received');
  const xx = matrix[0]?.[0] ?? 0;
  const xy = matrix[0]?.[seen] ?? 0;
  const yy = matrix[seen]?.[seen] ?? 0;
  const centre = { x: means[0] ?? 0, y: means[seen] ?? 0 };
  const slope = xx === 0 ? 0 : xy / xx;
  const deviation = xx === 0 ? 0 : Math.sqrt(Math.max(0, yy - slope * xy) / (samples * xx));
  const reach = reachOf([
    ...xs.flatMap(({ sent, received }) => [sent, received]),
    Math.abs(centre.x) + 2 * Math.sqrt(xx),
    Math.abs(centre.y) + 2 * Math.sqrt(yy),
  ]);
  const shown = `${slope.toPrecision(4)} ± ${deviation.toPrecision(2)}`;
  const ellipse = (sigmas: number, stroke: 'solid' | 'dashed'): Layer => ({
    kind: 'ellipse',
    tone: 'second',
    stroke,
    centre,
    covariance: { xx, xy, yy },
    sigmas,
    label: `${sigmas} σ of the estimated covariance matrix`,
  });
  const at = [-reach, reach].map((x) => ({ x, y: centre.y + slope * (x - centre.x) }));
  return {
    id: 'covariance',
    title: 'Covariance estimate',
    description:
      `Bob's x over Alice's x of the same revealed symbols, with the fitted line of slope ${shown} ` +
      'and the ellipses of the estimated covariance matrix.',
    x: { label: 'x prepared by Alice, √SNU', scale: 'linear', from: -reach, to: reach },
    y: { label: 'x measured by Bob, √SNU', scale: 'linear', from: -reach, to: reach },
    isometric: true,
    layers: [
      {
        kind: 'points',
        marker: 'dot',
        faint: true,
        tone: 'first',
        at: xs.map(({ sent, received }) => ({ x: sent, y: received })),
        label: 'revealed symbols',
      },
      ellipse(1, 'solid'),
      ellipse(2, 'dashed'),
      { kind: 'line', stroke: 'solid', tone: 'ink', at, label: `fitted slope ${shown}` },
    ],
    facts: {
      'slope fitted to x': shown,
      'slope of the estimate': estimatedSlope.toPrecision(4),
      'correlation of x': (xy / Math.sqrt(xx * yy)).toPrecision(4),
    },
    table: [
      ['covariance, SNU', ...names],
      ...matrix.map((row, at) => [names[at] ?? '', ...row.map((value) => value.toFixed(4))]),
    ],
  };
}
