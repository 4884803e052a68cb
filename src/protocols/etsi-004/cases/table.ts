import type { Requirement } from '#models/language/index.ts';
import type { Case } from '#src/contract/case.ts';
import type { Etsi004Bend } from '../codec.ts';
import { etsi004Case, type Etsi004Case } from './case.ts';

/** One row of a table of cases: what it adds to what its table shares. */
export interface Row extends Partial<Omit<Etsi004Case, 'id' | 'against' | 'covers'>> {
  readonly title: string;
  readonly covers?: readonly Requirement[];
}

/** What the rows of a table have in common. */
type Shared = Pick<Etsi004Case, 'against'> &
  Partial<Pick<Etsi004Case, 'from' | 'tags' | 'covers' | 'expect' | 'dialects'>>;

/** Cases against one side that have a topic, and perhaps more, in common; by the name of each. */
export function table(
  topic: string,
  shared: Shared,
  rows: Readonly<Record<string, Row>>,
): readonly Case<Etsi004Bend>[] {
  return Object.entries(rows).map(([name, row]) => {
    const tags = [...(shared.tags ?? []), ...(row.tags ?? [])];
    const covers = [...new Set([...(row.covers ?? []), ...(shared.covers ?? [])])];
    return etsi004Case({ ...shared, ...row, id: `${topic}/${name}`, tags, covers });
  });
}

/** Rows made of a list: one for each entry, by its name. */
export function rows<Entry>(
  entries: Readonly<Record<string, Entry>>,
  row: (entry: Entry, name: string) => Row,
): Readonly<Record<string, Row>> {
  return Object.fromEntries(
    Object.entries(entries).map(([name, entry]) => [name, row(entry, name)]),
  );
}
