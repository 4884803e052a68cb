import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { guarded } from '#src/cli/guarded.ts';
import type { PageRecord } from '#src/report/html/record.ts';
import { rememberedScreen } from './screen.ts';

const out = mkdtempSync(join(tmpdir(), 'qkdspec-html-'));
afterAll(() => rmSync(out, { recursive: true }));

/** Runs a verb into a folder of its own, and reads the page that it leaves there. */
async function pageOf(name: string, ...argv: readonly string[]) {
  const screen = rememberedScreen();
  const folder = join(out, name);
  const exitCode = await guarded([...argv, '--out', folder], screen);
  const html = readFileSync(join(folder, 'report.html'), 'utf8');
  const [, json = ''] =
    /<script type="application\/json" id="record">(.*?)<\/script>/s.exec(html) ?? [];
  const record: PageRecord = JSON.parse(json);
  return { exitCode, stdout: screen.stdout, html, record };
}

describe('the page beside report.json', () => {
  it('shows what a failing case did, with what was allowed instead', async () => {
    const mutant = 'reference:qosst?mutant=alice-ignores-digest';
    const options = ['--retries', '0', '--target', mutant];
    const page = await pageOf('test', 'test', 'qosst/digest/missing', ...options);
    expect(page.exitCode).toBe(1);
    expect(page.stdout).toContain('report.html');
    const [exhibit] = Object.values(page.record.exhibits);
    expect(exhibit).toMatchObject({ peer: 'alice', player: 'bob' });
    expect(exhibit?.actual?.message).toBe('identificationResponse');
    expect(exhibit?.allowed.map(({ message }) => message)).toContain('authenticationInvalid');
    expect(page.html.includes('>✓ unidentified<')).toBe(true);
  });

  it('shows what a campaign found', async () => {
    const mutant = 'reference:qosst?mutant=alice-ignores-digest';
    const options = ['--budget', '200msg', '--workers', '1', '--target', mutant];
    const page = await pageOf('fuzz', 'fuzz', ...options);
    expect(page.exitCode).toBe(1);
    expect(page.html).toContain('<h1>Fuzzing of QOSST control protocol: alice</h1>');
    expect(page.record.results.id.length).toBeGreaterThan(0);
    expect(page.record.exhibits[0]?.wrongAt).not.toBeNull();
  });

  it('is there as well where no case could be played', async () => {
    const page = await pageOf('none', 'test', '--target', 'qosst://127.0.0.1:1');
    expect(page.exitCode).toBe(3);
    expect(page.html).toContain('<strong>Exit 3</strong>');
    expect(page.record.results.id).toEqual([]);
  });
});
