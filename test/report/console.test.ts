import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { requirements } from '#models/qosst/index.ts';
import type { Progress, Result } from '#src/contract/report.ts';
import { consoleReporter, type ConsoleOptions } from '#src/report/console.ts';
import { emptyTrace, exampleFailure, exampleReport, exampleResult } from './example.ts';

/** Tells a reporter a run in which a case takes 400 ms, and gives back what it wrote. */
function written(
  results: readonly Result[],
  { total = results.length, ...changes }: Partial<ConsoleOptions & { total: number }> = {},
): string {
  let text = '';
  let now = 0;
  const reporter = consoleReporter({
    write: (more) => (text += more),
    live: false,
    colour: false,
    columns: 100,
    progress: true,
    nowMs: () => now,
    requirement: (id) => Object.values(requirements).find((row) => row.id === id) ?? null,
    ...changes,
  });
  reporter.tell({ kind: 'began', total, url: 'reference:qosst/alice' });
  for (const [index, result] of results.entries()) {
    now += 400;
    reporter.tell({
      kind: 'result',
      result,
      trace: emptyTrace,
      done: index + 1,
    } satisfies Progress);
  }
  reporter.end(exampleReport(results), ['reports/x/report.json']);
  return text;
}

const passes = Array.from({ length: 9 }, () => exampleResult());

describe('the console', () => {
  it('shows a failure whole, in at most 12 lines', () => {
    const text = written([exampleFailure()], { progress: false });
    const [failure = ''] = text.split('\n\n');
    expect(failure.split('\n').length).toBeLessThanOrEqual(12);
    expect(failure).toMatchInlineSnapshot(`
      "FAIL qosst/challenge/stale: Alice refuses a frame that echoes a stale challenge
        requirement MUST Alice answers a message whose digest or challenge is wrong with
                    AUTHENTICATION_INVALID. [qosst/unauthenticAnswered]
        cited       qosst-control-protocol, AUTHENTICATION_INVALID
        expected    alice.authenticationInvalid: the digest or the challenge is wrong
                    or the end of the connection: under failureLimit=enforced
        actual      alice.qieReady
        explanation After bob.qieRequest Alice owes a refusal. She went on as if nothing had happened.
        replay      qkdspec test qosst/challenge/stale --target reference:qosst/alice --seed 42"
    `);
  });

  it('counts what comes on top of the plan apart', () => {
    expect(written(passes, { total: 6 }).split('\n').slice(0, 4)).toEqual([
      'testing reference:qosst/alice: 6 cases',
      '3 of 6 cases, 0 not passed',
      '6 of 6 cases, 0 not passed',
      '6 cases, and 3 more that its choices led to, 0 not passed',
    ]);
  });

  it('keeps to 12 lines for the longest of failures', () => {
    const long = 'word '.repeat(500);
    const expected = Array.from({ length: 30 }, () => ({ outcome: long, why: long }));
    const failure = exampleFailure({ title: long, expected, actual: long, explanation: long });
    const [block = ''] = written([failure], { progress: false }).split('\n\n');
    expect(block.split('\n').length).toBeLessThanOrEqual(12);
    expect(block).toContain(failure.replay);
  });

  it('shows further failures of the same sort in one line each', () => {
    const text = written(
      Array.from({ length: 5 }, () => exampleFailure()),
      { progress: false },
    );
    expect(text.match(/^FAIL /gm)).toHaveLength(5);
    expect(text.match(/^ {2}replay /gm)).toHaveLength(2);
  });

  it('tells of progress once a second at most where it cannot rewrite a line', () => {
    expect(written(passes).match(/^\d of 9 cases/gm)).toEqual([
      '3 of 9 cases',
      '6 of 9 cases',
      '9 of 9 cases',
    ]);
  });

  it('rewrites one line on a terminal, never longer than it', () => {
    const text = written(passes, { live: true, columns: 30 });
    const live = text.split('\r\u001b[K').slice(1, -1);
    expect(live).toHaveLength(9);
    for (const line of live) expect(line.length).toBeLessThan(30);
  });

  it('says nothing of progress where none is wanted', () => {
    expect(written(passes, { progress: false })).toMatch(/^9 cases: 9 pass\n/);
  });

  it('colours verdicts only where colours are wanted', () => {
    const plain = written([exampleFailure()]);
    expect(stripVTControlCharacters(plain)).toBe(plain);
    const coloured = written([exampleFailure()], { colour: true });
    expect(coloured).not.toBe(plain);
    expect(stripVTControlCharacters(coloured)).toBe(plain);
  });

  it('lets no control character of a peer through', () => {
    const evil = exampleFailure({ actual: '\u001b]0;owned\u0007\u202e', title: '\u001b[2J' });
    expect(written([evil]).replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });
});
