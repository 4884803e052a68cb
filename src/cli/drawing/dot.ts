import { edgesOf, type Edge } from './edges.ts';
import type { MachineGraph, StateBox } from './graph.ts';

const sideColours = ['#1b6ca8', '#a8461b', '#3d7a37', '#6b3fa0'];

/**
 * The machine in Graphviz's language: states within states as clusters, what one side says in one
 * colour, the requirements of a state below its name.
 */
export function dotOf({ model, root, arrows }: MachineGraph): string {
  const boxes = new Map(flatten(root).map((box) => [box.id, box]));
  return [
    `digraph ${quoted(model.protocol)} {`,
    `  label=${quoted(model.title)}; labelloc=t; compound=true; newrank=true; rankdir=LR; nodesep=0.3;`,
    '  fontname="Helvetica"; node [fontname="Helvetica", fontsize=11, shape=box, style=rounded];',
    '  edge [fontname="Helvetica", fontsize=9];',
    ...root.states.flatMap((box) => stateLines(box, '  ')),
    ...edgesOf(arrows).map((edge) => edgeLine(edge, boxes, model.sides)),
    '}',
    '',
  ].join('\n');
}

function flatten(box: StateBox): readonly StateBox[] {
  return [box, ...box.states.flatMap(flatten)];
}

/** A leaf as a node; any other as a cluster with a dot in it, where its edges begin and end. */
function stateLines(box: StateBox, margin: string): readonly string[] {
  if (box.states.length === 0) return [`${margin}${quoted(box.id)} [${leafLook(box)}];`];
  const inner = `${margin}  `;
  const begin = box.states.find((state) => state.initial);
  const border = box.kind === 'parallel' ? 'dashed' : 'rounded';
  return [
    `${margin}subgraph ${quoted(`cluster ${box.id}`)} {`,
    `${inner}label=<${label(box)}>; labelloc=t; style=${quoted(border)}; color="#888888";`,
    `${inner}${quoted(anchor(box))} [shape=point, width=0.1, label=""];`,
    ...(begin === undefined ? [] : [`${inner}${quoted(anchor(box))} -> ${ends(begin, 'lhead')};`]),
    ...box.states.flatMap((state) => stateLines(state, inner)),
    `${margin}}`,
  ];
}

function leafLook(box: StateBox): string {
  const shape = box.kind === 'history' ? ', shape=circle' : '';
  const border = box.kind === 'final' ? ', peripheries=2' : '';
  const name = box.kind === 'history' ? 'H' : null;
  return `label=<${name ?? label(box)}>${shape}${border}`;
}

/** Name, what is owed there, and the requirements that decide what is allowed. */
function label({ name, tags, covers }: StateBox): string {
  const small = [...tags, ...covers.map(({ id }) => id)].map(
    (line) => `<br/><font point-size="8" color="#555555">${escapeHtml(line)}</font>`,
  );
  return `<b>${escapeHtml(name)}</b>${small.join('')}`;
}

function edgeLine(
  edge: Edge,
  boxes: ReadonlyMap<string, StateBox>,
  sides: readonly string[],
): string {
  const colour = sideColours[sides.indexOf(edge.speaker)] ?? '#444444';
  const looks = [
    `label=${quoted(edge.labels.join('\n'))}`,
    `color=${quoted(colour)}`,
    `fontcolor=${quoted(colour)}`,
  ];
  return `  ${end(edge.from, boxes)} -> ${end(edge.to, boxes)} [${[
    ...looks,
    ...(isWithin(edge) ? [] : ['constraint=false']),
    ...cluster('ltail', boxes.get(edge.from)),
    ...cluster('lhead', boxes.get(edge.to)),
  ].join(', ')}];`;
}

/** Only edges within a phase order its states: edges across phases would tear the phases apart. */
function isWithin({ from, to }: Edge): boolean {
  return parentOf(from) === parentOf(to) || from === parentOf(to);
}

function parentOf(id: string): string {
  return id.slice(0, id.lastIndexOf('.'));
}

function end(id: string, boxes: ReadonlyMap<string, StateBox>): string {
  const box = boxes.get(id);
  return quoted(box === undefined || box.states.length === 0 ? id : anchor(box));
}

function ends(box: StateBox, attribute: string): string {
  const looks = cluster(attribute, box);
  const id = box.states.length === 0 ? box.id : anchor(box);
  return `${quoted(id)}${looks.length === 0 ? '' : ` [${looks.join(', ')}]`}`;
}

function cluster(attribute: string, box: StateBox | undefined): readonly string[] {
  if (box === undefined || box.states.length === 0) return [];
  return [`${attribute}=${quoted(`cluster ${box.id}`)}`];
}

function anchor(box: StateBox): string {
  return `${box.id} begins`;
}

/** A word of Graphviz's language. */
export function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&').replaceAll('\n', '\\n')}"`;
}

/** Text within a label of HTML. */
export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
