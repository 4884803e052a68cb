import { field, has, textAt } from './fields.ts';
import { fieldRules, keyOf, operations } from './operations.ts';

/**
 * Whether an item lacks what the table of its fields lets it leave out: the object to register that
 * it speaks of, or, where no item stands before it, an identifier.
 */
export function isIncomplete(item: unknown, index: number): boolean {
  const key = keyOf(field(item, 'Operation'));
  const payload = field(item, 'RequestPayload');
  if (key === null) return false;
  if (key === 'register') return !has(payload, textAt(payload, 'ObjectType') ?? '');
  const isOfObject = fieldRules(operations[key].request).some(
    ({ name }) => name === 'UniqueIdentifier',
  );
  return isOfObject && index === 0 && !has(payload, 'UniqueIdentifier');
}
