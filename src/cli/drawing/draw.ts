import type { Model } from '#models/language/index.ts';
import { foldAlike } from './alike.ts';
import { dotOf } from './dot.ts';
import { graphOf } from './graph.ts';
import { mermaidOf } from './mermaid.ts';
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
