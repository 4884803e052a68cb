/** A type where a library wants a value that only carries a type (XState's `types`). */
export function declares<T>(): T {
  return undefined as T;
}
