import { scaleLinear, scaleLog } from 'd3-scale';
import type { Axis, Picture } from '#src/contract/picture.ts';
import { escapeHtml } from '../html/escape.ts';

/** Pixels of a picture's own; a page may show it smaller. */
export interface Frame {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Where values lie in a frame, and which of them are written at its axes. */
export interface Scales {
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
  readonly ticks: { readonly x: readonly Tick[]; readonly y: readonly Tick[] };
}

interface Tick {
  readonly at: number;
  readonly text: string;
}

/** Scales of a picture; the values at the ends of its axes are the ends of the frame. */
export function scalesOf({ x, y }: Pick<Picture, 'x' | 'y'>, frame: Frame): Scales {
  const across = scaled(x, [frame.left, frame.left + frame.width]);
  const up = scaled(y, [frame.top + frame.height, frame.top]);
  return { x: across.place, y: up.place, ticks: { x: across.ticks, y: up.ticks } };
}

/** Grid, numbers and labels of both axes, as SVG. */
export function drawAxes({ x, y }: Pick<Picture, 'x' | 'y'>, frame: Frame, scales: Scales): string {
  const { left, top, width, height } = frame;
  const foot = top + height;
  const lines = [
    ...scales.ticks.x.map(({ at }) => `M${shown(at)} ${top}V${foot}`),
    ...scales.ticks.y.map(({ at }) => `M${left} ${shown(at)}H${left + width}`),
  ];
  const numbers = [
    ...scales.ticks.x.map(({ at, text }) =>
      written(text, { x: at, y: foot + 18, anchor: 'middle' }),
    ),
    ...scales.ticks.y.map(({ at, text }) =>
      written(text, { x: left - 8, y: at + 4, anchor: 'end' }),
    ),
  ];
  const middle = top + height / 2;
  return [
    `<path class="grid" d="${lines.join('')}"/>`,
    `<rect class="frame" x="${left}" y="${top}" width="${width}" height="${height}"/>`,
    `<g class="numbers">${numbers.join('')}</g>`,
    written(x.label, { x: left + width / 2, y: foot + 40, anchor: 'middle' }),
    `<g transform="rotate(-90 16 ${middle})">${written(y.label, { x: 16, y: middle, anchor: 'middle' })}</g>`,
  ].join('\n');
}

/** A coordinate in a path: a tenth of a pixel is enough. */
export function shown(value: number): string {
  return String(rounded(value));
}

/** A tenth of a pixel. */
export function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}

function scaled({ scale, from, to }: Axis, range: readonly [number, number]) {
  const ends = scale === 'log' ? scaleLog([from, to], range) : scaleLinear([from, to], range);
  const wanted = scale === 'log' ? powersOfTen(from, to) : ends.ticks(7);
  const textOf = scale === 'log' ? powerOfTen : ends.tickFormat(7);
  return {
    place: (value: number) => ends(value),
    ticks: wanted.map((value) => ({ at: ends(value), text: textOf(value) })),
  };
}

function powersOfTen(from: number, to: number): readonly number[] {
  const first = Math.ceil(Math.log10(from) - 1e-9);
  const last = Math.floor(Math.log10(to) + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, step) => 10 ** (first + step));
}

const raised = '⁰¹²³⁴⁵⁶⁷⁸⁹';

function powerOfTen(value: number): string {
  const power = Math.round(Math.log10(value));
  if (power >= -4 && power <= 4) return String(10 ** power);
  const digits = [...String(power)].map((digit) => raised[Number(digit)] ?? '⁻');
  return `10${digits.join('')}`;
}

/** Text at a place in the picture. */
export function written(
  text: string,
  at: { readonly x: number; readonly y: number; readonly anchor: 'start' | 'middle' | 'end' },
): string {
  return `<text x="${shown(at.x)}" y="${shown(at.y)}" text-anchor="${at.anchor}">${escapeHtml(text)}</text>`;
}
