import type { Arrow } from './graph.ts';

/** All transitions between the same two states, as one drawn edge. */
export interface Edge {
  readonly from: string;
  readonly to: string;
  /** Who says it first: edges of one side share a colour. */
  readonly speaker: string;
  readonly labels: readonly string[];
  /** The transition of each label. */
  readonly ids: readonly string[];
}

interface EdgeInTheMaking extends Edge {
  readonly labels: string[];
  readonly ids: string[];
}

/** The edges that are drawn: those that go somewhere, one for each pair of states and speaker. */
export function edgesOf(arrows: readonly Arrow[]): readonly Edge[] {
  const edges = new Map<string, EdgeInTheMaking>();
  for (const { id, from, to, event, guard } of arrows) {
    const [speaker = '', ...rest] = event.split('.');
    const label = `${speaker}.${rest.join('.')}${guard === null ? '' : ` [${guard}]`}`;
    for (const target of to) {
      const key = `${from} ${target} ${speaker}`;
      const edge = edges.get(key) ?? { from, to: target, speaker, labels: [], ids: [] };
      edge.labels.push(label);
      edge.ids.push(id);
      edges.set(key, edge);
    }
  }
  return [...edges.values()];
}
