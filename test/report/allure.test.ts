import { describe, expect, it } from 'vitest';
import type { Trace } from '#src/contract/trace.ts';
import { qosst } from '#src/protocols/qosst/index.ts';
import { allureReport } from '#src/report/allure.ts';
import type { Sources } from '#src/report/format.ts';
import { emptyTrace, exampleFailure, exampleReport, exampleResult } from './example.ts';

const trace: Trace = { ...emptyTrace, events: [{ kind: 'opened', atMs: 0 }] };
const sources: Sources = {
  folder: 'reports/run',
  protocol: qosst,
  artifactsUrl: null,
  trace: (file) => (file === 'traces/one.trace.json' ? trace : null),
};

const rowsOf = (files: ReadonlyMap<string, string>) =>
  [...files].filter(([name]) => name.endsWith('-result.json')).map(([, text]) => JSON.parse(text));

describe('results for Allure', () => {
  it.each([
    ['pass', 'passed'],
    ['reading', 'passed'],
    ['warn', 'passed'],
    ['fail', 'failed'],
    ['flaky', 'failed'],
    ['untestable', 'broken'],
    ['error', 'broken'],
    ['notApplicable', 'skipped'],
  ] as const)('tell %s as %s', (verdict, status) => {
    const [row] = rowsOf(allureReport(exampleReport([exampleFailure({ verdict })]), sources));
    expect(row).toMatchObject({ status, stage: 'finished', fullName: 'qosst/challenge/stale' });
  });

  it('say what was broken, in the words of the document, and how to see it', () => {
    const [row] = rowsOf(allureReport(exampleReport([exampleFailure()]), sources));
    expect(row.statusDetails.message).toBe('came alice.qieReady [qosst/unauthenticAnswered]');
    expect(row.description).toContain('Alice answers a message whose digest or challenge is wrong');
    expect(row.statusDetails.trace).toContain(exampleFailure().replay);
  });

  it('name themselves anew in another run, and are the same case to Allure', () => {
    const report = exampleReport([exampleResult()]);
    const [first] = rowsOf(allureReport(report, sources));
    expect(rowsOf(allureReport(report, sources))).toEqual([first]);
    const startedAt = '2027-01-01T00:00:00.000Z';
    const [later] = rowsOf(allureReport({ ...report, startedAt }, sources));
    expect(later.uuid).not.toBe(first.uuid);
    expect(later.historyId).toBe(first.historyId);
    const target = { ...report.target, url: 'qosst://192.0.2.7:8181' };
    const [other] = rowsOf(allureReport({ ...report, target }, sources));
    expect(other.historyId).not.toBe(first.historyId);
  });

  it('have the trace with them, without its bytes', () => {
    const bytes = new Uint8Array(40).fill(0xab);
    const told = { ...trace, events: [...trace.events, { kind: 'sent', bytes, atMs: 1 } as const] };
    const failure = exampleFailure({ trace: 'traces/one.trace.json' });
    const files = allureReport(exampleReport([failure]), { ...sources, trace: () => told });
    const [row] = rowsOf(files);
    const text = files.get(row.attachments[0].source);
    expect(text).toMatch(/the connection begins\n.* bob: /);
    expect([...files.values()].join('')).not.toMatch(/abababab/i);
  });

  it('come without a trace that is not there any more', () => {
    const failure = exampleFailure({ trace: 'traces/gone.trace.json' });
    const [row] = rowsOf(allureReport(exampleReport([failure]), sources));
    expect(row.attachments).toEqual([]);
  });
});
