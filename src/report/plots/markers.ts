import type { Marker, Stroke } from '#src/contract/picture.ts';

/** How markers are drawn: around a place, as a path that goes on from it. */
export const markers = {
  dot: { d: 'h0', style: 'stroke-width:4;stroke-linecap:round' },
  plus: { d: 'm-3 0h6m-3 -3v6', style: 'stroke-width:1.3' },
  times: { d: 'm-5 -5l10 10m0 -10l-10 10', style: 'stroke-width:2.5' },
  diamond: { d: 'm0 -7l6 7l-6 7l-6 -7z', style: 'stroke-width:1.5;fill:currentColor' },
  triangle: { d: 'm0 -5l5 9h-10z', style: 'stroke-width:1.5;fill:currentColor' },
  square: { d: 'm-4 -4h8v8h-8z', style: 'stroke-width:1.5' },
} as const satisfies Record<Marker, { d: string; style: string }>;

/** Dashes of lines, so that they differ without their colours. */
export const dashes = {
  solid: 'none',
  dashed: '7 4',
  dotted: '2 4',
} as const satisfies Record<Stroke, string>;
