import { describe, expect, it } from 'vitest';
import { foldAlike } from '#src/cli/drawing/alike.ts';
import { draw } from '#src/cli/drawing/draw.ts';
import { graphOf } from '#src/cli/drawing/graph.ts';
import { protocolOf } from '#src/cli/target-url.ts';
import { protocols } from '#src/protocols/index.ts';

const streams = protocolOf('etsi-004', protocols).model;
const qosst = protocolOf('qosst', protocols).model;

describe('a drawn machine', () => {
  it('shows regions that are alike once, under all their names', async () => {
    const dot = await draw(streams, 'dot');
    expect(dot).toContain('<b>oneA, oneB, twoA, twoB</b>');
    expect(dot).toContain('"oneA.idle" -> "oneA.opening" [label="kms.openConnect [opens]"');
    expect(dot).not.toMatch(/oneB\.|twoA\.|twoB\.|\[oneA/);
  });

  it('keeps every other region, and all that is in it', () => {
    const graph = graphOf(streams);
    const { root, arrows } = foldAlike(graph);
    expect(root.states.map(({ id }) => id)).toEqual(['stray', 'oneA', 'memory']);
    const within = (id: string) => (arrow: { readonly from: string }) =>
      arrow.from === id || arrow.from.startsWith(`${id}.`);
    for (const id of ['stray', 'oneA', 'memory']) {
      expect(arrows.filter(within(id))).toHaveLength(graph.arrows.filter(within(id)).length);
    }
  });

  it('is whole where no region is like another, and for programs', async () => {
    expect(foldAlike(graphOf(qosst))).toEqual(graphOf(qosst));
    const { states }: { states: { id: string }[] } = JSON.parse(await draw(streams, 'json'));
    const ids = states.map(({ id }) => id);
    for (const region of ['oneA', 'oneB', 'twoA', 'twoB']) expect(ids).toContain(`${region}.idle`);
  });

  it('does not fold what differs in one guard', () => {
    const graph = graphOf(streams);
    const at = graph.arrows.findIndex(
      ({ from, guard }) => from.startsWith('twoB.') && guard !== null,
    );
    const arrows = graph.arrows.map((arrow, index) =>
      index === at ? { ...arrow, guard: 'twoBNeverSo' } : arrow,
    );
    const { root } = foldAlike({ ...graph, arrows });
    expect(root.states.map(({ name }) => name)).toContain('twoB');
    expect(root.states.map(({ name }) => name)).toContain('oneA, oneB, twoA');
  });

  it.each(['svg', 'mermaid'])('of every protocol is %s', async (format) => {
    for (const { model } of [streams, qosst].map((model) => ({ model }))) {
      expect(await draw(model, format)).toContain(model.title);
    }
  });
});
