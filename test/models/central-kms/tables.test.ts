import { describe, expect, it } from 'vitest';
import { centralKmsModel as model } from '#models/central-kms/index.ts';
import { modules, read } from '../../tidy/sources.ts';

const requirements = Object.entries(model.requirements);
const ambiguities = Object.entries(model.ambiguities);
const known = new Set(Object.values(model.requirements));
const folder = 'models/central-kms';

describe('the requirements of the central KMS socket', () => {
  it('are many', () => expect(requirements.length).toBeGreaterThan(120));

  it('have ids and texts of their own', () => {
    expect(requirements.filter(([key, { id }]) => id !== `central-kms/${key}`)).toEqual([]);
    expect(new Set(requirements.map(([, { text }]) => text)).size).toBe(requirements.length);
  });

  it('cite documents that the model lists, and no document is listed for nothing', () => {
    const cited = new Set([...requirements, ...ambiguities].map(([, { cite }]) => cite.document));
    expect([...cited].toSorted()).toEqual(Object.keys(model.documents).toSorted());
    expect(requirements.filter(([, { cite }]) => cite.section.trim() === '')).toEqual([]);
  });

  it('say why where they cannot be observed, as every permission does', () => {
    const mute = requirements.filter(([, row]) => row.unobservable?.trim() === '');
    expect(mute).toEqual([]);
    const permitted = requirements.filter(([, { level }]) => level === 'MAY');
    expect(permitted.length).toBeGreaterThan(5);
    expect(permitted.filter(([, row]) => row.unobservable === undefined)).toEqual([]);
    const hidden = requirements.filter(([, row]) => row.unobservable !== undefined);
    expect(hidden.length).toBeLessThan(requirements.length / 8);
  });

  it('tell of security in notes alone', () => {
    const notes = requirements.filter(([, row]) => row.unobservable?.startsWith('A note: '));
    expect(notes.map(([key]) => key)).toContain('keysInClear');
    expect(notes.filter(([, { level }]) => level !== 'MAY')).toEqual([]);
  });

  it('are spread over every file of their folder, as the ambiguities are over theirs', () => {
    for (const kind of ['requirements', 'ambiguities']) {
      const topics = modules(`${folder}/${kind}`).map(({ path }) => path);
      const index = read(`${folder}/${kind}.ts`);
      expect(topics.length).toBeGreaterThan(5);
      expect(topics.filter((path) => !index.includes(path.replace(folder, '.')))).toEqual([]);
    }
  });

  it('that guards, blame and haste name are of this model, and bind the side that is blamed', () => {
    const named = [
      ...Object.values(model.guards),
      ...Object.values(model.early),
      ...Object.values(model.after),
    ];
    const blamed = Object.values(model.blame).flatMap((sides) => Object.entries(sides));
    const all = [...named, model.unfinished, ...blamed.map(([, row]) => row)];
    expect(all.filter((row) => !known.has(row))).toEqual([]);
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

describe('the ambiguities of the central KMS socket', () => {
  const told = modules(`${folder}/ambiguities`)
    .map(({ path }) => read(path))
    .join('\n');
  const asked = modules(folder).flatMap(({ told: text }) =>
    [...text.matchAll(/reads\(\s*(?:scene\.)?context,\s*'(\w+)',\s*'(\w+)',?\s*\)/g)].map(
      ([, key = '', reading = '']) => [key, reading],
    ),
  );

  it('have ids of their own and at least two readings, of which an open one is assumed', () => {
    expect(ambiguities.length).toBeGreaterThan(50);
    expect(ambiguities.filter(([key, { id }]) => id !== `central-kms/${key}`)).toEqual([]);
    const astray = ambiguities.filter(
      ([, { readings, assumed }]) =>
        Object.keys(readings).length < 2 ||
        Object.entries(readings).find(([name]) => name === assumed)?.[1].standing !== 'open',
    );
    expect(astray.map(([key]) => key)).toEqual([]);
  });

  it('hold every contradiction of the document that makes a difference on the wire', () => {
    const facts = [...told.matchAll(/\/\/ facts ([\d., ]+)/g)].flatMap(([, list = '']) =>
      list.split(', ').map((fact) => fact.trim()),
    );
    /** The text about batch is that about challenge; the KMS commands itself. */
    const same = ['4.15', '4.16'];
    const all = Array.from({ length: 36 }, (_, index) => `4.${index + 1}`);
    expect(all.filter((fact) => !facts.includes(fact) && !same.includes(fact))).toEqual([]);
  });

  it('are asked for only by readings that there are', () => {
    const offered = ambiguities.flatMap(([key, { readings }]) =>
      Object.keys(readings).map((reading) => `${key}=${reading}`),
    );
    expect(asked.length).toBeGreaterThan(40);
    expect(asked.filter((pair) => !offered.includes(pair.join('=')))).toEqual([]);
  });

  it('are each asked for by the machine, or said to be for another part of the room', () => {
    const elsewhere = new Map(
      told.split('defineAmbiguity(').flatMap((row): [string, string][] => {
        const [, key] = /^\s*'central-kms\/(\w+)'/.exec(row) ?? [];
        const [, where] = /\/\/ facts [\d., ]+; (\w+)/.exec(row) ?? [];
        return key === undefined || where === undefined ? [] : [[key, where]];
      }),
    );
    const inMachine = new Set(asked.map(([key]) => key));
    const homeless = ambiguities.filter(([key]) => !inMachine.has(key) && !elsewhere.has(key));
    expect(homeless.map(([key]) => key)).toEqual([]);
    expect([...elsewhere.keys()].filter((key) => inMachine.has(key))).toEqual([]);
    const parts = ['perceive', 'audits', 'compose', 'cases', 'profile'];
    expect([...elsewhere.values()].filter((where) => !parts.includes(where))).toEqual([]);
  });
});
