import type { Requirement } from '#models/language/index.ts';
import { socketCase, type CaseRow, type SocketCase } from './case.ts';

/** One row of a table of cases: what it adds to what its table shares. */
export interface Row extends Partial<Omit<CaseRow, 'id' | 'against' | 'covers'>> {
  readonly title: string;
  readonly covers: readonly Requirement[];
}

/** Cases against one side that have a topic, and perhaps more, in common; by the name of each. */
export function table(
  topic: string,
  shared: Pick<CaseRow, 'against'> & Partial<Pick<CaseRow, 'from' | 'tags'>>,
  rows: Readonly<Record<string, Row>>,
): readonly SocketCase[] {
  return Object.entries(rows).map(([name, row]) => {
    const tags = [...(shared.tags ?? []), ...(row.tags ?? [])];
    return socketCase({ ...shared, ...row, id: `${topic}/${name}`, tags });
  });
}

/** The same row for each of several things, by the name of each. */
export function rowsOf<Thing>(
  things: Readonly<Record<string, Thing>>,
  row: (thing: Thing, name: string) => Row,
): Readonly<Record<string, Row>> {
  return Object.fromEntries(
    Object.entries(things).map(([name, thing]) => [name, row(thing, name)]),
  );
}
