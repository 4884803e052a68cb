import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '#src/contract/report.ts';
import type { Profile } from '#src/contract/target.ts';
import { qosst } from '#src/protocols/qosst/index.ts';
import { runSuite } from '#src/suite/run-suite.ts';
import { usual } from '#src/suite/usual.ts';
import { deployed } from './deployed.ts';
import { startRealAlice, type RealAlice } from './peers/alice.ts';
import { installQosst } from './peers/install.ts';

const installed = await installQosst();

/** States behind QIE_ENDED cost 4.5 s a session: the sequence cases there share one. */
const late = ['parameterEstimation', 'errorCorrection', 'privacyAmplification', 'endOfFrame'];

describe.skipIf(installed.kind === 'missing')('the suite and real Alice', () => {
  let alice: RealAlice;

  beforeAll(async () => {
    if (installed.kind === 'ready') alice = await startRealAlice({ python: installed.python });
  });
  afterAll(() => alice?.[Symbol.asyncDispose]());

  it('finds what she does against the document, and nothing where she follows it', async () => {
    const report = await suite(alice);
    const broken = new Map<string, number>();
    for (const { verdict, requirements } of report.results) {
      const [requirement] = requirements;
      if (verdict !== 'fail' || requirement === undefined) continue;
      broken.set(requirement, (broken.get(requirement) ?? 0) + 1);
    }
    console.log(report.summary, report.exit, Object.fromEntries(broken));
    expect(report.exit.exitCode).toBe(1);
  });
});

function suite(address: { host: string; port: number }): Promise<Report> {
  const profile: Profile = {
    name: 'qosst-alice-0.10',
    protocol: 'qosst',
    target: { kind: 'address', host: address.host, port: address.port },
    side: 'alice',
    dialect: 'qosst/0.2',
    readings: deployed,
    options: {},
    replyMs: 8000,
    replyMsAfter: {},
    absent: ['errorCorrection', 'privacyAmplification', 'endOfFrame'],
    never: [],
    safe: false,
    start: null,
    reset: null,
  };
  const cases = qosst.cases
    .filter((one) => one.against === 'alice' && usual(one, profile))
    .filter(
      (one) => process.env['CASES'] === undefined || new RegExp(process.env['CASES']).test(one.id),
    )
    .filter((one) => !late.some((phase) => one.from?.startsWith(phase)) || one.reusable === true);
  return runSuite(
    {
      protocol: qosst,
      profile,
      cases,
      seed: 1,
      retries: 0,
      maxFailures: null,
      signal: new AbortController().signal,
    },
    (progress) => {
      if (progress.kind === 'result' && progress.result.verdict !== 'pass') {
        const { verdict, id, explanation, durationMs } = progress.result;
        if (process.env['SHOW'] && (verdict !== 'reading' || durationMs > 1500))
          console.log(verdict, id, durationMs, (explanation ?? '').slice(0, 300));
      }
    },
  );
}
