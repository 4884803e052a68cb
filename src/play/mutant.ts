import type { Requirement } from '#models/language/index.ts';
import type { Answers, Mutant, SideRecord } from '#src/contract/side.ts';

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

/** Makes mutants of a side: its record, wrong in one place. */
export function mutantsOf<Memory>(
  side: string,
  record: SideRecord<Memory>,
): (change: Change<Memory>) => Mutant {
  return ({ id, title, breaks, shortest, deep, answers, ...habits }) => {
    const changed = { ...record, ...habits, answers: { ...record.answers, ...answers } };
    return { id, side, title, breaks, shortest, deep: deep === true, record: changed };
  };
}
