import { describe, expect, it } from 'vitest';
import type { Result } from '#src/contract/report.ts';
import { installQosst } from './peers/install.ts';
import { survey, surveyedCases } from './survey.ts';

const installed = await installQosst();

/** Topics that tell her habits within a minute or two. */
const topics =
  /^qosst\/(identification|sequence\/(initialization\.requesting|quantumInformationExchange\.ready)|header\/broken|framing|codes|digest|parameter)\//;

describe.skipIf(installed.kind === 'missing')('the suite and real Alice', () => {
  it('finds what she does against the document, and agrees with her where she follows it', async () => {
    const python = installed.kind === 'ready' ? installed.python : '';
    const results = await survey(
      python,
      surveyedCases((one) => topics.test(one.id)),
    );
    for (const { id, kind, requirements, actual } of failed(results)) {
      console.log(`finding ${id}: ${kind}, ${requirements[0]}: ${actual}`);
    }
    const good = results.filter(({ verdict }) => ['pass', 'reading'].includes(verdict));
    expect(good.length).toBeGreaterThan(200);
    expect(results.filter(({ verdict }) => verdict === 'error')).toEqual([]);
    const crashes = failed(results).filter(({ kind }) => kind === 'crash');
    expect(crashes.map(({ requirements }) => requirements[0])).toContain('qosst/serverDoesNotStop');
    const ids = failed(results).map(({ id }) => id);
    expect(ids).toContain('qosst/sequence/initialization.requesting/abort');
  });
});

function failed(results: readonly Result[]): readonly Result[] {
  return results.filter(({ verdict }) => verdict === 'fail');
}
