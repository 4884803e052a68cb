import { describe, expect, it } from 'vitest';
import type { AnyStateNode, AnyTransitionDefinition } from 'xstate';
import { flawKinds } from '#models/language/index.ts';
import { chartOf } from '#src/chart/chart-of.ts';
import { protocols } from '#src/protocols/index.ts';

describe.each(protocols.map((protocol) => ({ name: protocol.name, protocol })))(
  'the session machine of $name',
  ({ protocol }) => {
    const { model, sides, cases, farewell, parting = {} } = protocol;
    const { session } = model;
    const nodes = descendants(session.root);
    const transitions = nodes.flatMap(definitions);
    const chart = chartOf(session);

    it('was read: states and transitions', () => {
      expect(nodes.length).toBeGreaterThan(20);
      expect(transitions.length).toBeGreaterThan(50);
    });

    it('leads only to states that there are', () => {
      const targets = transitions.flatMap(({ target }) => target ?? []);
      expect(targets.length).toBeGreaterThan(50);
      expect(targets.every((target) => nodes.includes(target))).toBe(true);
    });

    it('asks all guards that are declared, and no other', () => {
      const asked = new Set(transitions.flatMap(({ guard }) => named(guard)));
      expect([...asked].sort()).toEqual(Object.keys(session.implementations.guards).sort());
    });

    it('takes all actions that are declared, and no other', () => {
      const taken = new Set(transitions.flatMap(({ actions }) => actions.flatMap(named)));
      expect([...taken].sort()).toEqual(Object.keys(session.implementations.actions).sort());
    });

    it('hears only what a side can say, do wrong, or do to the connection', () => {
      const heard = new Set(transitions.map(({ eventType }) => eventType));
      const known = model.sides.flatMap((side) => [
        ...Object.entries(model.messages)
          .filter(([, row]) => row.saidBy.includes(side))
          .map(([message]) => `${side}.${message}`),
        ...Object.keys(flawKinds).map((flaw) => `${side}.${flaw}`),
        ...['closes', 'withdraws', '*'].map((what) => `${side}.${what}`),
      ]);
      expect([...heard].filter((event) => !known.includes(event))).toEqual([]);
    });

    it('hears every message of every side somewhere', () => {
      const heard = new Set(transitions.map(({ eventType }) => eventType));
      const said = Object.entries(model.messages).flatMap(([message, { saidBy }]) =>
        saidBy.map((side) => `${side}.${message}`),
      );
      expect(said.filter((event) => !heard.has(event))).toEqual([]);
    });

    it('explains guards that there are', () => {
      const declared = Object.keys(session.implementations.guards);
      expect(Object.keys(model.guards).filter((guard) => !declared.includes(guard))).toEqual([]);
    });

    it('says of every state what requirement decides there, or leaves the turn to the client', () => {
      const mute = nodes
        .filter((node) => isLeaf(node) && node.tags.length > 0)
        .filter((node) => {
          const told = [node, ...ancestors(node)].flatMap(({ meta }) => meta?.covers ?? []);
          return told.length === 0 && node.meta?.aside === undefined;
        });
      expect(mute.map(({ id }) => id)).toEqual([]);
    });

    it('covers requirements of its own model', () => {
      const known = new Set(Object.values(model.requirements).map(({ id }) => id));
      const covered = nodes.flatMap(({ meta }) => meta?.covers ?? []);
      expect(covered.length).toBeGreaterThan(20);
      expect(covered.filter(({ id }) => !known.has(id))).toEqual([]);
    });

    it('gives every leaf a name of its own, <phase>.<state>', () => {
      const { states } = chart;
      expect(states.filter((state, index) => states.indexOf(state) !== index)).toEqual([]);
    });

    it('lets the server of the reference answer in every state in which it owes', () => {
      const record = sides[model.server];
      const owing = nodes
        .filter((node) => isLeaf(node) && node.tags.includes(`owes:${model.server}`))
        .map((node) => node.path.slice(-2).join('.'));
      expect(owing.length).toBeGreaterThan(4);
      expect(owing.filter((state) => record?.answers[state] === undefined)).toEqual([]);
    });

    it('has the states that the reference sides speak in', () => {
      const spoken = Object.values(sides).flatMap(({ answers }) => Object.keys(answers));
      expect(spoken.filter((state) => !chart.states.includes(state))).toEqual([]);
    });

    it('has the states that cases begin in', () => {
      const astray = cases.filter(({ from }) => from !== undefined && !chart.states.includes(from));
      expect(astray.map(({ id, from }) => `${id}: ${from}`)).toEqual([]);
    });

    it('knows the messages of every farewell', () => {
      const last = [...Object.entries(farewell), ...Object.entries(parting)];
      const said = last.flatMap(([side, messages]) =>
        messages.map((message) => ({ side, message })),
      );
      const astray = said.filter(
        ({ side, message }) => model.messages[message]?.saidBy.includes(side) !== true,
      );
      expect(astray).toEqual([]);
    });
  },
);

function descendants(node: AnyStateNode): readonly AnyStateNode[] {
  return [node, ...Object.values(node.states).flatMap(descendants)];
}

function ancestors(node: AnyStateNode): readonly AnyStateNode[] {
  return node.parent === undefined ? [] : [node.parent, ...ancestors(node.parent)];
}

function definitions(node: AnyStateNode): readonly AnyTransitionDefinition[] {
  return [...node.transitions.values()].flat();
}

function isLeaf(node: AnyStateNode): boolean {
  return node.type === 'atomic' || node.type === 'final';
}

/** The name of a guard or an action. */
function named(what: unknown): readonly string[] {
  if (typeof what === 'string') return [what];
  if (typeof what !== 'object' || what === null || !('type' in what)) return [];
  return [String(what.type)];
}
