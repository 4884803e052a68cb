import type { Protocol } from '#src/contract/protocol.ts';
import { campaign } from '#src/fuzz/campaign.ts';
import { openFuzzTarget } from '#src/fuzz/target.ts';
import { plainPlan } from './kill-campaign.ts';
import type { Correct, CorrectRow, KillJob } from './kill-job.ts';
import { correctProfile } from './kill-target.ts';

/** Longest time of one campaign: it is far shorter unless the side falls silent, ms. */
const maxMs = 120_000;
const { signal } = new AbortController();

/**
 * Every way in which a side of a protocol can be right: by the assumed readings first, then by
 * each other open reading, once with a profile that pins it and once without.
 */
export function correctPeers({ model }: Protocol): readonly Correct[] {
  const readings = Object.entries(model.ambiguities).flatMap(([key, { assumed, readings }]) =>
    Object.entries(readings)
      .filter(([name, { standing }]) => standing === 'open' && name !== assumed)
      .map(([name]) => ({ key, name })),
  );
  const assumed = model.sides.map((side) => ({ side, reading: null, told: true }));
  const others = model.sides.flatMap((side) =>
    readings.flatMap((reading) => [true, false].map((told) => ({ side, reading, told }))),
  );
  return [...assumed, ...others];
}

/** A campaign against a side that is right: whatever it finds is a false alarm. */
export async function correctRow(
  protocol: Protocol,
  { peer, seed, messages, feedback }: Extract<KillJob, { kind: 'correct' }>,
): Promise<CorrectRow> {
  const { side, reading, told } = peer;
  const readings = reading === null ? {} : { [reading.key]: reading.name };
  const about = { protocol, seed, signal, maxMessagesPerSecond: null };
  const follows = correctProfile(protocol, { side, readings });
  const known = correctProfile(protocol, { side, readings: told ? readings : {} });
  await using target = await openFuzzTarget({ ...about, profile: follows });
  await using judged = await openFuzzTarget({ ...about, profile: known });
  const arena = { ...judged.arena, link: target.arena.link, clock: target.arena.clock };
  const budget = { messages, ms: maxMs };
  const plan = plainPlan({ arena, care: target.care }, { seed, budget, feedback });
  const state = await campaign(plan);
  const alarms = state.findings.map(({ requirement, explanation }) => ({
    requirement,
    explanation,
  }));
  return { kind: 'correct', protocol: protocol.name, peer, messages: state.messages, alarms };
}

/** `<side>, <key>=<reading>, not pinned`. */
export function peerName({ side, reading, told }: Correct): string {
  if (reading === null) return `${side}, as assumed`;
  return `${side}, ${reading.key}=${reading.name}, ${told ? 'pinned' : 'not pinned'}`;
}
