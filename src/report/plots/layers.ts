import { area, line } from 'd3-shape';
import type { Layer, Point } from '#src/contract/picture.ts';
import { rounded, shown, type Frame, type Scales } from './axes.ts';
import { dashes, markers } from './markers.ts';

/** One layer of a picture, as SVG. */
export function drawLayer(layer: Layer, scales: Scales, frame: Frame): string {
  return `<g class="tone-${layer.tone}">${drawn(layer, scales, frame)}</g>`;
}

function drawn(layer: Layer, scales: Scales, frame: Frame): string {
  switch (layer.kind) {
    case 'points':
      return marked(layer.at, layer.marker, { scales, faint: layer.faint === true });
    case 'rug': {
      const foot = frame.top + frame.height;
      const ticks = layer.at.map((x) => `M${shown(scales.x(x))} ${foot}v-14`);
      return `<path class="faint" style="stroke-width:1" d="${ticks.join('')}"/>`;
    }
    case 'line':
      return stroked(linePath(layer.at, scales), layer.stroke);
    case 'band': {
      const shape = area<(typeof layer.at)[number]>(
        ({ x }) => rounded(scales.x(x)),
        ({ low }) => rounded(scales.y(low)),
        ({ high }) => rounded(scales.y(high)),
      );
      return `<path class="band" d="${shape(layer.at) ?? ''}"/>`;
    }
    case 'ellipse':
      return stroked(`${linePath(outline(layer), scales)}Z`, layer.stroke);
    case 'mark':
      return barred(layer, scales) + marked([layer.at], layer.marker, { scales, faint: false });
  }
}

function linePath(points: readonly Point[], scales: Scales): string {
  const path = line<Point>(
    ({ x }) => rounded(scales.x(x)),
    ({ y }) => rounded(scales.y(y)),
  ).defined(({ x, y }) => Number.isFinite(scales.x(x)) && Number.isFinite(scales.y(y)));
  return path(points) ?? '';
}

function stroked(path: string, stroke: keyof typeof dashes): string {
  return `<path class="line" style="stroke-dasharray:${dashes[stroke]}" d="${path}"/>`;
}

function marked(
  points: readonly Point[],
  marker: keyof typeof markers,
  { scales, faint }: { readonly scales: Scales; readonly faint: boolean },
): string {
  const { d, style } = markers[marker];
  const paths = points.map(({ x, y }) => `M${shown(scales.x(x))} ${shown(scales.y(y))}${d}`);
  return `<path${faint ? ' class="faint"' : ''} style="${style}" d="${paths.join('')}"/>`;
}

/** Points of an ellipse: the circle through the Cholesky root of its covariance. */
function outline(ellipse: Extract<Layer, { kind: 'ellipse' }>): readonly Point[] {
  const { centre, covariance, sigmas } = ellipse;
  const across = Math.sqrt(covariance.xx);
  const along = covariance.xy / across;
  const rest = Math.sqrt(Math.max(0, covariance.yy - along ** 2));
  return Array.from({ length: 72 }, (_, step) => {
    const angle = (2 * Math.PI * step) / 72;
    const [x, y] = [sigmas * Math.cos(angle), sigmas * Math.sin(angle)];
    return { x: centre.x + across * x, y: centre.y + along * x + rest * y };
  });
}

function barred(mark: Extract<Layer, { kind: 'mark' }>, scales: Scales): string {
  const [x, y] = [scales.x(mark.at.x), scales.y(mark.at.y)];
  const bars = [
    ...(mark.xBar ?? []).map((end) => `M${shown(x)} ${shown(y)}H${shown(scales.x(end))}m0 -4v8`),
    ...(mark.yBar ?? []).map((end) => `M${shown(x)} ${shown(y)}V${shown(scales.y(end))}m-4 0h8`),
  ];
  return bars.length === 0 ? '' : `<path class="line" d="${bars.join('')}"/>`;
}
