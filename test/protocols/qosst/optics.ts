import { settingsFor } from '#src/contract/choose.ts';
import type { SideRecord } from '#src/contract/side.ts';
import { followed } from '#src/judge/followed.ts';
import { qosst } from '#src/protocols/qosst/index.ts';
import { duet } from '#src/suite/duet.ts';

/** A short frame: estimates of 60,000 symbols, and two blocks of 16,384 bits. */
export const shortFrame = {
  optics: 'simulated',
  frameSymbols: 76_500,
  revealedSymbols: 60_000,
  calibrationSamples: 400_000,
  excessNoiseSnu: 0.025,
} as const;

export interface Asked {
  readonly seed: number;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly pinned?: Readonly<Record<string, string>>;
  readonly records?: Readonly<Record<string, SideRecord>>;
}

/** Plays a session of both reference sides over a short frame, and tells what came of it. */
export async function sessionOver({ seed, options, pinned = {}, records = {} }: Asked) {
  const settings = settingsFor(qosst, {
    options: { ...shortFrame, opticsSeed: seed, ...options },
    pinned,
  });
  const { signal } = new AbortController();
  const played = await duet({ protocol: qosst, settings, seed, signal, watch: () => {}, records });
  const trace = played.traces['alice'];
  const frames = trace === undefined ? [] : followed(qosst, trace, settings);
  const { alice = {}, bob = {} } = played.accounts;
  return {
    ...played,
    said: frames.map(({ perceived }) => perceived.message),
    alice,
    bob,
    passed: Object.values(played.verdicts).every(({ verdict }) => verdict === 'pass'),
  };
}

/** Another side that is told other options of the optics than the session's. */
export function withOptions(
  record: SideRecord | undefined,
  options: Readonly<Record<string, unknown>>,
): SideRecord {
  if (record === undefined) throw new TypeError('no such side');
  return {
    ...record,
    memory: (random, settings) =>
      record.memory(random, { ...settings, options: { ...settings.options, ...options } }),
  };
}
