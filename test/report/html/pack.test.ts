import { describe, expect, it } from 'vitest';
import { unpacked } from '#src/report/html/browser/unpack.ts';
import { bounded, inOrder, packed } from '#src/report/html/pack.ts';
import { exampleFailure, exampleResult } from '../example.ts';

const known = {
  standing: 'changed',
  why: 'it answers',
  reason: 'ticket 7',
  expires: '2027-01-01',
} as const;

function record(...results: Parameters<typeof packed>[0]) {
  return { ...packed(results), exhibits: {}, exhibitsLeftOut: 0, requirements: [] };
}

describe('the results in a page', () => {
  it('come out as they went in', () => {
    const failure = exampleFailure({ known, reading: ['a=b'], trace: 'traces/x.trace.json' });
    const shown = unpacked(record(exampleResult(), failure), 1);
    const { version: _version, protocol: _protocol, side: _side, ...told } = failure;
    expect(shown).toEqual({
      ...told,
      known: 'known failure that fails otherwise now (it answers): ticket 7; until 2027-01-01',
    });
  });

  it('keep a text once, however many say it', () => {
    const ids = ['qosst/a/1', 'qosst/a/2', 'qosst/a/3'];
    const results = ids.map((id) => exampleFailure({ id, replay: `qkdspec test ${id} --seed 42` }));
    const { texts } = packed(results);
    expect(texts.filter((text) => text.startsWith('qkdspec test'))).toEqual([
      'qkdspec test {id} --seed 42',
    ]);
    expect(new Set(texts).size).toBe(texts.length);
    expect(unpacked(record(...results), 2).replay).toBe('qkdspec test qosst/a/3 --seed 42');
  });

  it('stand with the worst first, and else as they were played', () => {
    const of = (id: string, verdict: 'pass' | 'fail' | 'warn') => exampleResult({ id, verdict });
    const results = [of('1', 'pass'), of('2', 'warn'), of('3', 'fail'), of('4', 'fail')];
    expect(inOrder(results).map(({ id }) => id)).toEqual(['3', '4', '2', '1']);
  });

  it('cannot fill the page with one text, nor turn it round', () => {
    expect(bounded('x'.repeat(100_000))).toMatch(/^x{4000}… \(96000 characters more\)$/);
    expect(bounded('a\u202Eb\u0000')).toBe('a\\u202eb\\u0000');
  });
});
