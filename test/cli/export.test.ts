import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exporting } from '#src/cli/exporting.ts';
import { writeTrace } from '#src/report/trace-file.ts';
import { Script } from '../judge/script.ts';
import { readPcapng } from '../export/read-pcapng.ts';
import { rememberedScreen } from './screen.ts';

const run = mkdtempSync(join(tmpdir(), 'qkdspec-export-'));
const one = join(run, 'traces/qosst-alice-1.trace.json');
const out = join(run, 'out');

beforeAll(() => {
  for (const folder of ['traces', 'findings']) mkdirSync(join(run, folder));
  const wrong = new Script().bob('identificationRequest').silence().trace();
  writeFileSync(one, writeTrace(wrong));
  writeFileSync(join(run, 'traces/two.trace.json'), writeTrace(new Script().identified().trace()));
  writeFileSync(join(run, 'findings/qosst-alice-1.jsonl'), '{}\n');
  writeFileSync(join(run, 'findings/lost.jsonl'), '{}\n');
  writeFileSync(join(run, 'no-trace.json'), '[]');
});
afterAll(() => rmSync(run, { recursive: true }));

function exported(what: string, as: string, file: string = out) {
  const screen = rememberedScreen();
  const exitCode = exporting(what, { as, out: file }, screen);
  return { exitCode, ...screen };
}

describe('export', () => {
  it.each([
    ['pcapng', (bytes: Buffer) => readPcapng(bytes).packets.length > 4],
    ['script', (bytes: Buffer) => bytes.toString().startsWith('#!/usr/bin/env node\n// qkdspec: ')],
    ['gherkin', (bytes: Buffer) => bytes.includes('\nFeature: qosst-alice-1\n')],
    ['vectors', (bytes: Buffer) => bytes.includes('"schema": "qkdspec-vectors/1"')],
  ] as const)('writes a trace as %s, and says where', (form, isRight) => {
    const { exitCode, stdout, stderr } = exported(one, form);
    expect([exitCode, stdout, stderr]).toEqual([0, `wrote ${out}\n`, '']);
    expect(isRight(readFileSync(out))).toBe(true);
  });

  it('finds the trace of a finding beside it', () => {
    exported(join(run, 'findings/qosst-alice-1.jsonl'), 'gherkin');
    expect(readFileSync(out, 'utf8')).toContain('Then Alice answers IDENTIFICATION_RESPONSE');
  });

  it('writes text to stdout where that is asked for', () => {
    expect(exported(one, 'gherkin', '-').stdout).toMatch(/^# qkdspec: qosst/);
  });

  it('gathers the vectors of a whole run', () => {
    exported(run, 'vectors');
    expect(readFileSync(out, 'utf8')).toContain('"trace": 2');
  });

  it.each([
    [one, 'pcap', /--as: unknown form 'pcap'; did you mean 'pcapng'\?/],
    [run, 'script', /holds 2 traces; name one of them, such as .*qosst-alice-1\.trace\.json/],
    ['qosst-nobody', 'script', /is no file, no folder, and no finding under reports/],
    [join(run, 'findings/lost.jsonl'), 'script', /holds no trace of what was heard/],
    [join(run, 'no-trace.json'), 'vectors', /is no qkdspec-trace\/1: /],
    [join(run, 'findings'), 'vectors', /holds no traces/],
  ])('refuses %s as %s in one line', (what, form, told) => {
    expect(() => exported(what, form)).toThrow(told);
  });

  it('refuses a capture on stdout, and a place where nothing can be written', () => {
    expect(() => exported(one, 'pcapng', '-')).toThrow(/name a file with --out/);
    expect(() => exported(one, 'script', join(run, 'none/x.js'))).toThrow(/cannot write .*ENOENT/);
  });
});
