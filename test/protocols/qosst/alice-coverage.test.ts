import { describe, expect, it } from 'vitest';
import { requirements } from '#models/qosst/index.ts';
import type { Requirement } from '#models/language/index.ts';
import { qosst } from '#src/protocols/qosst/index.ts';

const aliceCases = qosst.cases.filter(({ against }) => against === 'alice');
const observable = Object.values<Requirement>(requirements).filter(
  ({ binds, unobservable }) => unobservable === undefined && ['alice', 'any'].includes(binds),
);

describe('the cases against Alice', () => {
  it('cover every requirement that binds her and that a trace can show', () => {
    const covered = new Set(aliceCases.flatMap(({ covers }) => covers.map(({ id }) => id)));
    const missing = observable.map(({ id }) => id).filter((id) => !covered.has(id));
    expect(missing).toEqual([]);
  });

  it('have ids of their own, and each covers something', () => {
    const ids = aliceCases.map(({ id }) => id);
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
    expect(aliceCases.filter(({ covers }) => covers.length === 0).map(({ id }) => id)).toEqual([]);
  });

  it('cover no requirement that cannot be seen', () => {
    const unseen = aliceCases.filter(({ covers }) =>
      covers.some(({ unobservable }) => unobservable !== undefined),
    );
    expect(unseen.map(({ id }) => id)).toEqual([]);
  });
});

describe('the mutants of Alice', () => {
  const mutants = qosst.mutants.filter(({ side }) => side === 'alice');

  it('are at least thirty, eight of them deep, with ids of their own', () => {
    const ids = mutants.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(mutants.length).toBeGreaterThanOrEqual(30);
    expect(mutants.filter(({ deep }) => deep).length).toBeGreaterThanOrEqual(8);
    expect(ids.filter((id) => !id.startsWith('alice-'))).toEqual([]);
  });

  it('break requirements that a trace can show', () => {
    const unseen = mutants.filter(({ breaks }) => breaks.unobservable !== undefined);
    expect(unseen.map(({ id }) => id)).toEqual([]);
  });
});
