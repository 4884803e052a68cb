import type { Layer } from '#src/contract/picture.ts';
import { shown, written } from './axes.ts';
import { dashes, markers } from './markers.ts';

const rowHeight = 20;

/** Room that the legend of these layers takes. */
export function legendHeight(layers: readonly Layer[]): number {
  return rowHeight * labelled(layers).length;
}

/** One row for each layer that has a label: how it is drawn, and what it is. */
export function drawLegend(layers: readonly Layer[], at: { left: number; top: number }): string {
  const rows = labelled(layers).map((layer, row) => {
    const y = at.top + rowHeight * (row + 0.5);
    const text = written(layer.label ?? '', { x: at.left + 40, y: y + 4, anchor: 'start' });
    return `<g class="tone-${layer.tone}">${sample(layer, at.left, y)}</g>${text}`;
  });
  return `<g class="legend">${rows.join('\n')}</g>`;
}

function labelled(layers: readonly Layer[]): readonly Layer[] {
  return layers.filter(({ label }) => label !== undefined);
}

function sample(layer: Layer, left: number, y: number): string {
  const middle = `M${left + 15} ${shown(y)}`;
  switch (layer.kind) {
    case 'points':
    case 'mark': {
      const { d, style } = markers[layer.marker];
      return `<path style="${style}" d="${middle}${d}"/>`;
    }
    case 'rug':
      return `<path style="stroke-width:1" d="${[0, 4, 7, 12].map((x) => `M${left + 9 + x} ${shown(y + 6)}v-12`).join('')}"/>`;
    case 'band':
      return `<path class="band" d="M${left} ${shown(y - 6)}h30v12h-30z"/>`;
    case 'line':
    case 'ellipse':
      return `<path class="line" style="stroke-dasharray:${dashes[layer.stroke]}" d="M${left} ${shown(y)}h30"/>`;
  }
}
