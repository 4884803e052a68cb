import { describe, expect, it } from 'vitest';
import { protocols } from '#src/protocols/index.ts';
import { modules } from '../tidy/sources.ts';

describe.each(protocols.map((protocol) => ({ name: protocol.name, protocol })))(
  'the tables of $name',
  ({ name, protocol }) => {
    const { model, cases, mutants, audits } = protocol;
    const requirements = Object.entries(model.requirements);
    const ambiguities = Object.entries(model.ambiguities);

    it('have rows', () => {
      expect(requirements.length).toBeGreaterThan(20);
      expect(ambiguities.length).toBeGreaterThan(10);
    });

    it('give each row the id <protocol>/<key>', () => {
      const astray = [...requirements, ...ambiguities].filter(
        ([key, row]) => row.id !== `${name}/${key}`,
      );
      expect(astray).toEqual([]);
    });

    it('cite documents that the model lists, by section', () => {
      const known = Object.keys(model.documents);
      const astray = [...requirements, ...ambiguities].filter(
        ([, { cite }]) => !known.includes(cite.document) || cite.section.trim() === '',
      );
      expect(astray).toEqual([]);
    });

    it('bind sides that there are', () => {
      const astray = requirements.filter(
        ([, { binds }]) => ![...model.sides, 'any'].includes(binds),
      );
      expect(astray).toEqual([]);
    });

    it('say why where a requirement cannot be observed', () => {
      const mute = requirements.filter(([, row]) => row.unobservable?.trim() === '');
      expect(mute).toEqual([]);
    });

    it('assume one of the readings, which contradicts no document', () => {
      const astray = ambiguities.filter(
        ([, row]) => row.readings[row.assumed]?.standing !== 'open',
      );
      expect(astray).toEqual([]);
    });

    it('let no reading go with one that there is not', () => {
      const astray = ambiguities.filter(([, { readings, goesWith = {} }]) =>
        [...Object.keys(goesWith), ...Object.values(goesWith).flat()].some(
          (reading) => reading === undefined || readings[reading] === undefined,
        ),
      );
      expect(astray).toEqual([]);
    });

    it('offer at least two readings of each question', () => {
      expect(ambiguities.filter(([, row]) => Object.keys(row.readings).length < 2)).toEqual([]);
    });

    it('name only readings that there are, wherever code asks for one', () => {
      const asked = modules(`models/${name}`, `src/protocols/${name}`).flatMap(readingsAskedFor);
      const astray = asked.filter(
        ({ key, reading }) => model.ambiguities[key]?.readings[reading] === undefined,
      );
      expect(asked.length).toBeGreaterThan(20);
      expect(astray).toEqual([]);
    });

    it('have a case for every requirement that can be observed', () => {
      const covered = new Set(cases.flatMap(({ covers }) => covers.map(({ id }) => id)));
      const uncovered = requirements
        .filter(([, row]) => row.unobservable === undefined && !covered.has(row.id))
        .map(([, row]) => row.id);
      expect(uncovered).toEqual([]);
    });

    it('have no case for a requirement that cannot be observed', () => {
      const covering = cases.filter(({ covers }) =>
        covers.some(({ unobservable }) => unobservable !== undefined),
      );
      expect(covering.map(({ id }) => id)).toEqual([]);
    });

    it('give every case an id of its own, under the name of the protocol', () => {
      const ids = cases.map(({ id }) => id);
      expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
      expect(ids.filter((id) => !/^[a-z0-9-]+(?:\/[\w.-]+){2,}$/.test(id))).toEqual([]);
      expect(ids.filter((id) => !id.startsWith(`${name}/`))).toEqual([]);
    });

    it('let every case cover something, against a side that there is', () => {
      const astray = cases.filter(
        ({ covers, against }) => covers.length === 0 || !model.sides.includes(against),
      );
      expect(astray.map(({ id }) => id)).toEqual([]);
    });

    it('name only requirements of this model, in cases, mutants, audits, guards and blame', () => {
      const known = new Set(Object.values(model.requirements));
      const named = [
        ...cases.flatMap(({ covers }) => covers),
        ...mutants.map(({ breaks }) => breaks),
        ...audits.map(({ requirement }) => requirement),
        ...Object.values(model.guards),
        ...Object.values(model.blame).flatMap((sides) => Object.values(sides)),
      ];
      expect(named.filter((row) => !known.has(row))).toEqual([]);
    });

    it('give every mutant an id of its own, a side that there is, and a shortest trace', () => {
      const ids = mutants.map(({ id }) => id);
      expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
      expect(mutants.filter(({ side }) => !model.sides.includes(side))).toEqual([]);
      expect(mutants.filter(({ shortest }) => shortest < 1)).toEqual([]);
    });
  },
);

interface Asked {
  readonly path: string;
  readonly key: string;
  readonly reading: string;
}

const askingForms = [
  /\breads\(\s*(?:(?:scene\.)?context,\s*)?'(\w+)',\s*'(\w+)'/g,
  /readings\['(\w+)'\]\s*[!=]==\s*'(\w+)'/g,
  /readings\.(\w+)\s*[!=]==\s*'(\w+)'/g,
  /ambiguity: '(\w+)',\s*reading: '(\w+)'/g,
];

function readingsAskedFor({ path, told }: { path: string; told: string }): readonly Asked[] {
  return askingForms.flatMap((form) =>
    [...told.matchAll(form)].map(([, key = '', reading = '']) => ({ path, key, reading })),
  );
}
