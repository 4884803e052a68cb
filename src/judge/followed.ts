import { chartOf } from '#src/chart/chart-of.ts';
import type { JudgedFrame } from '#src/contract/case.ts';
import type { Protocol } from '#src/contract/protocol.ts';
import type { Settings } from '#src/contract/settings.ts';
import type { Trace } from '#src/contract/trace.ts';
import { assess } from './assess.ts';

/** The frames of a trace, as the judge sees them, up to its first violation. */
export function followed(
  protocol: Protocol,
  trace: Trace,
  settings: Settings,
): readonly JudgedFrame[] {
  return assess(protocol, trace, { chart: chartOf(protocol.model.session), settings }).frames;
}
