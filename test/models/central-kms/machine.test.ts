import { describe, expect, it } from 'vitest';
import type { AnyStateNode } from 'xstate';
import { centralKmsModel as model } from '#models/central-kms/index.ts';
import { inState, shortestPath, usualMoves } from '#src/chart/path.ts';
import { attempt, call, chart, connected, contents, start, take, wrong } from './speaking.ts';

const nodes = descendants(model.session.root);
const transitions = nodes.flatMap((node) => [...node.transitions.values()].flat());

/** States that only what a side does wrong leads to, or the end of the connection. */
const byFlaw =
  /^stray\.(?!none$)|^kmsStray\.(?!none$)|\.(?:refusing|refused|stranded|refuting|suspended|doubtful|kmsFails|sidecarFails|terminated)$/;
const byReading: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'connection.kmsLeaving': { kmsLeaves: 'anytime' },
};

describe('the session machine of the central KMS socket', () => {
  it('was read', () => {
    expect(nodes.length).toBeGreaterThan(45);
    expect(transitions.length).toBeGreaterThan(150);
  });

  it('says which requirement decides wherever something is owed', () => {
    const owing = nodes.filter((node) => node.tags.length > 0);
    expect(owing.length).toBeGreaterThan(20);
    const sides = (node: AnyStateNode) => node.tags.map((tag) => tag.replace('owes:', ''));
    const mute = owing.filter((node) => {
      const binds = node.meta?.covers?.[0]?.binds;
      return binds !== 'any' && !sides(node).includes(binds);
    });
    expect(mute.map(({ id }) => id)).toEqual([]);
  });

  it('has few enough guards on every event', () => {
    const types = new Set(transitions.map(({ eventType }) => eventType));
    const most = [...types].map((type) => {
      const guards = transitions
        .filter(({ eventType }) => eventType === type)
        .flatMap(({ guard }) => named(guard));
      return new Set(guards).size;
    });
    expect(Math.max(...most)).toBeLessThanOrEqual(31);
  });

  it.each(chart.states.filter((state) => !byFlaw.test(state)))(
    'leads a legal way to %s',
    (state) => {
      const position = start(byReading[state] ?? {});
      const goal = inState(state);
      const usual = shortestPath(chart, model, { position, contents, goal, onward: usualMoves });
      const path = usual ?? shortestPath(chart, model, { position, contents, goal });
      expect(path).not.toBeNull();
    },
  );

  it.each([
    { state: 'connection.refusing', type: 'sidecar.malformed', carried: { fault: 'upgrade' } },
    {
      state: 'connection.stranded',
      type: 'central-kms.unfit',
      carried: { fault: 'upgrade' },
      from: 'upgrading',
    },
    {
      state: 'connection.kmsFails',
      type: 'sidecar.malformed',
      carried: { fault: 'frame' },
      from: 'connected',
    },
    {
      state: 'connection.sidecarFails',
      type: 'central-kms.malformed',
      carried: { fault: 'frame' },
      from: 'connected',
    },
    {
      state: 'connection.refuting',
      type: 'sidecar.unauthentic',
      carried: wrong('wrongRow'),
      from: 'challenged',
    },
    {
      state: 'connection.doubtful',
      type: 'central-kms.unfit',
      carried: { content: { jsonrpc: '2.0', id: 'register-0', result: 1 } },
      from: 'registering',
    },
    { state: 'stray.unparsed', type: 'sidecar.malformed', carried: {}, from: 'connected' },
    {
      state: 'stray.invalid',
      type: 'sidecar.malformed',
      carried: { content: 1 },
      from: 'connected',
    },
    {
      state: 'stray.array',
      type: 'sidecar.malformed',
      carried: { content: [1] },
      from: 'connected',
    },
    {
      state: 'stray.unknownMethod',
      type: 'sidecar.unknown',
      carried: { content: { id: '1', method: 'x' } },
      from: 'connected',
    },
    { state: 'stray.unfit', type: 'sidecar.unfit', carried: call('batch'), from: 'connected' },
    {
      state: 'stray.misplaced',
      type: 'sidecar.misplaced',
      carried: call('batch'),
      from: 'connected',
    },
    {
      state: 'kmsStray.unknownMethod',
      type: 'central-kms.unknown',
      carried: { content: { id: '1', method: 'x' } },
      from: 'connected',
    },
    {
      state: 'kmsStray.unfit',
      type: 'central-kms.unfit',
      carried: call('inquiry'),
      from: 'connected',
    },
  ])('leads to $state by what a side does wrong', ({ state, type, carried, from }) => {
    const goal = inState(`connection.${from ?? 'connecting'}`);
    const path = shortestPath(chart, model, { position: start(), contents, goal });
    const before = path?.at(-1)?.step ?? start();
    expect(attempt(before, type, carried)?.place.states).toContain(state);
  });

  it('offers nothing once the connection is over', () => {
    const failing = take(connected(), 'sidecar.malformed', { fault: 'frame' });
    const over = take(failing, 'central-kms.closes');
    const types = new Set(transitions.map(({ eventType }) => eventType));
    const offered = [...types].filter((type) => {
      const message = type.slice(type.indexOf('.') + 1);
      const known = contents(message, over).map((content) => ({ content }));
      return [{}, ...known].some((carried) => attempt(over, type, carried) !== null);
    });
    expect(offered).toEqual([]);
  });
});

function descendants(node: AnyStateNode): readonly AnyStateNode[] {
  return [node, ...Object.values(node.states).flatMap(descendants)];
}

/** The name of a guard or an action. */
function named(what: unknown): readonly string[] {
  if (typeof what === 'string') return [what];
  if (typeof what !== 'object' || what === null || !('type' in what)) return [];
  return [String(what.type)];
}
