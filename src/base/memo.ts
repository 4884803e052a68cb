/**
 * A pure function that keeps its latest results, `most` of them, by a text that stands for its
 * arguments.
 */
export function memo<Args extends readonly unknown[], Value>(
  most: number,
  keyOf: (...args: Args) => string,
  make: (...args: Args) => Value,
): (...args: Args) => Value {
  const known = new Map<string, { readonly value: Value }>();
  return (...args) => {
    const key = keyOf(...args);
    const found = known.get(key);
    if (found !== undefined) return found.value;
    const value = make(...args);
    for (const oldest of known.keys()) {
      if (known.size < most) break;
      known.delete(oldest);
    }
    known.set(key, { value });
    return value;
  };
}
