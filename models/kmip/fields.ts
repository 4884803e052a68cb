/**
 * The content of a KMIP message as plain data: an object from the names of tags to what they hold,
 * in the order of the message; several of one tag are a list. Integers, intervals and times are
 * numbers (`bigint` where they are large), enumerations their names (or `0x` and eight digits),
 * byte strings hexadecimal digits. Where a tag may hold several types: `{ type, value }`.
 */
export type Fields = Readonly<Record<string, unknown>>;

/** What a tag holds, the first of several; `undefined` where there is none. */
export function field(of: unknown, name: string): unknown {
  const value = isFields(of) && Object.hasOwn(of, name) ? of[name] : undefined;
  return Array.isArray(value) ? value[0] : value;
}

/** Everything that stands under a tag. */
export function all(of: unknown, name: string): readonly unknown[] {
  if (!isFields(of) || !Object.hasOwn(of, name)) return none;
  const value = of[name];
  if (value === undefined) return none;
  return Array.isArray(value) ? value : [value];
}

const none: readonly unknown[] = [];

/** Whether a tag is there. */
export function has(of: unknown, name: string): boolean {
  return isFields(of) && Object.hasOwn(of, name);
}

/** What lies behind several tags. */
export function at(of: unknown, ...names: readonly string[]): unknown {
  return names.reduce(field, of);
}

/** A text string or an enumeration's name under a tag; `null` for anything else. */
export function textAt(of: unknown, name: string): string | null {
  const value = field(of, name);
  return typeof value === 'string' ? value : null;
}

/** A number under a tag; `null` for anything else. */
export function numberAt(of: unknown, name: string): number | null {
  const value = field(of, name);
  return typeof value === 'number' || typeof value === 'bigint' ? Number(value) : null;
}

/** Whether a value is a structure. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether two values say the same, whatever the order of fields. */
export function isSame(left: unknown, right: unknown): boolean {
  if (Array.isArray(left) && Array.isArray(right)) {
    return (
      left.length === right.length && left.every((value, index) => isSame(value, right[index]))
    );
  }
  if (!isFields(left) || !isFields(right)) return sameScalar(left, right);
  const names = Object.keys(left);
  return (
    names.length === Object.keys(right).length &&
    names.every((name) => isSame(left[name], right[name]))
  );
}

function sameScalar(left: unknown, right: unknown): boolean {
  const isInteger = (value: unknown) => typeof value === 'number' || typeof value === 'bigint';
  return isInteger(left) && isInteger(right) ? String(left) === String(right) : left === right;
}
