import type { Layer, Picture, Point } from '#src/contract/picture.ts';
import type { SampleCovariance } from '#src/optics/covariance.ts';
import { reachOf, type RevealedSample } from './revealed.ts';

/** What Alice prepared and what Bob measured of it, in phase space. */
export function constellation(
  sample: RevealedSample,
  { matrix, samples }: SampleCovariance,
): Picture {
  const { sent, received, xs } = sample;
  const reach = reachOf([
    ...[...sent, ...received].flatMap(({ x, y }) => [x, y]),
    ...xs.map((pair) => pair.received),
  ]);
  const variance = (at: number) => (matrix[at]?.[at] ?? 0).toPrecision(4);
  const isBoth = received.length > 0;
  return {
    id: 'constellation',
    title: 'Constellation',
    description:
      `Revealed symbols in phase space: as Alice prepared them, and as Bob measured them` +
      `${isBoth ? '' : ', x alone'}. Her variances are ${variance(0)} and ${variance(1)} SNU, ` +
      `his ${isBoth ? `${variance(2)} and ${variance(3)}` : variance(2)} SNU; the vacuum's is 1.`,
    x: { label: 'x, √SNU', scale: 'linear', from: -reach, to: reach },
    y: { label: 'p, √SNU', scale: 'linear', from: -reach, to: reach },
    isometric: true,
    layers: [measured(sample), prepared(sent)],
    facts: {
      'symbols shown': `${sent.length} of ${samples} that were revealed`,
      'states among them': distinct(sent).length,
      'variance of x and p, prepared': `${variance(0)}, ${variance(1)} SNU`,
      ...(isBoth
        ? { 'variance of x and p, measured': `${variance(2)}, ${variance(3)} SNU` }
        : { 'variance of x, measured': `${variance(2)} SNU` }),
    },
  };
}

function measured({ received, xs }: RevealedSample): Layer {
  return received.length > 0
    ? {
        kind: 'points',
        marker: 'dot',
        faint: true,
        tone: 'first',
        at: received,
        label: 'measured by Bob',
      }
    : {
        kind: 'rug',
        tone: 'first',
        at: xs.map((pair) => pair.received),
        label: 'measured by Bob: x alone, at the foot',
      };
}

function prepared(sent: readonly Point[]): Layer {
  const at = distinct(sent);
  const label = at.length < sent.length ? `prepared by Alice: ${at.length} states` : null;
  return {
    kind: 'points',
    faint: at.length === sent.length,
    marker: at.length === sent.length ? 'plus' : 'times',
    tone: 'second',
    at,
    label: label ?? 'prepared by Alice',
  };
}

/** States that are sent again and again are drawn once. */
function distinct(points: readonly Point[]): readonly Point[] {
  return [...new Map(points.map((point) => [`${point.x} ${point.y}`, point])).values()];
}
