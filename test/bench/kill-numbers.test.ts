import { describe, expect, it } from 'vitest';
import { numberLines, mutantLine, survivorLines } from '#src/bench/kill-lines.ts';
import { killNumbers, median } from '#src/bench/kill-numbers.ts';
import type { KillMatrix } from '#src/bench/kill.ts';
import { campaignRow, correctRow, matrixOf, mutantRow, nothingFound } from './kill-rows.ts';

const scope = { suite: true, alarmMessages: 1000 };
const missed = (matrix: KillMatrix) =>
  killNumbers(matrix, scope)
    .filter(({ reached }) => !reached)
    .map(({ what, text }) => `${what}: ${text}`);

const survivor = mutantRow({
  mutant: 'hides',
  campaigns: [campaignRow(), nothingFound, nothingFound],
});
const alarm = { requirement: 'p/rule', explanation: 'Because.' };

describe('the numbers of a kill matrix', () => {
  it('are all reached where everything is killed, at once, for what it is', () => {
    expect(missed(matrixOf())).toEqual([]);
  });

  // prettier-ignore
  it.each<readonly [what: string, change: Partial<KillMatrix>, missed: readonly string[]]>([
    ['two of three seeds find nothing', { mutants: [mutantRow(), survivor] },
      ['killed by the campaign, by most seeds: 50.0 % (1 of 2)']],
    ['campaigns name something else', { mutants: [mutantRow({ campaigns: [campaignRow({ rightAfter: null })] })] },
      ['right requirement named, by most seeds: 0.0 % (0 of 1)']],
    ['the suite finds nothing', { mutants: [mutantRow({ suite: { killer: null, right: false, because: 'conformant' } })] },
      ['killed by the suite: 0.0 % (0 of 1)', 'of these for the right requirement: - (0 of 0)']],
    ['the suite names something else', { mutants: [mutantRow({ suite: { killer: 'p/case', right: false, because: null } })] },
      ['of these for the right requirement: 0.0 % (0 of 1)']],
    ['it takes 201 messages', { mutants: [mutantRow({ campaigns: [campaignRow({ detectedAfter: 201 })] })] },
      ['messages to detection, median: 201']],
    ['one replay of 60 shows nothing', { mutants: [mutantRow({ campaigns: [20, 20, 19].map((shown) => campaignRow({ replayed: { shown, of: 20 } })) })] },
      ['findings that show again when played again: 98.33 % (59 of 60 plays)']],
    ['a right side is called wrong', { correct: [correctRow({ alarms: [alarm] })] },
      ['false alarms on sides that are right: 1 in 1000 messages']],
    ['right sides are hardly asked', { correct: [correctRow({ messages: 999 })] },
      ['false alarms on sides that are right: 0 in 999 messages']],
  ])('are not reached where %s', (_, change, expected) => {
    expect(missed(matrixOf(change))).toEqual(expected);
  });

  it('are none of them reached where nothing was done', () => {
    const nothing = matrixOf({ mutants: [], correct: [] });
    expect(
      killNumbers(nothing, scope).filter(({ reach, reached }) => reach !== null && reached),
    ).toEqual([]);
  });

  it('leave out what was not asked for', () => {
    const some = killNumbers(matrixOf(), { suite: false, alarmMessages: 0 });
    expect(some.map(({ what }) => what).join()).not.toMatch(/suite|alarms/);
  });

  it('count a campaign that finds nothing as one without end', () => {
    const half = matrixOf({ mutants: [mutantRow({ campaigns: [campaignRow(), nothingFound] })] });
    const [number] = killNumbers(half, scope).filter(({ what }) => what.startsWith('messages'));
    expect(number).toMatchObject({ value: null, reached: false });
  });

  it('have medians that are among the values', () => {
    expect([[3, 1, 2], [10, 9], []].map(median)).toEqual([2, 10, null]);
  });
});

describe('what people see', () => {
  it('is one line a mutant', () => {
    expect(mutantLine(mutantRow(), ['forgets']).replace(/ +/g, ' ')).toBe(
      'forgets right 3/3 3/3 3/3 100 2 of 2 60/60 1.2',
    );
  });

  it('is who survived, by title, and why', () => {
    const suite = { killer: null, right: false, because: 'the sanity exchange failed' };
    expect(survivorLines(matrixOf({ mutants: [{ ...survivor, suite }, mutantRow()] }))).toEqual([
      'survived the suite (1):',
      '  hides: forgets everything [p/rule] (the sanity exchange failed)',
      'survived most campaigns (1):',
      '  hides: forgets everything [p/rule]',
    ]);
  });

  it('is yes or NO for each number that has a reach', () => {
    const lines = numberLines(killNumbers(matrixOf({ mutants: [survivor] }), scope));
    expect(lines.filter((line) => line.endsWith('| NO'))).toHaveLength(3);
    expect(lines.filter((line) => line.endsWith('| yes'))).toHaveLength(4);
  });
});
