import { describe, expect, it } from 'vitest';
import type { Case } from '#src/contract/case.ts';
import { settingsFor } from '#src/contract/choose.ts';
import type { Progress } from '#src/contract/report.ts';
import type { Profile } from '#src/contract/target.ts';
import { followed } from '#src/judge/followed.ts';
import { qosst } from '#src/protocols/qosst/index.ts';
import { runSuite } from '#src/suite/run-suite.ts';
import { installQosst } from './peers/install.ts';
import { realBobCommand } from './peers/bob.ts';

const installed = await installQosst();

const session: Case = {
  id: 'qosst/interop/session',
  title: 'Bob performs a session as he pleases',
  covers: [],
  against: 'bob',
};

describe.skipIf(installed.kind === 'missing')('real Bob and our Alice', () => {
  const command = installed.kind === 'ready' ? realBobCommand(installed.python) : '';
  const profile: Profile = {
    name: 'qosst-bob-0.10',
    protocol: 'qosst',
    target: { kind: 'command', command },
    side: 'bob',
    dialect: 'qosst/0.2',
    readings: {},
    options: {},
    replyMs: 20_000,
    replyMsAfter: {},
    absent: [],
    never: [],
    safe: false,
    start: null,
    reset: null,
  };

  it('go as far as he goes: identification to PE_FINISHED, approved', async () => {
    const results: Extract<Progress, { kind: 'result' }>[] = [];
    const report = await runSuite(
      {
        protocol: qosst,
        profile,
        cases: [session],
        seed: 1,
        retries: 0,
        maxFailures: null,
        signal: new AbortController().signal,
      },
      (progress) => {
        if (progress.kind === 'result') results.push(progress);
      },
    );
    console.log(report.exit);
    const [first] = results;
    if (first === undefined) throw new Error(report.exit.because);
    const seen = followed(qosst, first.trace, settingsFor(qosst));
    const messages = seen.map(({ perceived }) => perceived.message);
    console.log(messages.join(' '), first.result.explanation);
    expect(messages).toContain('peFinished');
    expect(messages).toContain('peApproved');
    expect(first.result.requirements[0]).toBe('qosst/disconnectBeforeLeaving');
  });
});
