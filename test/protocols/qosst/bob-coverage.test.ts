import { describe, expect, it } from 'vitest';

import { messages, qosstModel, requirements } from '#models/qosst/index.ts';
import { qosst } from '#src/protocols/qosst/index.ts';

const cases = qosst.cases.filter(({ against }) => against === 'bob');
const covered = new Set(cases.flatMap(({ covers }) => covers.map(({ id }) => id)));
const observable = Object.values(requirements).filter(
  ({ binds, unobservable }) => ['bob', 'any'].includes(binds) && unobservable === undefined,
);

describe('the cases against Bob', () => {
  it.each(observable)('cover $id', ({ id }) => {
    expect(covered).toContain(id);
  });

  it('cover nothing but what binds Bob and shows on the wire', () => {
    const strange = cases
      .flatMap(({ id, covers }) => covers.map((row) => ({ id, row })))
      .filter(({ row }) => row.binds === 'alice' || row.unobservable !== undefined);
    expect(strange.map(({ id, row }) => `${id}: ${row.id}`)).toEqual([]);
  });

  it('give each of the 59 messages as an answer in each state that the session reaches', () => {
    const states = new Set(
      cases.flatMap(({ id }) => /^qosst\/client\/([^/]+)\//.exec(id)?.[1] ?? []),
    );
    expect(states.size).toBeGreaterThanOrEqual(18);
    for (const state of states) {
      const given = cases.filter(({ id }) => id.startsWith(`qosst/client/${state}/`));
      expect(given).toHaveLength(Object.keys(messages).length);
    }
  });

  it('leave one wrong answer a state to a run that starts a client for each case', () => {
    const wrong = cases.filter(
      ({ id, tags }) => id.endsWith('-is-wrong') && tags?.includes('exhaustive') !== true,
    );
    const states = wrong.map(({ id }) => id.split('/')[2]);
    expect(new Set(states).size).toBe(states.length);
  });

  it('are for the client of the protocol', () => {
    expect(qosstModel.server).toBe('alice');
  });
});
