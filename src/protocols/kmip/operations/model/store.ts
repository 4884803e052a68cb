/** Things by their names in the order they came, with a way back to any moment before. */
export interface Store<Thing> {
  at(name: string): Thing | undefined;
  all(): Iterable<Thing>;
  readonly size: number;
  put(name: string, thing: Thing): void;
  remove(name: string): void;
  /** This moment, for `undo`. */
  mark(): number;
  /** Takes back all that was done since a moment. */
  undo(mark: number): void;
  /** Forgets how to go back: all that was done stays. */
  keep(): void;
}

/** Makes an empty store. Between `mark` and `keep` it remembers each change. */
export function emptyStore<Thing>(): Store<Thing> {
  const things = new Map<string, Thing>();
  const journal: { readonly name: string; readonly before: Thing | undefined }[] = [];
  const remember = (name: string) => journal.push({ name, before: things.get(name) });
  return {
    at: (name) => things.get(name),
    all: () => things.values(),
    get size() {
      return things.size;
    },
    put(name, thing) {
      remember(name);
      things.set(name, thing);
    },
    remove(name) {
      remember(name);
      things.delete(name);
    },
    mark: () => journal.length,
    undo(mark) {
      while (journal.length > mark) {
        const last = journal.pop();
        if (last === undefined) return;
        if (last.before === undefined) things.delete(last.name);
        else things.set(last.name, last.before);
      }
    },
    keep() {
      journal.length = 0;
    },
  };
}
