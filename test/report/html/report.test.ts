import { describe, expect, it } from 'vitest';
import type { Exhibit } from '#src/contract/exhibit.ts';
import type { Report } from '#src/contract/report.ts';
import { embeddedJson } from '#src/report/html/embed.ts';
import { profileLines } from '#src/report/html/profile-lines.ts';
import { htmlReport } from '#src/report/html/report.ts';
import { exampleFailure, exampleReport, exampleResult } from '../example.ts';

const nothing = { model: null, machine: null, exhibit: () => null };
const hostile = '</script><img src=x onerror=alert(1)><!-- <script> \u2028 " \' & \u202E';

const coverage = { states: new Set<string>(), transitions: new Set<string>() };
const emptyExhibit: Exhibit = {
  ...{ protocol: 'toy', dialect: 'toy/1', peer: 'carol', player: 'dave', steps: [], allowed: [] },
  ...{ wrongAt: null },
  verdict: { verdict: 'fail', level: null, readings: [], violation: null, note: null, coverage },
};

/** The record that a page's script reads. */
function recordIn(html: string): { texts: readonly string[] } {
  const [, json = ''] =
    /<script type="application\/json" id="record">(.*?)<\/script>/s.exec(html) ?? [];
  return JSON.parse(json);
}

describe('the page of a run', () => {
  it('says what the run came to, and what it was', () => {
    const report = exampleReport([exampleFailure(), exampleResult()], {
      exitCode: 1,
      because: '1 case failed',
    });
    const html = htmlReport(report, nothing);
    expect(html).toContain('<strong>Exit 1</strong>: 1 case failed');
    for (const told of ['reference:qosst/alice', '3 of 5 reached', '<dd>42</dd>', '1.2 s']) {
      expect(html).toContain(told);
    }
    expect(html).toContain('name="verdict" value="fail"');
    expect(html).not.toContain('name="verdict" value="warn"');
  });

  it('is never more than text, whatever a target says', () => {
    const failure = exampleFailure({
      id: `toy/x/${hostile}`,
      actual: hostile,
      explanation: hostile,
      expected: [{ outcome: hostile, why: hostile }],
      replay: hostile,
    });
    const report: Report = {
      ...exampleReport([failure], { exitCode: 1, because: hostile }),
      target: { url: hostile, side: hostile, protocol: hostile },
      profile: { name: hostile },
      notes: [{ requirement: hostile, citation: hostile, text: hostile }],
    };
    const html = htmlReport(report, nothing);
    expect(html).not.toContain('<img');
    expect(html).not.toContain('<!--');
    expect(html.match(/<script/g)).toHaveLength(2);
    expect(html.match(/<\/script>/g)).toHaveLength(2);
    expect(html).not.toContain('\u202E');
    expect(html.slice(html.indexOf('id="record"'))).not.toContain('\u2028');
    expect(recordIn(html).texts).toContain(
      '</script><img src=x onerror=alert(1)><!-- <script> \u2028 " \' & \\u202e',
    );
  });

  it('fetches nothing', () => {
    const html = htmlReport(exampleReport([exampleFailure()]), nothing);
    expect(html).toContain("default-src 'none'");
    expect(html).not.toMatch(/(?:src|href)="(?!#)[^"]/);
    expect(html).not.toMatch(/@import|url\(/);
  });

  it('is less than 15 MB with 10,000 failures that have all of it', () => {
    const results = Array.from({ length: 10_000 }, (_, at) =>
      exampleFailure({
        id: `toy/topic-${at % 40}/case-${at}`,
        title: `The target refuses what is wrong in the way number ${at}`,
        requirements: [`toy/requirement${at % 150}`, `toy/requirement${at % 7}`],
        actual: `answer ${at}`,
        explanation: `After message ${at} the model allows three answers. ${'It came otherwise. '.repeat(20)}`,
        replay: `qkdspec test toy/topic-${at % 40}/case-${at} --target toy://192.0.2.7:8181 --seed 42`,
      }),
    );
    const html = htmlReport(exampleReport(results), nothing);
    expect(html.length).toBeGreaterThan(4_000_000);
    expect(Buffer.byteLength(html)).toBeLessThan(15_000_000);
    expect(html).not.toContain('<tr class="result"');
  });

  it('is less than 15 MB as well where the target says very much', () => {
    const results = Array.from({ length: 10_000 }, (_, at) =>
      exampleFailure({ id: `toy/a/${at}`, actual: `${at} ${'x'.repeat(20_000)}` }),
    );
    const html = htmlReport(exampleReport(results), nothing);
    expect(Buffer.byteLength(html)).toBeLessThan(15_000_000);
    expect(recordIn(html).texts.some((text) => text.startsWith('9999 xxx'))).toBe(true);
  });

  it('lays out the first traces of what did not pass, and says how many it leaves out', () => {
    const results = Array.from({ length: 250 }, (_, at) =>
      exampleFailure({ id: `toy/a/${at}`, trace: `traces/${at}.json` }),
    );
    const asked: string[] = [];
    const exhibit = ({ id }: Report['results'][number]) => {
      asked.push(id);
      return emptyExhibit;
    };
    const passed = exampleResult({ trace: 'traces/passed.json' });
    const html = htmlReport(exampleReport([passed, ...results]), { ...nothing, exhibit });
    expect(asked).toEqual(results.slice(0, 200).map(({ id }) => id));
    expect(html).toContain('The steps of 50 results are too much for this page');
  });

  it('shows what a campaign did', () => {
    const fuzz = {
      messages: 1200,
      messagesPerSecond: 300,
      sessions: 40,
      triples: 77,
      restarts: 2,
      findings: [],
    };
    const html = htmlReport({ ...exampleReport([exampleFailure()]), fuzz }, nothing);
    expect(html).toContain('1200 (300 a second) in 40 sessions');
    expect(html).toContain('<h2 id="results" tabindex="-1">Findings</h2>');
  });
});

describe('a profile in a page', () => {
  it('has no secret in it', () => {
    const profile = {
      name: 'lab',
      target: { url: 'toy://carol:hunter2@192.0.2.7', password: 'hunter2' },
      options: { apiToken: 'hunter2', privateKey: 'hunter2', list: ['https://u:hunter2@host/'] },
      start: null,
      never: [],
    };
    const lines = profileLines(profile);
    expect(JSON.stringify(lines)).not.toContain('hunter2');
    expect(lines).toContainEqual(['target.password', 'set, not shown']);
    expect(lines).toContainEqual(['target.url', 'toy://…@192.0.2.7']);
    expect(lines.map(([name]) => name)).not.toContain('start');
  });
});

describe('JSON within a page', () => {
  it('is the same value, without a character that could end it', () => {
    const value = { text: hostile, '</script>': ['\u2028\u2029'] };
    const json = embeddedJson(value);
    expect(json).not.toMatch(/[<>&\u2028\u2029]/);
    expect(JSON.parse(json)).toEqual(value);
  });
});
