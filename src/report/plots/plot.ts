import type { Picture } from '#src/contract/picture.ts';
import { escapeHtml } from '../html/escape.ts';
import { drawAxes, scalesOf, type Frame } from './axes.ts';
import { drawLayer } from './layers.ts';
import { drawLegend, legendHeight } from './legend.ts';

const width = 560;
const margin = { left: 76, right: 16, top: 12, foot: 52 };

/** A picture as one `<svg>`; its colours are those of `plotStyle`. */
export function plot(picture: Picture): string {
  const { id, layers } = picture;
  const frame = frameOf(picture);
  const scales = scalesOf(picture, frame);
  const foot = frame.top + frame.height + margin.foot;
  const height = foot + legendHeight(layers) + 8;
  const { left, top } = frame;
  return `<svg class="plot" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="${id}-title ${id}-desc">
<title id="${id}-title">${escapeHtml(picture.title)}</title>
<desc id="${id}-desc">${escapeHtml(picture.description)}</desc>
<clipPath id="${id}-frame"><rect x="${left}" y="${top}" width="${frame.width}" height="${frame.height}"/></clipPath>
${drawAxes(picture, frame, scales)}
<g clip-path="url(#${id}-frame)">
${layers.map((layer) => drawLayer(layer, scales, frame)).join('\n')}
</g>
${drawLegend(layers, { left, top: foot })}
</svg>`;
}

/** Where an isometric picture has less room than width, it is the width that gives way. */
function frameOf({ isometric = false, x, y }: Picture): Frame {
  const room = width - margin.left - margin.right;
  const height = isometric ? Math.min(room, (room * (y.to - y.from)) / (x.to - x.from)) : 330;
  return { left: margin.left, top: margin.top, width: room, height };
}

/** CSS of all plots on a page; pairs of tones differ in brightness, too, light and dark. */
export const plotStyle = `
.plot { --first: #0550ae; --second: #b35900; --third: #116329; width: 100%; max-width: 44rem;
  font: 13px system-ui, sans-serif; }
@media (prefers-color-scheme: dark) { .plot { --first: #79c0ff; --second: #f0a35e;
  --third: #7ee787; } }
.plot path { fill: none; stroke: currentColor; }
.plot text { fill: var(--ink); }
.plot .numbers text { fill: var(--faint); font-size: 12px; }
.plot .grid { stroke: var(--line); stroke-width: .6; }
.plot .frame { fill: none; stroke: var(--faint); }
.plot .line { stroke-width: 2; }
.plot path.band { fill: currentColor; stroke: none; opacity: .22; }
.plot path.faint { opacity: .55; }
.tone-first { color: var(--first); } .tone-second { color: var(--second); }
.tone-third { color: var(--third); } .tone-bad { color: var(--bad); }
.tone-ink { color: var(--ink); }
`;
