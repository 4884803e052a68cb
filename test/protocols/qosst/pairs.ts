/** Values of each dimension, by name. */
export type Dimensions = Readonly<Record<string, readonly string[]>>;

/** One value of each dimension. */
export type Combination = Readonly<Record<string, string>>;

/**
 * Combinations in which any two values of any two dimensions meet, greedily few: each new one takes,
 * dimension by dimension, the value with the most pairs that no combination has yet.
 */
export function pairwise(dimensions: Dimensions): readonly Combination[] {
  const names = Object.keys(dimensions).toSorted(
    (left, right) => (dimensions[right] ?? []).length - (dimensions[left] ?? []).length,
  );
  const open = new Set(pairsOf(names, dimensions));
  const found: Combination[] = [];
  while (open.size > 0) {
    const combination = next(names, dimensions, open);
    for (const pair of pairsIn(combination)) open.delete(pair);
    found.push(combination);
  }
  return found;
}

function next(names: readonly string[], dimensions: Dimensions, open: ReadonlySet<string>) {
  /** Starts from a pair that is open, so that each combination has a new one. */
  const [first = ''] = open;
  const chosen: Record<string, string> = Object.fromEntries(
    first.split('&').map((part) => part.split('=', 2)),
  );
  for (const name of names) {
    if (name in chosen) continue;
    const gain = (value: string) =>
      pairsIn({ ...chosen, [name]: value }).filter((pair) => open.has(pair)).length;
    const [best = ''] = (dimensions[name] ?? []).toSorted(
      (left, right) => gain(right) - gain(left),
    );
    chosen[name] = best;
  }
  return chosen;
}

function pairsOf(names: readonly string[], dimensions: Dimensions): readonly string[] {
  return names.flatMap((one) =>
    names
      .filter((other) => one < other)
      .flatMap((other) =>
        (dimensions[one] ?? []).flatMap((left) =>
          (dimensions[other] ?? []).flatMap((right) => pairsIn({ [one]: left, [other]: right })),
        ),
      ),
  );
}

/** Every pair of values, as one text; no value holds `&`, and `=` only stands in values. */
export function pairsIn(combination: Combination): readonly string[] {
  const parts = Object.keys(combination).toSorted();
  return parts.flatMap((one, at) =>
    parts.slice(at + 1).map((other) => `${one}=${combination[one]}&${other}=${combination[other]}`),
  );
}
