import type { Fault } from './fault.ts';

/** A number that a fault is made with. */
export interface FaultParameter {
  /** What it says, with its unit. */
  readonly meaning: string;
  readonly usual: number;
  readonly least: number;
  readonly most: number;
}

/** A fault that can be made, with other numbers than the usual ones. */
export interface FaultKind {
  /** As a user writes it, in kebab-case. */
  readonly name: string;
  readonly summary: string;
  readonly parameters: Readonly<Record<string, FaultParameter>>;
  /** Makes it; values left out are the usual ones. */
  make(values?: Readonly<Record<string, number>>): Fault;
}

/** Defines a kind of fault, whose numbers are then known by name. */
export function faultKind<Name extends string>(row: {
  readonly name: string;
  readonly summary: string;
  readonly parameters: Readonly<Record<Name, FaultParameter>>;
  readonly make: (values: (name: Name) => number) => Omit<Fault, 'name' | 'values'>;
}): FaultKind {
  const { name, summary, parameters } = row;
  const usual = Object.fromEntries(
    Object.entries<FaultParameter>(parameters).map(([parameter, { usual }]) => [parameter, usual]),
  );
  return {
    name,
    summary,
    parameters,
    make: (values = {}) => ({
      name,
      values: { ...usual, ...values },
      ...row.make((parameter) => values[parameter] ?? parameters[parameter].usual),
    }),
  };
}
