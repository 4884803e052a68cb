/** Names that were said: a new one costs little, however many there are. */
export interface Seen {
  readonly recent: readonly string[];
  /** Oldest and largest first, each twice as large as the next; none of them changes any more. */
  readonly older: readonly ReadonlySet<string>[];
}

export const nothingSeen: Seen = { recent: [], older: [] };

/** Names that are looked through one by one, and sets: some 100,000 names are kept. */
const mostRecent = 32;
const mostOlder = 12;

export function isSeen({ recent, older }: Seen, name: string): boolean {
  return recent.includes(name) || older.some((names) => names.has(name));
}

export function seenWith(seen: Seen, name: string): Seen {
  if (isSeen(seen, name)) return seen;
  const recent = [...seen.recent, name];
  if (recent.length < mostRecent) return { ...seen, recent };
  return { recent: [], older: merged([...seen.older, new Set(recent)]).slice(-mostOlder) };
}

/** Two sets of one size become one. */
function merged(sets: readonly ReadonlySet<string>[]): readonly ReadonlySet<string>[] {
  const [last, next] = [sets.at(-1), sets.at(-2)];
  if (last === undefined || next === undefined || next.size > last.size) return sets;
  return merged([...sets.slice(0, -2), new Set([...next, ...last])]);
}
