import { kmipModel } from '#models/kmip/index.ts';
import type { Requirement } from '#models/language/index.ts';
import type { Case, CasePlayer } from '#src/contract/case.ts';
import type { KmipBend } from '../compose.ts';

/** How a case of KMIP speaks. */
export type KmipPlayer = CasePlayer<KmipBend>;

/** A case of this room. */
export type KmipCase = Case<KmipBend>;

/** One row of a table of cases: what it adds to what its table shares. */
export interface Row extends Partial<Omit<KmipCase, 'id' | 'against' | 'covers'>> {
  readonly title: string;
  readonly covers: readonly Requirement[];
}

/** Cases against one side that have a topic, and perhaps more, in common; by the name of each. */
export function table(
  topic: string,
  shared: Pick<KmipCase, 'against'> & Partial<Pick<KmipCase, 'from' | 'tags'>>,
  rows: Readonly<Record<string, Row>>,
): readonly KmipCase[] {
  return Object.entries(rows).map(([name, row]) => {
    const tags = [...(shared.tags ?? []), ...(row.tags ?? [])];
    return { ...shared, ...row, id: `${kmipModel.protocol}/${topic}/${name}`, tags };
  });
}

/** The same row for each of several things, by the name of each, perhaps with a word before it. */
export function rowsOf<Thing>(
  things: Readonly<Record<string, Thing>>,
  row: (thing: Thing, name: string) => Row,
  prefix = '',
): Readonly<Record<string, Row>> {
  return Object.fromEntries(
    Object.entries(things).map(([name, thing]) => [`${prefix}${name}`, row(thing, name)]),
  );
}
