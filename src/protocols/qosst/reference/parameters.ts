import type { Deed } from '#src/contract/side.ts';
import { member, say } from '../say.ts';

interface Parameter {
  readonly value: unknown;
  /** Inclusive range of a number that Alice can use. */
  readonly range: readonly [number, number];
  /** Parameters that Bob may not change, by policy. */
  readonly fixed?: true;
}

/** Alice's parameters that Bob may ask to change. */
export interface Parameters {
  find(name: string): Parameter | undefined;
  set(name: string, value: unknown): void;
  all(): Readonly<Record<string, unknown>>;
}

/** The parameters of a new session: paths as in QOSST's own configuration. */
export function newParameters(): Parameters {
  const table = new Map<string, Parameter>([
    ['frame.quantum.roll_off', { value: 0.5, range: [0, 1] }],
    ['frame.quantum.num_symbols', { value: 2000, range: [1, 1_000_000] }],
    ['frame.quantum.symbol_rate', { value: 100_000_000, range: [1, 10_000_000_000], fixed: true }],
  ]);
  return {
    find: (name) => table.get(name),
    set: (name, value) => {
      const known = table.get(name);
      if (known !== undefined) table.set(name, { ...known, value });
    },
    all: () => Object.fromEntries([...table].map(([name, { value }]) => [name, value])),
  };
}

/** Alice's answer to CHANGE_PARAMETER_REQUEST. */
export function changeParameter(parameters: Parameters, asked: unknown): Deed {
  const parameter = String(member(asked, 'parameter'));
  const value = member(asked, 'value');
  const known = parameters.find(parameter);
  if (known === undefined) return say('parameterUnknown', { parameter });
  const answer = { parameter, old_value: known.value };
  const [least, most] = known.range;
  if (typeof value !== 'number' || !(value >= least && value <= most)) {
    const error_message = `The value is not a number from ${least} to ${most}.`;
    return say('parameterInvalidValue', { ...answer, error_message });
  }
  if (known.fixed) return say('parameterUnchanged', { ...answer, error_message: 'It is fixed.' });
  parameters.set(parameter, value);
  return say('parameterChanged', { ...answer, new_value: value });
}
