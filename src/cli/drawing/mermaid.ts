import { edgesOf } from './edges.ts';
import type { MachineGraph, StateBox } from './graph.ts';

/**
 * The machine as a Mermaid flowchart: its state diagrams cannot join states of different
 * composites, its flowcharts can.
 */
export function mermaidOf({ model, root, arrows }: MachineGraph): string {
  const edges = edgesOf(arrows).map(
    ({ from, to, labels }) => `  ${key(from)} -->|${text(labels.join('\n'))}| ${key(to)}`,
  );
  const states = root.states.flatMap((box) => stateLines(box, '  '));
  return ['---', `title: ${model.title}`, '---', 'flowchart LR', ...states, ...edges, ''].join(
    '\n',
  );
}

function stateLines(box: StateBox, margin: string): readonly string[] {
  const label = text([box.name, ...box.tags, ...box.covers.map(({ id }) => id)].join('\n'));
  if (box.states.length === 0) return [`${margin}${key(box.id)}${shaped(box, label)}`];
  const inner = `${margin}  `;
  const begin = box.states.find((state) => state.initial);
  const dot = `${key(box.id)}__begins`;
  return [
    `${margin}subgraph ${key(box.id)} [${label}]`,
    ...(begin === undefined ? [] : [`${inner}${dot}(( )) --> ${key(begin.id)}`]),
    ...box.states.flatMap((state) => stateLines(state, inner)),
    `${margin}end`,
  ];
}

function shaped(box: StateBox, label: string): string {
  if (box.kind === 'final') return `(((${label})))`;
  return box.kind === 'history' ? '((H))' : `(${label})`;
}

/** Identifiers are words; `end` alone would be a keyword. */
function key(id: string): string {
  return `s_${id.replace(/\W/g, '_')}`;
}

function text(label: string): string {
  const escaped = label
    .replaceAll('&', '&amp;')
    .replaceAll('"', '&quot;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
  return `"${escaped.replaceAll('\n', '<br/>')}"`;
}
