import type { Requirement } from '#models/language/index.ts';
import type { Answers, Mutant, SideRecord } from '#src/contract/side.ts';
import type { Perceived } from '#src/contract/frame.ts';
import { alice, type AliceMemory } from '../reference/alice.ts';
import { bob, type BobMemory } from '../reference/bob.ts';

/** What one mutant changes: some answers, or one habit. */
export interface Change<Memory> extends Partial<Omit<SideRecord<Memory>, 'answers'>> {
  readonly id: string;
  readonly title: string;
  readonly breaks: Requirement;
  /** Messages of the shortest trace that shows it, both directions counted. */
  readonly shortest: number;
  readonly deep?: true;
  readonly answers?: Answers<Memory>;
}

/** Alice, wrong in one place. */
export function aliceMutant(change: Change<AliceMemory>): Mutant {
  return mutant('alice', alice, change);
}

/** Bob, wrong in one place. */
export function bobMutant(change: Change<BobMemory>): Mutant {
  return mutant('bob', bob, change);
}

function mutant<Memory>(side: string, record: SideRecord<Memory>, change: Change<Memory>): Mutant {
  const { id, title, breaks, shortest, deep, answers, ...habits } = change;
  const changed = { ...record, ...habits, answers: { ...record.answers, ...answers } };
  return { id, side, title, breaks, shortest, deep: deep === true, record: changed };
}

/** A receiver that does not see the flaws that break one of these requirements. */
export function overlooks(...requirements: readonly Requirement[]) {
  return (perceived: Perceived): Perceived => ({
    ...perceived,
    flaws: perceived.flaws.filter((flaw) => !requirements.includes(flaw.requirement)),
  });
}
