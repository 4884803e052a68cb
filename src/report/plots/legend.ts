import type { Layer } from '#src/contract/picture.ts';
import { shown, written } from './axes.ts';
import { dashes, markers } from './markers.ts';

const lineHeight = 20;
/** Letters that fit beside a sample in the width of a picture. */
const lettersAtMost = 62;

/** Room that the legend of these layers takes. */
export function legendHeight(layers: readonly Layer[]): number {
  return lineHeight * rowsOf(layers).reduce((sum, { lines }) => sum + lines.length, 0);
}

/** One row for each layer that has a label: how it is drawn, and what it is. */
export function drawLegend(layers: readonly Layer[], at: { left: number; top: number }): string {
  let top = at.top;
  const rows = rowsOf(layers).map(({ layer, lines }) => {
    const y = top + lineHeight / 2;
    top += lineHeight * lines.length;
    const texts = lines.map((line, row) =>
      written(line, { x: at.left + 40, y: y + 4 + lineHeight * row, anchor: 'start' }),
    );
    return `<g class="tone-${layer.tone}">${sample(layer, at.left, y)}</g>${texts.join('')}`;
  });
  return `<g class="legend">${rows.join('\n')}</g>`;
}

function rowsOf(layers: readonly Layer[]) {
  return layers
    .filter(({ label }) => label !== undefined)
    .map((layer) => ({ layer, lines: wrapped(layer.label ?? '') }));
}

/** Words in lines that fit; SVG breaks none by itself. */
function wrapped(text: string): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const longer = [...lines.slice(-1), word].join(' ');
    if (lines.length > 0 && longer.length <= lettersAtMost) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

function sample(layer: Layer, left: number, y: number): string {
  switch (layer.kind) {
    case 'points':
    case 'mark': {
      const { d, style } = markers[layer.marker];
      return `<path style="${style}" d="M${left + 15} ${shown(y)}${d}"/>`;
    }
    case 'rug': {
      const ticks = [9, 13, 16, 21].map((x) => `M${left + x} ${shown(y + 6)}v-12`);
      return `<path style="stroke-width:1" d="${ticks.join('')}"/>`;
    }
    case 'band':
      return `<path class="band" d="M${left} ${shown(y - 6)}h30v12h-30z"/>`;
    case 'line':
    case 'ellipse': {
      const style = `stroke-dasharray:${dashes[layer.stroke]}`;
      return `<path class="line" style="${style}" d="M${left} ${shown(y)}h30"/>`;
    }
  }
}
