import type { Upkeep } from '#src/contract/target.ts';
import type { ProfileMembers } from './profile-members.ts';

/** The commands besides `start` and `reset`, and how long each may take: the last word counts. */
export function upkeepOf(layers: readonly ProfileMembers[]): Upkeep {
  const all: ProfileMembers = Object.assign({}, ...layers);
  const limits: NonNullable<ProfileMembers['timeouts']> = Object.assign(
    {},
    ...layers.map(({ timeouts }) => timeouts),
  );
  const { stop, restart, powerCycle } = all;
  const { startMs, stopMs, resetMs, restartMs, powerCycleMs } = limits;
  const limitsMs = {
    ...(startMs === undefined ? {} : { start: startMs }),
    ...(stopMs === undefined ? {} : { stop: stopMs }),
    ...(resetMs === undefined ? {} : { reset: resetMs }),
    ...(restartMs === undefined ? {} : { restart: restartMs }),
    ...(powerCycleMs === undefined ? {} : { powerCycle: powerCycleMs }),
  };
  return {
    ...(stop === undefined ? {} : { stop }),
    ...(restart === undefined ? {} : { restart }),
    ...(powerCycle === undefined ? {} : { powerCycle }),
    limitsMs,
  };
}
