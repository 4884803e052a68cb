import { isIn } from './alike.ts';
import { escapeHtml, quoted } from './dot.ts';
import { edgeLabels, markOf } from './edge-labels.ts';
import { edgesOf, type Edge } from './edges.ts';
import type { StateBox } from './graph.ts';
import type { Phase } from './phases.ts';
import type { Reached } from './reached.ts';

/**
 * One phase in Graphviz's language: its states, and by name alone those elsewhere that it leads to.
 * What a run reached is marked by `✓`, the rest by `○`; classes let a page draw both differently.
 */
export function phaseDot({ model, name, states, arrows }: Phase, reached: Reached): string {
  const placed = (id: string) => states.find((state) => isIn(state, id))?.id ?? id;
  const edges = edgesOf(arrows.map((arrow) => ({ ...arrow, to: arrow.to.map(placed) })));
  const known = new Set(states.map(({ id }) => id));
  const elsewhere = new Set(edges.map(({ to }) => to).filter((id) => !known.has(id)));
  const begin = states.find(({ initial }) => initial);
  return [
    `digraph ${quoted(model.protocol)} {`,
    '  rankdir=LR; nodesep=0.25; ranksep=0.4; fontname="Helvetica"; edge [fontname="Helvetica", fontsize=9];',
    '  node [fontname="Helvetica", fontsize=11, shape=box, style=rounded];',
    ...(begin === undefined ? [] : beginLines(begin)),
    ...(edges.some(({ from }) => from === name)
      ? [`  ${quoted(name)} [shape=plaintext, label="in any state"];`]
      : []),
    ...states.map((state) => stateLine(state, reached)),
    ...[...elsewhere].map(
      (id) => `  ${quoted(id)} [shape=plaintext, label=${quoted(`→ ${shortOf(id)}`)}];`,
    ),
    ...edges.map((edge) => edgeLine(edge, model.sides.indexOf(edge.speaker), reached)),
    '}',
    '',
  ].join('\n');
}

function beginLines({ id }: StateBox): readonly string[] {
  return ['  begins [shape=point, width=0.1, label=""];', `  begins -> ${quoted(id)};`];
}

function stateLine({ id, name, kind, states, tags, covers }: StateBox, reached: Reached): string {
  if (kind === 'history') return `  ${quoted(id)} [label="as before", class="missed"];`;
  const isReached = reached.states.has(id);
  const more = states.length === 0 ? [] : [`${states.length} states in it`];
  const small = [...more, ...tags, ...covers.map((row) => row.id)].map(
    (line) => `<br/><font point-size="8">${escapeHtml(line)}</font>`,
  );
  const looks = [
    `label=<<b>${markOf(isReached)}${escapeHtml(name)}</b>${small.join('')}>`,
    `class=${quoted(isReached ? 'reached' : 'missed')}`,
    ...(kind === 'final' ? ['peripheries=2'] : []),
  ];
  return `  ${quoted(id)} [${looks.join(', ')}];`;
}

function edgeLine(edge: Edge, side: number, reached: Reached): string {
  const { from, to, ids } = edge;
  const isReached = ids.some((id) => reached.transitions.has(id));
  const classes = `said${Math.max(0, side)} ${isReached ? 'reached' : 'missed'}`;
  const label = edgeLabels(edge, reached).join('\n');
  return `  ${quoted(from)} -> ${quoted(to)} [label=${quoted(label)}, class=${quoted(classes)}];`;
}

function shortOf(id: string): string {
  return id.split('.').slice(-2).join('.');
}
