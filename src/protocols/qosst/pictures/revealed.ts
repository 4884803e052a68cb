import type { Point } from '#src/contract/picture.ts';
import type { Compared } from '#src/optics/simulated.ts';

/** So many symbols are drawn: enough to see a cloud, few enough for a page. */
const symbolsAtMost = 1000;

/** Some of the revealed symbols, from the whole of the frame, at both ends; none of a key. */
export interface RevealedSample {
  readonly sent: readonly Point[];
  /** Empty where Bob measured x alone. */
  readonly received: readonly Point[];
  readonly xs: readonly { readonly sent: number; readonly received: number }[];
}

/** Takes symbols at equal steps, so that what changes during a frame is seen. */
export function sampleOf({ sent, received }: Compared): RevealedSample {
  const { length } = sent.x;
  const step = Math.max(1, Math.ceil(length / symbolsAtMost));
  const places = Array.from({ length: Math.ceil(length / step) }, (_, at) => at * step);
  const hasBoth = received.p.length > 0;
  return {
    sent: places.map((at) => ({ x: sent.x[at] ?? 0, y: sent.p[at] ?? 0 })),
    received: hasBoth
      ? places.map((at) => ({ x: received.x[at] ?? 0, y: received.p[at] ?? 0 }))
      : [],
    xs: places.map((at) => ({ sent: sent.x[at] ?? 0, received: received.x[at] ?? 0 })),
  };
}

/** The half width of a square about 0 that holds these values. */
export function reachOf(values: readonly number[]): number {
  const most = values.reduce((far, value) => Math.max(far, Math.abs(value)), 0);
  return most > 0 ? Math.ceil(most * 1.05 * 2) / 2 : 1;
}
