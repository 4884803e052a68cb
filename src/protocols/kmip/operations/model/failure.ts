import type { Version } from '../../tree.ts';
import { enumerations } from '../../registry/enumerations.ts';
import { troubles, type ReasonName, type Trouble } from './troubles.ts';

/** Why an operation was not done. */
export interface Failure {
  readonly kind: 'failure';
  readonly trouble: Trouble;
  /** One line for a human; goes out as the Result Message. */
  readonly message: string;
}

/** Which reason is given where the usual one is not. */
export type Reasons = Readonly<Partial<Record<Trouble, ReasonName>>>;

export function failed(trouble: Trouble, message: string): Failure {
  return { kind: 'failure', trouble, message };
}

export function isFailure(value: unknown): value is Failure {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'failure';
}

/** The Result Reason of a failure in a version. */
export function reasonOf(failure: Failure, version: Version, instead: Reasons): number {
  const usual = troubles[failure.trouble][version === '1.4' ? 0 : 1];
  return enumerations.ResultReason[instead[failure.trouble] ?? usual];
}
