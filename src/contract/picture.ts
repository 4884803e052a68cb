/**
 * A plot as plain data: who makes it knows what it means, who draws it knows nothing of that.
 * Never holds secrets, nor anything that a secret is made of.
 */
export interface Picture {
  /** Unique on a page, in kebab-case. */
  readonly id: string;
  readonly title: string;
  /** What is to be seen in it, for those who do not see it. */
  readonly description: string;
  readonly x: Axis;
  readonly y: Axis;
  /** True where both axes have the same unit: a circle stays one. */
  readonly isometric?: boolean;
  /** Drawn in this order. */
  readonly layers: readonly Layer[];
  /** The numbers in words, a line each. */
  readonly facts: Readonly<Record<string, string | number>>;
  /** The numbers in rows, the heading first. */
  readonly table?: readonly (readonly (string | number)[])[];
}

export interface Axis {
  readonly label: string;
  /** `log` begins at `from`, which must be above 0; what is below is not drawn. */
  readonly scale: 'linear' | 'log';
  readonly from: number;
  readonly to: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export type Marker = 'dot' | 'plus' | 'times' | 'diamond' | 'triangle' | 'square';
export type Stroke = 'solid' | 'dashed' | 'dotted';
/** Colours by what they are for; a page has one set for light and one for dark. */
export type Tone = 'first' | 'second' | 'third' | 'bad' | 'ink';

interface Layered {
  /** As the legend has it; without it the layer belongs to the one before. */
  readonly label?: string;
  readonly tone: Tone;
}

/** What a picture shows, one thing over the other. */
export type Layer =
  | (Layered & {
      readonly kind: 'points';
      readonly marker: Marker;
      readonly at: readonly Point[];
      /** Lets others shine through where there are many. */
      readonly faint?: boolean;
    })
  /** Values of x that have no y: short lines at the foot of the plot. */
  | (Layered & { readonly kind: 'rug'; readonly at: readonly number[] })
  /** Points that are not finite, or beyond a logarithm, part a line in two. */
  | (Layered & { readonly kind: 'line'; readonly stroke: Stroke; readonly at: readonly Point[] })
  | (Layered & {
      readonly kind: 'band';
      readonly at: readonly { readonly x: number; readonly low: number; readonly high: number }[];
    })
  /** Where a normal distribution of this covariance is so many standard deviations off. */
  | (Layered & {
      readonly kind: 'ellipse';
      readonly stroke: Stroke;
      readonly centre: Point;
      readonly covariance: { readonly xx: number; readonly xy: number; readonly yy: number };
      readonly sigmas: number;
    })
  /** One point with bars for how far it may be off. */
  | (Layered & {
      readonly kind: 'mark';
      readonly marker: Marker;
      readonly at: Point;
      readonly xBar?: readonly [low: number, high: number];
      readonly yBar?: readonly [low: number, high: number];
    });

/** What a side has to show of a session, to whoever makes a page of it. */
export interface Showing {
  /** What it was set to, in its own words. */
  readonly setting: Readonly<Record<string, string | number>>;
  /** What it found, beside its account. */
  readonly found: Readonly<Record<string, string | number>>;
  readonly pictures: readonly Picture[];
}
