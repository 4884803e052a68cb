import { describe, expect, it } from 'vitest';
import { foldedFrom } from '#src/report/html/browser/fold.ts';
import { isWanted, searchedText, topicOf, type Wish } from '#src/report/html/browser/match.ts';
import { treeDiff } from '#src/report/html/browser/tree-diff.ts';
import type { ShownResult, TreeRecord } from '#src/report/html/record.ts';
import { exampleFailure } from '../example.ts';

const result: ShownResult = { ...exampleFailure(), known: null };
const everything: Wish = {
  words: '',
  verdicts: ['fail'],
  level: '',
  requirement: '',
  topic: '',
};
const wants = (wish: Partial<Wish>) =>
  isWanted(result, () => searchedText(result), { ...everything, ...wish });

describe('the filter', () => {
  it.each<[string, Partial<Wish>]>([
    ['words of title and explanation, in any order and case', { words: 'REFUSAL stale' }],
    ['a part of a requirement', { words: 'unauthenticAnswered' }],
    ['its level', { level: 'MUST' }],
    ['its requirement', { requirement: 'qosst/unauthenticAnswered' }],
    ['its topic', { topic: 'challenge' }],
  ])('finds a result by %s', (_, wish) => expect(wants(wish)).toBe(true));

  it.each<[string, Partial<Wish>]>([
    ['one of two words', { words: 'stale elephant' }],
    ['another verdict', { verdicts: ['pass', 'warn'] }],
    ['another level', { level: 'MAY' }],
    ['a part of its requirement', { requirement: 'qosst/unauthentic' }],
    ['another topic', { topic: 'digest' }],
  ])('does not find it by %s', (_, wish) => expect(wants(wish)).toBe(false));

  it('knows no topic of what has none', () => {
    expect(topicOf('toy/alone')).toBe('');
  });
});

describe('two trees next to each other', () => {
  const diff = (expected: TreeRecord | null, actual: TreeRecord | null) =>
    treeDiff(expected, actual).map(({ depth, name, expected: one, actual: other, change }) =>
      [' '.repeat(depth) + name, one, other, change].join('|'),
    );

  it('tell what is the same, missing, added and changed', () => {
    const expected: TreeRecord = [
      'frame',
      null,
      [
        ['code', '17'],
        ['digest', 'ab'],
        ['end', null],
      ],
    ];
    const actual: TreeRecord = [
      'frame',
      null,
      [
        ['code', '71'],
        ['extra', '1'],
        ['end', null],
      ],
    ];
    expect(diff(expected, actual)).toEqual([
      'frame|||same',
      ' code|17|71|changed',
      ' digest|ab||missing',
      ' extra||1|added',
      ' end|||same',
    ]);
  });

  it('pair members of the same name in their order', () => {
    const expected: TreeRecord = [
      'list',
      null,
      [
        ['item', '1'],
        ['item', '2'],
      ],
    ];
    const actual: TreeRecord = [
      'list',
      null,
      [
        ['item', '1'],
        ['item', '3'],
        ['item', '4'],
      ],
    ];
    expect(diff(expected, actual)).toEqual([
      'list|||same',
      ' item|1|1|same',
      ' item|2|3|changed',
      ' item||4|added',
    ]);
  });

  it('pair members that stand in another order', () => {
    const expected: TreeRecord = [
      'header',
      null,
      [
        ['a', '1'],
        ['b', '2'],
      ],
    ];
    const actual: TreeRecord = [
      'header',
      null,
      [
        ['b', '2'],
        ['a', '1'],
      ],
    ];
    expect(diff(expected, actual).filter((row) => !row.endsWith('same'))).toEqual([]);
  });

  it('are one where the other is not there, with all that is in it', () => {
    const tree: TreeRecord = ['frame', null, [['code', '17']]];
    expect(diff(tree, null)).toEqual(['frame|||missing', ' code|17||missing']);
    expect(diff(null, tree)).toEqual(['frame|||added', ' code||17|added']);
  });

  it('name messages that differ in their columns', () => {
    expect(diff(['HELLO', 'x'], ['BYE', null])).toEqual(['the frame|HELLO x|BYE|changed']);
  });
});

describe('a long trace', () => {
  it.each([
    [20, 19, 0],
    [35, null, 0],
    [100, 99, 70],
    [100, null, 70],
    [100, 40, 30],
    [100, 3, 0],
  ])('of %i steps, wrong at %s, is shown from step %i on', (steps, wrongAt, from) => {
    expect(foldedFrom(steps, wrongAt)).toBe(from);
  });
});
