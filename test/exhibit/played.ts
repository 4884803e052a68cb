import { seededRandom, settingsFor } from '#src/index.ts';
import { host, openTarget, protocols, subjectOf, type Play, type Trace } from '#src/index.ts';
import { recordOf } from '#src/index.ts';
import type { Exhibit } from '#src/contract/exhibit.ts';
import type { Protocol } from '#src/contract/protocol.ts';
import { exhibitOf } from '#src/exhibit/exhibit.ts';
import { judge } from '#src/judge/judge.ts';

/** A trace with its room, and laid out. */
export interface Shown {
  readonly protocol: Protocol;
  readonly trace: Trace;
  readonly exhibit: Exhibit;
}

/** What comes of playing against a reference side, or a mutant of it, in memory. */
export async function played(
  target: string,
  act: (player: Play['player']) => Promise<unknown>,
  dialect?: string,
): Promise<Shown> {
  const spoken = dialect === undefined ? {} : { dialect };
  const subject = await subjectOf({ target, ...spoken }, protocols);
  const opening = { seed: 42, signal: new AbortController().signal, inMemory: true };
  await using open = await openTarget(subject, opening);
  await using play = await open.play('test');
  /** What the model does not allow ends a play. */
  await act(play.player).catch(() => {});
  return shown(play.trace());
}

/** What comes of playing one of the cases that are shipped. */
export function playedCase(target: string, id: string, dialect?: string): Promise<Shown> {
  const found = protocols.flatMap(({ cases }) => cases).find((one) => one.id === id);
  if (found === undefined) throw new Error(`there is no case ${id}`);
  const act = async (player: Play['player']) => {
    if (found.from !== undefined) await player.walk(found.from);
    await found.play?.(player);
    await player.conclude();
  };
  return played(target, act, dialect);
}

/** A trace, judged and laid out. */
export function shown(trace: Trace): Shown {
  const protocol = protocols.find(({ name }) => name === trace.protocol);
  if (protocol === undefined) throw new Error(`there is no ${trace.protocol}`);
  return { protocol, trace, exhibit: exhibitOf(protocol, trace, judge(protocol, trace)) };
}

/** A reference side, or a mutant of it, on free ports of loopback. */
export function served(
  protocol: Protocol,
  side: string,
  mutant: string | null,
  dialect = protocol.defaultDialect,
) {
  const at = { host: '127.0.0.1', port: 0 };
  const casting = {
    ...castingOf(protocol, side, mutant),
    settings: settingsFor(protocol, { dialect }),
  };
  return host(casting, at, { fault: () => {} });
}

/** A reference side, or a mutant of it, that may take its part. */
export function castingOf(protocol: Protocol, side: string, mutant: string | null) {
  return {
    protocol,
    side,
    record: recordOf(protocol, side, mutant),
    settings: settingsFor(protocol),
    random: seededRandom(11),
    idleMs: 20_000,
    watch: () => {},
  };
}
