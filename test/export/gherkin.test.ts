import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { gherkin } from '#src/export/gherkin.ts';
import { judge, protocols, replayStored, subjectOf } from '#src/index.ts';
import { writeTrace } from '#src/report/trace-file.ts';
import { playedCase, type Shown } from '../exhibit/played.ts';

const run = promisify(execFile);
const repository = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'qkdspec-gherkin-'));
afterAll(() => rmSync(folder, { recursive: true }));

function featureOf(about: Shown, name: string, caseId: string | null = null): string {
  return gherkin({ ...about, name, caseId, traceText: writeTrace(about.trace) });
}

/** How Cucumber ends a feature, or all so far, played against a target; a right side without one. */
async function outcome(feature: string | null, name: string, target?: string) {
  const file = feature === null ? folder : join(folder, `${name}.feature`);
  if (feature !== null) writeFileSync(file, feature);
  const cucumber = join(repository, 'node_modules/@cucumber/cucumber/bin/cucumber.js');
  const words = [cucumber, file, '--world-parameters', JSON.stringify({ target })];
  const done = await run(process.execPath, words, { cwd: repository }).catch(
    (fault: { code: number; stdout: string }) => fault,
  );
  return { exitCode: 'code' in done ? done.code : 0, stdout: done.stdout };
}

describe('a scenario of a finding', () => {
  it('has the words of the shipped steps where they can say it', async () => {
    const target = 'reference:qosst/alice?mutant=alice-accepts-any-version';
    const about = await playedCase(target, 'qosst/identification/version/nine-nine');
    const feature = featureOf(about, 'versions');
    expect(feature.slice(feature.indexOf('@qosst'))).toBe(
      [
        '@qosst @alice @qosst/0.2',
        'Feature: versions',
        '',
        '  Scenario: Alice answers IDENTIFICATION_REQUEST of an incompatible version with INVALID_QOSST_VERSION.',
        '    When Bob sends IDENTIFICATION_REQUEST with',
        '      | serial_number | "QOSST/0002" |',
        '      | qosst_version | "QOSST/9.9" |',
        '    Then Alice answers INVALID_QOSST_VERSION',
        '',
      ].join('\n'),
    );
    const wrong = await outcome(feature, 'versions', target);
    expect(wrong.stdout).toContain('1 scenario (1 failed)');
    expect(wrong.stdout).toContain('Then Alice answers INVALID_QOSST_VERSION');
  });

  it('holds the trace itself where they cannot', async () => {
    const target = 'reference:kmip/server?mutant=server-get-destroyed';
    const feature = featureOf(await playedCase(target, 'kmip/lifecycle/destroyed-get'), 'gone');
    expect(feature).toContain('Given the stored trace\n      """json');
    expect(feature).toMatch(/^# holds key material in clear/m);
    const wrong = await outcome(feature, 'gone', target);
    expect(wrong.stdout).toContain('Then the model allows all of it');
    expect(wrong.exitCode).toBe(1);
  });

  it('passes at right sides', async () => {
    const { stdout, exitCode } = await outcome(null, 'all');
    expect(stdout).toContain('2 scenarios (2 passed)');
    expect(exitCode).toBe(0);
  });

  it.each([
    ['kmip/server', 'server-get-destroyed', 'kmip/lifecycle/destroyed-get'],
    ['etsi-004/qkd-device', 'device-index-repeats', 'etsi-004/order/get-key-twice'],
    ['central-kms/central-kms', 'kms-row-key-cut', 'central-kms/web-socket/ping-once'],
  ])('of %s shows %s again, and nothing at a right side', async (place, mutant, id) => {
    const target = `reference:${place}?mutant=${mutant}`;
    const { trace, exhibit, protocol } = await playedCase(target, id);
    const again = async (url: string) => {
      const subject = await subjectOf({ target: url }, protocols);
      const signal = new AbortController().signal;
      return judge(protocol, await replayStored(subject, trace, { seed: 5, signal })).violation;
    };
    const { violation } = exhibit.verdict;
    expect(violation).not.toBeNull();
    expect((await again(target))?.requirement.id).toBe(violation?.requirement.id);
    expect(await again(`reference:${place}`)).toBeNull();
  });

  it('asks what a case expects where the model alone does not show it', async () => {
    const id = 'kmip/lifecycle/destroyed-get';
    const about = await playedCase('reference:kmip/server', id);
    const feature = featureOf(about, 'own', id);
    expect(feature).toContain(`Then the model and the case "${id}" allow all of it`);
  });

  it('keeps tables whole, whatever stands in them', async () => {
    const about = await playedCase(
      'reference:qosst/alice?mutant=alice-accepts-any-version',
      'qosst/identification/version/nine-nine',
    );
    const odd = about.exhibit.steps.map((step) =>
      step.by === 'bob' && step.frame !== null
        ? { ...step, frame: { ...step.frame, content: { qosst_version: 'a|b\nc\\d' } } }
        : step,
    );
    const feature = featureOf({ ...about, exhibit: { ...about.exhibit, steps: odd } }, 'odd');
    expect(feature).toContain('| qosst_version | "a\\|b\\\\nc\\\\\\\\d" |');
  });
});
