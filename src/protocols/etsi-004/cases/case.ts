import { etsi004Model } from '#models/etsi-004/index.ts';
import type { Case, CasePlayer } from '#src/contract/case.ts';
import type { Etsi004Bend } from '../codec.ts';

/** How a case of ETSI 004 speaks. */
export type Etsi004Player = CasePlayer<Etsi004Bend>;

/** One conformance check of ETSI 004, before its id has the protocol's name. */
export interface Etsi004Case extends Omit<Case<Etsi004Bend>, 'id'> {
  /** `<topic>/<name>`: stable, never positional, never reused. */
  readonly id: string;
  readonly against: 'qkd-device' | 'kms';
}

/** Makes a case of one row. */
export function etsi004Case(row: Etsi004Case): Case<Etsi004Bend> {
  return { ...row, id: `${etsi004Model.protocol}/${row.id}` };
}
