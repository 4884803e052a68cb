import { describe, expect, it } from 'vitest';
import { defineRequirements, type Model } from '#models/language/index.ts';
import { matrixOf } from '#src/report/html/matrix.ts';
import { protocols } from '#src/protocols/index.ts';
import { exampleFailure, exampleResult } from '../example.ts';

const [anyModel] = protocols.map(({ model }) => model);
const cite = { document: 'toy', section: 'Greetings' };
const row = { level: 'MUST', basis: 'stated', binds: 'carol', cite, text: 'Says hello.' } as const;
const requirements = defineRequirements('toy', {
  broken: row,
  beside: row,
  good: { ...row, cite: { document: 'toy', section: 'Farewells' } },
  ofOthers: { ...row, binds: 'dave' },
  unseen: { ...row, unobservable: 'Nobody sees it.' },
  forgotten: row,
});

function matrix(results: Parameters<typeof matrixOf>[1]) {
  if (anyModel === undefined) throw new Error('there is no protocol');
  const model: Model = { ...anyModel, requirements };
  return matrixOf(model, results, 'carol');
}

const failed = exampleFailure({ requirements: ['toy/broken', 'toy/beside'] });
const passed = exampleResult({ requirements: ['toy/broken', 'toy/good'], reading: ['a=b'] });

describe('the matrix of requirements', () => {
  it('has every requirement, by the section that it stands in', () => {
    const sections = matrix([]).map(({ section, rows }) => [section, rows.length]);
    expect(sections).toEqual([
      ['Greetings', 5],
      ['Farewells', 1],
    ]);
  });

  it('tells the worst of its cases, and how many came to what', () => {
    const [greetings, farewells] = matrix([passed, failed, passed]);
    expect(greetings?.rows[0]).toMatchObject({
      verdict: 'fail',
      counts: [
        { verdict: 'fail', cases: 1 },
        { verdict: 'pass', cases: 2 },
      ],
      readings: ['a=b'],
    });
    expect(farewells?.rows[0]).toMatchObject({ verdict: 'pass', readings: ['a=b'] });
  });

  it('blames a failing case on what it broke alone', () => {
    const [greetings] = matrix([failed]);
    expect(greetings?.rows[1]).toMatchObject({ verdict: null, untested: 'no case was run' });
  });

  it('says why a requirement was not tested', () => {
    const why = matrix([]).flatMap(({ rows }) => rows.map(({ untested }) => untested));
    expect(why).toContain('binds dave');
    expect(why).toContain('cannot be observed: Nobody sees it.');
    expect(why).toContain('no case was run');
  });
});
