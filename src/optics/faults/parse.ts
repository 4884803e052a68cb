import { nearest } from '#src/base/nearest.ts';
import { faultKinds } from './all.ts';
import type { Fault } from './fault.ts';

/** A fault, or what is wrong with its text in one line. */
export type ParsedFault =
  | { readonly kind: 'fault'; readonly fault: Fault }
  | { readonly kind: 'flaw'; readonly why: string };

/** Reads `name` or `name:parameter=value,parameter=value`. */
export function parseFault(text: string): ParsedFault {
  const [name = '', rest = ''] = text.split(/:(.*)/s);
  const kind = faultKinds.find((one) => one.name === name);
  if (kind === undefined) {
    const names = faultKinds.map((one) => one.name);
    return flaw(`no fault '${name}'; did you mean '${nearest(name, names)}'?`);
  }
  const values: Record<string, number> = {};
  for (const pair of rest === '' ? [] : rest.split(',')) {
    const [parameter = '', value = ''] = pair.split('=');
    const known = Object.hasOwn(kind.parameters, parameter)
      ? kind.parameters[parameter]
      : undefined;
    if (known === undefined) {
      const meant = nearest(parameter, Object.keys(kind.parameters));
      return flaw(`fault '${name}' has no '${parameter}'; did you mean '${meant}'?`);
    }
    const number = value.trim() === '' ? NaN : Number(value);
    if (!(number >= known.least && number <= known.most)) {
      const range = `from ${known.least} to ${known.most}`;
      return flaw(`${parameter} of fault '${name}' is '${value}', not ${range} (${known.meaning})`);
    }
    values[parameter] = number;
  }
  return { kind: 'fault', fault: kind.make(values) };
}

function flaw(why: string): ParsedFault {
  return { kind: 'flaw', why };
}
