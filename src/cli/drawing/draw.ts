import type { Model } from '#models/language/index.ts';
import { foldAlike } from './alike.ts';
import { dotOf } from './dot.ts';
import { graphOf } from './graph.ts';
import { mermaidOf } from './mermaid.ts';
import { phaseDot } from './phase-dot.ts';
import { phasesOf } from './phases.ts';
import { reachedIn } from './reached.ts';
import { recordOf } from './record.ts';

/** Draws a model's machine as `svg`, `mermaid`, `dot` or `json`; pictures show what is alike once. */
export async function draw(model: Model, format: string): Promise<string> {
  const graph = graphOf(model);
  switch (format) {
    case 'mermaid':
      return mermaidOf(foldAlike(graph));
    case 'dot':
      return dotOf(foldAlike(graph));
    case 'json':
      return `${JSON.stringify(recordOf(graph), null, 2)}\n`;
    default: {
      const viz = await quietGraphviz();
      return viz.renderString(dotOf(foldAlike(graph)), { format: 'svg' });
    }
  }
}

/** A phase of a machine, drawn as SVG, with how much of it a run reached. */
export interface DrawnPhase {
  readonly name: string;
  readonly svg: string;
  readonly states: Part;
  readonly transitions: Part;
}

interface Part {
  readonly reached: number;
  readonly total: number;
}

/** Draws the phases of a machine, marked with the states and transitions that a report names. */
export type DrawPhases = (
  model: Model,
  names: { readonly states: readonly string[]; readonly transitions: readonly string[] },
) => readonly DrawnPhase[];

/** What draws phases, once Graphviz is there. */
export async function phaseDrawer(): Promise<DrawPhases> {
  const viz = await quietGraphviz();
  return (model, names) => {
    const graph = graphOf(model);
    const reached = reachedIn(graph, names);
    return phasesOf(foldAlike(graph)).map((phase) => ({
      name: phase.title,
      svg: viz.renderString(phaseDot(phase, reached), { format: 'svg' }),
      states: share(
        phase.states.filter(({ kind }) => kind !== 'history'),
        reached.states,
      ),
      transitions: share(phase.arrows, reached.transitions),
    }));
  };
}

function share(all: readonly { readonly id: string }[], reached: ReadonlySet<string>): Part {
  return { reached: all.filter(({ id }) => reached.has(id)).length, total: all.length };
}

/**
 * Graphviz complains on the console of edges for which it finds no curve, and draws them straight.
 * It remembers the console's function when it is loaded: that one says nothing.
 */
async function quietGraphviz() {
  const { instance } = await import('@viz-js/viz');
  const { error } = console;
  console.error = () => {};
  try {
    return await instance();
  } finally {
    console.error = error;
  }
}
