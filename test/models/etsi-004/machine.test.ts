import { describe, expect, it } from 'vitest';
import type { AnyStateNode } from 'xstate';
import { etsi004Model as model, regions } from '#models/etsi-004/index.ts';
import { flawKinds } from '#models/language/index.ts';
import type { Position } from '#src/chart/chart.ts';
import { inState, shortestPath } from '#src/chart/path.ts';
import { attempt, chart, content, contents, ids, start } from './speaking.ts';

/** States that only what a side does wrong leads to. */
const byFlaw = /^stray\.(?!none$)|\.doubtful$/;

const idle = 'stray.none';
const unknownKey = content('getKey', { key_stream_id: ids.third });
const ofFlaws = [
  { state: 'stray.malformed', from: idle, type: 'kms.malformed', carried: { end: 'a' } },
  { state: 'stray.notFound', from: idle, type: 'kms.unknown', carried: { fault: 'path' } },
  { state: 'stray.wrongMethod', from: idle, type: 'kms.unknown', carried: { fault: 'method' } },
  { state: 'stray.unfit', from: idle, type: 'kms.unfit', carried: { call: 'openConnect' } },
  {
    state: 'stray.unknownStream',
    from: idle,
    type: 'kms.misplaced',
    carried: { call: 'getKey', content: unknownKey },
  },
  {
    state: 'stray.misplaced',
    from: 'oneB.opening',
    type: 'kms.misplaced',
    carried: { call: 'openConnect', content: content('openConnect', { key_stream_id: ids.first }) },
  },
  {
    state: 'stray.closedStream',
    from: 'oneB.closed',
    type: 'kms.misplaced',
    carried: { call: 'close', content: content('close', { key_stream_id: ids.first }) },
  },
  {
    state: 'stray.badPush',
    from: idle,
    type: 'qkd-device.unfit',
    carried: { call: 'keyMaterial' },
  },
  {
    state: 'stray.unknownPush',
    from: idle,
    type: 'qkd-device.misplaced',
    carried: { call: 'keyMaterial', content: content('keyMaterial') },
  },
  { state: 'stray.left', from: idle, type: 'kms.closes', carried: {} },
  ...Object.keys(regions).map((region) => ({
    state: `${region}.doubtful`,
    from: `${region}.opening`,
    type: 'qkd-device.malformed',
    carried: { call: 'openConnect' },
  })),
];

const nodes = descendants(model.session.root);
const transitions = nodes.flatMap((node) => [...node.transitions.values()].flat());

describe('the session machine of the push interface', () => {
  it('was read', () => {
    expect(nodes.length).toBeGreaterThan(60);
    expect(transitions.length).toBeGreaterThan(200);
  });

  it('has one machine a stream at each end, all alike', () => {
    const regional = nodes.filter(({ key }) => key in regions);
    expect(regional.map(({ key }) => key)).toEqual(Object.keys(regions));
    const shapes = regional.map((node) => Object.keys(node.states));
    expect(shapes[0]?.length).toBeGreaterThan(8);
    for (const shape of shapes) expect(shape).toEqual(shapes[0]);
  });

  it('says which requirement decides wherever something is owed', () => {
    const owing = nodes.filter((node) => node.tags.length > 0);
    expect(owing.length).toBeGreaterThan(20);
    const mute = owing.filter(({ meta }) => (meta?.covers ?? []).length === 0);
    expect(mute.map(({ id }) => id)).toEqual([]);
  });

  it.each(chart.states.filter((state) => !byFlaw.test(state)))(
    'leads a legal way to %s',
    (state) => {
      const goal = inState(state);
      const path = shortestPath(chart, model, { position: start(), contents, goal });
      expect(path).not.toBeNull();
    },
  );

  it.each(ofFlaws)(
    'leads to $state only by what a side does wrong',
    ({ state, from, type, carried }) => {
      const goal = (position: Position) => inState(from)(position) && opensOne(position);
      const path = shortestPath(chart, model, { position: start(), contents, goal });
      const before = path?.at(-1)?.step ?? start();
      expect(attempt(before, type, carried)?.place.states).toContain(state);
      const transition = transitions.filter(
        ({ target, eventType, guard }) =>
          target?.some((node) => node.path.slice(-2).join('.') === state) &&
          ![...flawed, 'withdraws'].some((flaw) => eventType.endsWith(`.${flaw}`)) &&
          !named(guard).some((name) => name.endsWith('Doubted')),
      );
      expect(transition).toEqual([]);
    },
  );

  it('says of every state how one gets there, but for streams beyond those that are followed', () => {
    const told = ofFlaws.map(({ state }) => state);
    const untold = chart.states.filter((state) => byFlaw.test(state) && !told.includes(state));
    expect(untold).toEqual(['stray.beyond', 'stray.pushBeyond']);
  });
});

/** At most one call to open a stream awaits its answer. */
function opensOne({ place }: Position): boolean {
  return place.states.filter((state) => state.endsWith('.opening')).length <= 1;
}

const flawed: readonly string[] = [...Object.keys(flawKinds), 'closes'];

function descendants(node: AnyStateNode): readonly AnyStateNode[] {
  return [node, ...Object.values(node.states).flatMap(descendants)];
}

/** The name of a guard or an action. */
function named(what: unknown): readonly string[] {
  if (typeof what === 'string') return [what];
  if (typeof what !== 'object' || what === null || !('type' in what)) return [];
  return [String(what.type)];
}
