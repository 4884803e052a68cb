import type { Item } from '../tree.ts';
import type { Rebuild } from './dialect.ts';
import type { Draft } from './draft.ts';
import type { JsonProblemKind } from './problem-kinds.ts';

/** What a dialect makes of an item whose children are complete. */
export function rebuilt(item: Item, draft: Draft, rebuilds: readonly Rebuild[]): readonly Item[] {
  const place = {
    version: draft.version,
    report: (kind: JsonProblemKind, found: string) => draft.tell(kind, draft.at, found),
  };
  let items: readonly Item[] = [item];
  for (const rebuild of rebuilds) {
    items = items.flatMap((one) => rebuild(one, place) ?? [one]);
  }
  return items;
}
