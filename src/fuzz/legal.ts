import { seededRandom } from '#src/base/random.ts';
import type { Step } from '#src/contract/fuzz.ts';
import type { Position } from '#src/contract/position.ts';
import { Menu, type Restraint } from './menu.ts';
import type { Arena } from './walker.ts';

/** Whether a step may be taken where a session stands. */
export type Allowed = (step: Step, position: Position) => boolean;

/**
 * What may be done where nothing may be said but what is legal: as a safe campaign draws it, asks
 * how its peer stands, and takes its leave.
 */
export function legalIn(arena: Arena, restraint: Restraint): Allowed {
  const { protocol, fuzzing, settings, side } = arena;
  const menu = new Menu(arena, seededRandom(0), restraint);
  const hints = (position: Position) =>
    fuzzing.promising?.({ position, settings, random: seededRandom(0) }) ?? [];
  return (step, position) => {
    if (step.do === 'hear' || step.do === 'reconnect') return true;
    if (step.do === 'repeat' || step.deviation !== undefined) return false;
    if (step.hasty === true || step.pieces !== undefined || step.due === true) return false;
    const { message, variant } = step;
    const legal = menu.legal(position).filter((one) => one.message === message);
    if (legal.some((one) => one.variant === variant)) return true;
    const isHint = hints(position).some(
      (one) => one.message === message && one.variant === variant,
    );
    if (legal.length > 0 && isHint) return true;
    const isFarewell = variant === 0 && protocol.farewell[side]?.includes(message) === true;
    return isFarewell && position.place.listens.has(`${side}.${message}`);
  };
}
