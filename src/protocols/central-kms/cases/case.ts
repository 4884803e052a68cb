import { centralKmsModel } from '#models/central-kms/index.ts';
import type { Case, CasePlayer } from '#src/contract/case.ts';
import type { CentralKmsBend } from '../codec.ts';

/** How a case of the central KMS socket speaks. */
export type SocketPlayer = CasePlayer<CentralKmsBend>;

/** A case of this room. */
export type SocketCase = Case<CentralKmsBend>;

/** One conformance check, before its id has the protocol's name. */
export interface CaseRow extends Omit<SocketCase, 'id'> {
  /** `<topic>/<name>`: stable, never positional, never reused. */
  readonly id: string;
  readonly against: 'central-kms' | 'sidecar';
}

/** Makes a case of one row. */
export function socketCase(row: CaseRow): SocketCase {
  return { ...row, id: `${centralKmsModel.protocol}/${row.id}` };
}
