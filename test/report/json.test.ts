import { describe, expect, it } from 'vitest';
import { qosstModel } from '#models/qosst/index.ts';
import { protocols } from '#src/protocols/index.ts';
import { jsonReport } from '#src/report/json.ts';
import { reportSchema } from '#src/report/report-schema.ts';
import { runSuite } from '#src/suite/run-suite.ts';
import { validator } from '#src/wire/schema.ts';
import { subjectOf } from '#src/cli/profile.ts';
import { exampleFailure, exampleReport, exampleResult } from './example.ts';

const problems = (report: string) => validator(reportSchema)(JSON.parse(report));

describe('the JSON report', () => {
  it('fits its schema', () => {
    expect(problems(jsonReport(exampleReport([exampleResult(), exampleFailure()])))).toEqual([]);
  });

  it.each(['qosst://127.0.0.1:1', 'reference:qosst/alice'])('fits it for %s', async (target) => {
    const subject = await subjectOf({ target }, protocols);
    const { side } = subject.profile;
    const cases = subject.protocol.cases.filter(({ against }) => against === side).slice(0, 5);
    const signal = new AbortController().signal;
    const plan = { ...subject, cases, seed: 42, retries: 0, maxFailures: null, signal };
    expect(problems(jsonReport(await runSuite(plan, () => {})))).toEqual([]);
  });

  it('bears integers of any size', () => {
    const report = { ...exampleReport([]), profile: { options: { big: 2n ** 70n } } };
    expect(jsonReport(report)).toContain('"big": "1180591620717411303424"');
  });

  it('does not fit it with a member more or less', () => {
    const { seed: _, ...less } = exampleReport([]);
    const more = { ...exampleReport([]), title: qosstModel.title };
    expect(problems(JSON.stringify(less))).not.toEqual([]);
    expect(problems(JSON.stringify(more))).not.toEqual([]);
  });

  it('has a JSON Schema', async () => {
    const schema = { $schema: 'https://json-schema.org/draft/2020-12/schema', ...reportSchema };
    const file = '../../fixtures/schemas/report.schema.json';
    await expect(`${JSON.stringify(schema, null, 2)}\n`).toMatchFileSnapshot(file);
  });
});
