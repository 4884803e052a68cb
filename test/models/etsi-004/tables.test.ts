import { describe, expect, it } from 'vitest';
import { etsi004Model as model } from '#models/etsi-004/index.ts';
import { modules, read } from '../../tidy/sources.ts';

const requirements = Object.entries(model.requirements);
const ambiguities = Object.entries(model.ambiguities);
const known = new Set(Object.values(model.requirements));

describe('the requirements of the push interface', () => {
  it('are many', () => expect(requirements.length).toBeGreaterThan(60));

  it('have ids and texts of their own', () => {
    expect(requirements.filter(([key, { id }]) => id !== `etsi-004/${key}`)).toEqual([]);
    expect(new Set(requirements.map(([, { text }]) => text)).size).toBe(requirements.length);
  });

  it('cite documents that the model lists, and no document is listed for nothing', () => {
    const cited = new Set([...requirements, ...ambiguities].map(([, { cite }]) => cite.document));
    expect([...cited].toSorted()).toEqual(Object.keys(model.documents).toSorted());
    expect(requirements.filter(([, { cite }]) => cite.section.trim() === '')).toEqual([]);
  });

  it('say why where they cannot be observed', () => {
    const mute = requirements.filter(([, row]) => row.unobservable?.trim() === '');
    expect(mute).toEqual([]);
    const hidden = requirements.filter(([, row]) => row.unobservable !== undefined);
    expect(hidden.length).toBeLessThan(requirements.length / 4);
  });

  it('are spread over every file of their folder', () => {
    const topics = modules('models/etsi-004/requirements').map(({ path }) => path);
    const index = read('models/etsi-004/requirements.ts');
    expect(topics.length).toBeGreaterThan(4);
    const forgotten = topics.filter(
      (path) => !index.includes(path.replace('models/etsi-004', '.')),
    );
    expect(forgotten).toEqual([]);
  });

  it('that guards, blame and haste name are of this model, and bind the side that is blamed', () => {
    const named = [...Object.values(model.guards), ...Object.values(model.early)];
    const blamed = Object.values(model.blame).flatMap((sides) => Object.entries(sides));
    expect([...named, ...blamed.map(([, row]) => row)].filter((row) => !known.has(row))).toEqual(
      [],
    );
    expect(blamed.filter(([side, { binds }]) => binds !== 'any' && binds !== side)).toEqual([]);
  });

  it('of early messages bind the side that says them', () => {
    const astray = Object.entries(model.early).filter(
      ([message, { binds }]) =>
        !Object.entries(model.messages).some(
          ([name, { saidBy }]) => name === message && saidBy.some((side) => side === binds),
        ),
    );
    expect(astray).toEqual([]);
  });
});

describe('the ambiguities of the push interface', () => {
  it('have ids of their own and at least two readings, of which an open one is assumed', () => {
    expect(ambiguities.filter(([key, { id }]) => id !== `etsi-004/${key}`)).toEqual([]);
    const astray = ambiguities.filter(
      ([, { readings, assumed }]) =>
        Object.keys(readings).length < 2 ||
        Object.entries(readings).find(([name]) => name === assumed)?.[1].standing !== 'open',
    );
    expect(astray.map(([key]) => key)).toEqual([]);
  });

  it('hold all sixteen contradictions of the specification', () => {
    const told = modules('models/etsi-004/ambiguities')
      .map(({ path }) => read(path))
      .join('\n');
    const facts = [...told.matchAll(/\/\/ facts (.*)/g)].flatMap(([, list = '']) =>
      list.split(', '),
    );
    const sixteen = Array.from({ length: 16 }, (_, index) => `1.2.${index + 1}`);
    expect(sixteen.filter((fact) => !facts.includes(fact))).toEqual([]);
  });

  it('are asked for only by readings that there are', () => {
    const asked = modules('models/etsi-004').flatMap(({ told }) =>
      [...told.matchAll(/reads\('(\w+)', '(\w+)'\)|readings\['(\w+)'\] === '(\w+)'/g)].map(
        ([, key, reading, otherKey, otherReading]) => [key ?? otherKey, reading ?? otherReading],
      ),
    );
    const offered = ambiguities.flatMap(([key, { readings }]) =>
      Object.keys(readings).map((reading) => `${key}=${reading}`),
    );
    expect(asked.length).toBeGreaterThan(15);
    expect(asked.filter((pair) => !offered.includes(pair.join('=')))).toEqual([]);
  });
});
