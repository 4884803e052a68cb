import type { Readings } from '#models/language/index.ts';
import { chartOf } from '#src/chart/chart-of.ts';
import { settingsFor } from '#src/contract/choose.ts';
import type { Exhibit } from '#src/contract/exhibit.ts';
import type { Protocol } from '#src/contract/protocol.ts';
import type { Trace } from '#src/contract/trace.ts';
import type { Verdict } from '#src/contract/verdict.ts';
import { allowedFrames } from './allowed.ts';
import { Walk } from './walk.ts';

/**
 * A trace laid out: every frame with its meaning, and the states behind it under the readings that
 * the verdict names, and those that a profile pins; at what is wrong, everything that the model allows there instead.
 */
export function exhibitOf(
  protocol: Protocol,
  trace: Trace,
  verdict: Verdict,
  profile: Readings = {},
): Exhibit {
  const { dialect, peer, options } = trace;
  const named = Object.fromEntries(verdict.readings.map((reading) => reading.split('=')));
  const pinned = { ...profile, ...named };
  const settings = settingsFor(protocol, { dialect, pinned, options });
  const chart = chartOf(protocol.model.session);
  const player = protocol.model.sides.find((side) => side !== peer) ?? peer;
  const walk = new Walk({ protocol, chart, settings, peer, player });
  const wrongEvent = verdict.violation?.at ?? null;
  for (const [at, event] of trace.events.entries()) walk.take(event, at === wrongEvent);
  walk.end();
  const { steps, wrong, cutter } = walk;
  const about = { protocol, chart, settings, speaker: peer, cutter };
  return {
    protocol: protocol.name,
    dialect,
    peer,
    player,
    steps,
    verdict,
    wrongAt: wrong?.step ?? null,
    allowed: wrong === null ? [] : allowedFrames({ ...about, ...wrong }),
  };
}
