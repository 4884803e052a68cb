import type { Report, Result } from '#src/contract/report.ts';
import type { Trace } from '#src/contract/trace.ts';

/** A result that passed, changed where a test wants it. */
export function exampleResult(changes: Partial<Result> = {}): Result {
  return {
    id: 'qosst/challenge/stale',
    version: 'v0123abcd',
    title: 'Alice refuses a frame that echoes a stale challenge',
    protocol: 'qosst',
    side: 'alice',
    verdict: 'pass',
    kind: null,
    level: 'MUST',
    requirements: ['qosst/unauthenticAnswered'],
    citations: ['qosst-control-protocol, AUTHENTICATION_INVALID'],
    reading: [],
    expected: [],
    actual: null,
    explanation: null,
    messages: 6,
    durationMs: 12.5,
    tries: { failed: 0, of: 1 },
    trace: null,
    replay: 'qkdspec test qosst/challenge/stale --target reference:qosst/alice --seed 42',
    ...changes,
  };
}

/** The same result, failed with everything a failure has. */
export function exampleFailure(changes: Partial<Result> = {}): Result {
  return exampleResult({
    verdict: 'fail',
    kind: 'answer',
    expected: [
      { outcome: 'alice.authenticationInvalid', why: 'the digest or the challenge is wrong' },
      { outcome: 'the end of the connection', why: 'under failureLimit=enforced' },
    ],
    actual: 'alice.qieReady',
    explanation:
      'After bob.qieRequest Alice owes a refusal. She went on as if nothing had happened.',
    tries: { failed: 3, of: 3 },
    ...changes,
  });
}

/** A run of these results. */
export function exampleReport(
  results: readonly Result[],
  exit: Report['exit'] = { exitCode: 0, because: 'conformant' },
): Report {
  const count = (verdict: string) => results.filter((result) => result.verdict === verdict).length;
  return {
    schema: 'qkdspec-report/1',
    tool: { name: 'qkdspec', version: '0.1.0', node: 'v24.0.0' },
    seed: 42,
    target: { url: 'reference:qosst/alice', side: 'alice', protocol: 'qosst' },
    profile: {},
    startedAt: '2026-01-02T03:04:05.678Z',
    durationMs: 1234,
    summary: {
      pass: count('pass'),
      reading: count('reading'),
      warn: count('warn'),
      fail: count('fail'),
      flaky: count('flaky'),
      untestable: count('untestable'),
      notApplicable: count('notApplicable'),
      error: count('error'),
      expectedFail: 0,
      unexpectedPass: 0,
    },
    coverage: {
      states: { hit: 3, total: 5 },
      transitions: { hit: 7, total: 30 },
      requirements: { hit: 1, total: 2 },
    },
    exit,
    results,
    notes: [],
  };
}

/** A trace in which nothing happened. */
export const emptyTrace: Trace = {
  protocol: 'qosst',
  dialect: 'qosst/0.2',
  peer: 'alice',
  options: {},
  seed: 42,
  events: [],
};
