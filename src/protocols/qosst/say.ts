import type { MessageName } from '#models/qosst/index.ts';
import type { Deed } from '#src/contract/side.ts';

/** Says a message; without content where none is given. */
export function say(message: MessageName, content?: object): Extract<Deed, { do: 'say' }> {
  return { do: 'say', utterance: { message, content } };
}

/** A member of a content; `undefined` where there is none. */
export function member(content: unknown, name: string): unknown {
  if (typeof content !== 'object' || content === null) return undefined;
  return Object.getOwnPropertyDescriptor(content, name)?.value;
}

/** A list of numbers; empty where the value is none. */
export function numbers(value: unknown): readonly number[] {
  if (!Array.isArray(value)) return [];
  const list: readonly unknown[] = value;
  return areNumbers(list) ? list : list.map(Number);
}

/** A list of a million is not copied. */
function areNumbers(list: readonly unknown[]): list is readonly number[] {
  return list.every((item) => typeof item === 'number');
}
