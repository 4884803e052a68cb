/** What something on the wire means, member by member. */
export interface Tree {
  readonly name: string;
  /** As it is shown; `null` where `children` say it. */
  readonly value: string | null;
  readonly children: readonly Tree[];
}

/** A member with a value. */
export function leaf(name: string, value: string): Tree {
  return { name, value, children: [] };
}

/** A member that is made of others. */
export function branch(name: string, children: readonly Tree[]): Tree {
  return { name, value: null, children };
}
