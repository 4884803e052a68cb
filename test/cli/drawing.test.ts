import { describe, expect, it } from 'vitest';
import type { Model } from '#models/language/index.ts';
import { chartOf } from '#src/chart/chart-of.ts';
import { foldAlike } from '#src/cli/drawing/alike.ts';
import { draw, phaseDrawer } from '#src/cli/drawing/draw.ts';
import { edgeLabels } from '#src/cli/drawing/edge-labels.ts';
import { graphOf, type Arrow } from '#src/cli/drawing/graph.ts';
import { phasesOf } from '#src/cli/drawing/phases.ts';
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

describe('the phases of a machine, with what a run reached', () => {
  const named = (model: Model) => chartOf(model.session);
  const nothing = { states: [], transitions: [] };

  it.each(protocols.map(({ name, model }) => ({ name, model })))(
    'can be drawn whatever was reached: $name',
    async ({ model }) => {
      const { states, transitions } = named(model);
      const drawPhases = await phaseDrawer();
      const all = drawPhases(model, { states, transitions });
      const none = drawPhases(model, nothing);
      const size = ({ svg }: { readonly svg: string }) => /viewBox="[^"]*"/.exec(svg)?.[0];
      expect(all.length).toBeGreaterThan(2);
      expect(none.map(size)).toEqual(all.map(size));
      expect(none.map(({ svg }) => svg).join('')).not.toContain('✓');
      expect(none.every((phase) => phase.states.reached + phase.transitions.reached === 0)).toBe(
        true,
      );
      const hit = all.reduce((sum, phase) => sum + phase.transitions.reached, 0);
      const drawn = all.reduce((sum, phase) => sum + phase.transitions.total, 0);
      expect(hit).toBeGreaterThan(drawn * 0.95);
    },
  );

  it('have every transition once', () => {
    for (const { model } of protocols) {
      const graph = foldAlike(graphOf(model));
      const drawn = phasesOf(graph).flatMap(({ arrows }) => arrows);
      const has = graph.arrows.filter(({ from }) => from !== graph.root.id);
      expect(drawn.toSorted(byFrom)).toEqual(has.toSorted(byFrom));
    }
  });

  it('mark what was reached in a region that is drawn with another', async () => {
    const { states } = named(streams);
    expect(states).toContain('twoB.opening');
    const phases = (await phaseDrawer())(streams, { ...nothing, states: ['twoB.opening'] });
    const [, , oneA] = phases;
    expect(oneA?.name).toBe('oneA, oneB, twoA, twoB');
    expect(oneA?.svg).toContain('✓ opening');
    expect(oneA?.states.reached).toBe(1);
  });

  it('gather many messages under one guard, and many guards of one message', () => {
    const labels = ['a.one [g]', 'a.two [g]', 'a.three [g]', 'a.four [g]', 'a.five'];
    const ids = ['1', '2', '3', '4', '5'];
    const transitions = new Set(['2', '4']);
    expect(edgeLabels({ labels, ids }, { transitions })).toEqual([
      '✓ [g]: 2 of 4 messages',
      '○ a.five',
    ]);
    const guards = ['f', 'g', 'h', 'i', 'j'].map((guard) => `a.one [${guard}]`);
    expect(edgeLabels({ labels: guards, ids }, { transitions })).toEqual([
      '✓ a.one: 2 of 5 guards',
    ]);
    expect(edgeLabels({ labels: ['a.one'], ids: ['2'] }, { transitions })).toEqual(['✓ a.one']);
  });
});

function byFrom(left: Arrow, right: Arrow): number {
  return `${left.from} ${left.id}`.localeCompare(`${right.from} ${right.id}`);
}
