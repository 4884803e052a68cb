import type { Protocol } from '#src/contract/protocol.ts';
import type { Layer } from './layer.ts';

/**
 * The protocol that is meant where neither a name nor a target says it: the only one that has the
 * side, or else the dialect, or else the one whose cases are selected. Of words that name several
 * protocols, or none, the next ones decide; the first protocol where none does.
 */
export function meantProtocol(
  layers: readonly Layer[],
  selectors: readonly string[],
  protocols: readonly Protocol[],
): Protocol | undefined {
  const { side, dialect } = Object.assign({}, ...layers.map(({ members }) => members));
  const chosen = selectors.map((selector) => selector.replace(/\/.*$/s, ''));
  return (
    only(protocols.filter(({ model }) => model.sides.includes(side))) ??
    only(protocols.filter(({ dialects }) => Object.hasOwn(dialects, dialect ?? ''))) ??
    only(protocols.filter(({ name }) => chosen.includes(name))) ??
    protocols[0]
  );
}

function only<Item>(items: readonly Item[]): Item | undefined {
  return items.length === 1 ? items[0] : undefined;
}
