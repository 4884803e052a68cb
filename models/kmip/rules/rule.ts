import type { Readings, Requirement } from '#models/language/index.ts';
import { reasons, usualReasons, type ReasonSet } from '../reasons.ts';
import type { Target, World } from '../world.ts';

/** Something wrong with a response. */
export interface Misfit {
  readonly requirement: Requirement;
  /** What was found and what was expected, in one line. */
  readonly detail: string;
}

/** What may come of an item of a batch. */
export interface Outlook {
  readonly expects: 'success' | 'failure' | 'either';
  /** Result reasons that tell of a failure; of any, where it is empty. */
  readonly reasons: readonly string[];
  /** The requirement that the other outcome breaks. */
  readonly because: Requirement;
}

/** An item that is to be judged, and where it finds itself. */
export interface Asked {
  readonly payload: unknown;
  readonly target: Target;
  readonly world: World;
  readonly readings: Readings;
}

/** What one operation does. */
export interface Rule {
  outlook(asked: Asked): Outlook;
  /** What is wrong with the payload of a success. */
  misfit(asked: Asked, answer: unknown): Misfit | null;
  /** The world behind a success. */
  after(asked: Asked, answer: unknown): World;
}

/** It must be refused, with one of such reasons. */
export function mustFail(because: Requirement, ...sets: readonly ReasonSet[]): Outlook {
  return { expects: 'failure', reasons: named(sets), because };
}

/** It must succeed, unless the server does not do such things at all. */
export function mustSucceed(because: Requirement, ...sets: readonly ReasonSet[]): Outlook {
  return { expects: 'success', reasons: named(sets), because };
}

/** It may succeed or be refused, with one of such reasons. */
export function mayFail(because: Requirement, ...sets: readonly ReasonSet[]): Outlook {
  return { expects: 'either', reasons: named(sets), because };
}

function named(sets: readonly ReasonSet[]): readonly string[] {
  return [...usualReasons, ...sets.flatMap((set) => reasons[set])];
}

/** A misfit, where something does not hold. */
export function unless(holds: boolean, requirement: Requirement, detail: string): Misfit | null {
  return holds ? null : { requirement, detail };
}
