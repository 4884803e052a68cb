/**
 * The states of a managed cryptographic object and what changes them.
 * @see KMIP 2.1, State
 */
export const states = [
  'PreActive',
  'Active',
  'Deactivated',
  'Compromised',
  'Destroyed',
  'DestroyedCompromised',
] as const;
export type State = (typeof states)[number];

/** What can happen to an object. `revoke`: for any reason but that it is compromised. */
export type Change = 'activate' | 'revoke' | 'compromise' | 'destroy';

/** Where a change leads from a state; not listed: it is refused. */
const changes: Readonly<Record<Change, Partial<Readonly<Record<State, State>>>>> = {
  activate: { PreActive: 'Active' },
  revoke: { Active: 'Deactivated' },
  compromise: {
    PreActive: 'Compromised',
    Active: 'Compromised',
    Deactivated: 'Compromised',
    Destroyed: 'DestroyedCompromised',
  },
  destroy: {
    PreActive: 'Destroyed',
    Deactivated: 'Destroyed',
    Compromised: 'DestroyedCompromised',
  },
};

/** The state behind a change; `null` where it is not possible. */
export function after(state: State, change: Change): State | null {
  return changes[change][state] ?? null;
}

/** The states behind a change, of those that an object may be in. */
export function allAfter(from: readonly State[], change: Change): readonly State[] {
  return [...new Set(from.flatMap((state) => after(state, change) ?? []))];
}

/** Whether keys of such objects are gone. */
export function isDestroyed(state: State): boolean {
  return state === 'Destroyed' || state === 'DestroyedCompromised';
}

/** Uses that protect data; the others process what is protected. */
const protecting = ['Encrypt', 'Sign', 'MAC'];

/**
 * Whether a key may be used: to protect only while it is active, to process while it is
 * deactivated too. `open` is what the document leaves to the server.
 */
export function mayUse(state: State, operation: string): 'yes' | 'no' | 'open' {
  if (state === 'Active') return 'yes';
  const processes = !protecting.includes(operation);
  if (state === 'Deactivated') return processes ? 'yes' : 'no';
  return state === 'Compromised' && processes ? 'open' : 'no';
}
