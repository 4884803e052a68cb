import { enumerations } from '../../registry/enumerations.ts';
import type { Trouble } from './troubles.ts';

/** The states of an object. */
export type StateName = keyof typeof enumerations.State;

/** What is done to an object, as far as its state decides it. */
export type Deed =
  | 'activate'
  /** Revoke for a reason that is no compromise. */
  | 'revoke'
  /** Revoke for a compromise of the key or its authority. */
  | 'compromise'
  | 'destroy'
  /** Get: the material goes out. */
  | 'read'
  /** Encrypt, Sign, MAC, wrap. */
  | 'protect'
  /** Decrypt, Signature Verify, MAC Verify. */
  | 'unprotect';

type Row = Readonly<Record<Deed, StateName | { readonly refused: Trouble }>>;

const wrong = { refused: 'wrongState' } as const;
const gone = { refused: 'objectDestroyed' } as const;
const destroyedBefore = { refused: 'alreadyDestroyed' } as const;

/**
 * The state that a deed leads to from each state, or the trouble that refuses it.
 * @see KMIP 1.4, 3.22 State; KMIP 2.1, State
 */
// prettier-ignore
export const lifecycle: Readonly<Record<StateName, Row>> = {
  PreActive: {
    activate: 'Active', revoke: wrong, compromise: 'Compromised', destroy: 'Destroyed',
    read: 'PreActive', protect: wrong, unprotect: wrong,
  },
  Active: {
    activate: wrong, revoke: 'Deactivated', compromise: 'Compromised', destroy: wrong,
    read: 'Active', protect: 'Active', unprotect: 'Active',
  },
  Deactivated: {
    activate: wrong, revoke: wrong, compromise: 'Compromised', destroy: 'Destroyed',
    read: 'Deactivated', protect: wrong, unprotect: wrong,
  },
  Compromised: {
    activate: wrong, revoke: wrong, compromise: wrong, destroy: 'DestroyedCompromised',
    read: 'Compromised', protect: wrong, unprotect: wrong,
  },
  Destroyed: {
    activate: gone, revoke: gone, compromise: 'DestroyedCompromised', destroy: destroyedBefore,
    read: gone, protect: gone, unprotect: gone,
  },
  DestroyedCompromised: {
    activate: gone, revoke: gone, compromise: gone, destroy: destroyedBefore,
    read: gone, protect: gone, unprotect: gone,
  },
};

/** The name of a state; one that no registry has counts as Pre-Active. */
export function stateName(state: number): StateName {
  return stateNames.find((name) => enumerations.State[name] === state) ?? 'PreActive';
}

const stateNames: readonly StateName[] = [
  'PreActive',
  'Active',
  'Deactivated',
  'Compromised',
  'Destroyed',
  'DestroyedCompromised',
];
