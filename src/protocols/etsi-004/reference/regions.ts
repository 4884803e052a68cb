import { regions } from '#models/etsi-004/index.ts';
import type { Answer, Answers } from '#src/contract/side.ts';

/** The same answer in one state of every stream at every end. */
export function everywhere<Memory>(state: string, answer: Answer<Memory>): Answers<Memory> {
  return Object.fromEntries(statesOf(state).map((name) => [name, answer]));
}

/** A state's name in each of the regions. */
export function statesOf(...states: readonly string[]): readonly string[] {
  return states.flatMap((state) => Object.keys(regions).map((region) => `${region}.${state}`));
}
