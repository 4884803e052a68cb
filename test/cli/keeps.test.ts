import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { guarded } from '#src/cli/guarded.ts';
import { rememberedScreen } from './screen.ts';

const out = mkdtempSync(join(tmpdir(), 'qkdspec-keeps-'));
afterAll(() => rmSync(out, { recursive: true }));

async function qkdspec(...argv: readonly string[]) {
  const screen = rememberedScreen();
  const exitCode = await guarded(argv, screen);
  return { exitCode, stdout: screen.stdout, stderr: screen.stderr };
}

describe('what a run keeps', () => {
  const mutant = 'reference:qosst?mutant=alice-accepts-any-version';
  const failing = 'sequence/link.unidentified/identificationRequest-2';
  const run = () => qkdspec('test', failing, '--target', mutant, '--out', join(out, 'run'));
  const report = () => JSON.parse(readFileSync(join(out, 'run/report.json'), 'utf8'));

  it('is the report, and a trace of each case that did not pass', async () => {
    const { exitCode } = await run();
    expect(exitCode).toBe(1);
    const [result] = report().results;
    expect(result).toMatchObject({ verdict: 'fail', tries: { failed: 3, of: 3 } });
    expect(report().target.url).toBe('reference:qosst/alice?mutant=alice-accepts-any-version');
    expect(readdirSync(join(out, 'run'), { recursive: true })).toContain(result.trace);
  });

  it('is judged again as it was judged', async () => {
    const [{ trace, explanation }] = report().results;
    const judged = await qkdspec('judge', join(out, 'run', trace));
    expect(judged.exitCode).toBe(1);
    expect(judged.stdout.replace(/\s+/g, ' ')).toContain(explanation);
  });

  it('holds nothing of an earlier run in the same folder', async () => {
    await run();
    const passing = 'sequence/link.unidentified/identificationRequest';
    await qkdspec('test', passing, '--target', mutant, '--out', join(out, 'run'));
    expect(readdirSync(join(out, 'run/traces'))).toEqual([]);
  });

  it('has a command that plays the case again', async () => {
    await run();
    const [{ replay }] = report().results;
    const words = replay.replaceAll("'", '').split(' ');
    const again = await qkdspec(...words.slice(words.indexOf('test')), '--out', join(out, 'again'));
    expect(again.exitCode).toBe(1);
  });

  it('goes to stdout alone where a reporter says so', async () => {
    const { stdout, stderr } = await qkdspec('test', failing, '--out', out, '--reporter', 'json:-');
    expect(JSON.parse(stdout)).toMatchObject({ schema: 'qkdspec-report/1' });
    expect(stderr).toMatch(/exit 0/);
  });
});

describe('the traces of a session', () => {
  it('pass for both sides', async () => {
    const session = await qkdspec('session', '--quiet', '--out', out);
    expect(session).toMatchObject({ exitCode: 0, stderr: '' });
    for (const side of ['alice', 'bob']) {
      const judged = await qkdspec('judge', join(out, `qosst-${side}.trace.json`));
      expect(judged).toMatchObject({ exitCode: 0 });
      expect(judged.stdout).toMatch(/^PASS/);
    }
  });
});

describe('the page of a session', () => {
  const short = ['frameSymbols=76500', 'revealedSymbols=60000', 'excessNoiseSnu=0.025'];
  const options = short.flatMap((option) => ['--option', option]);
  const pageOf = async (...told: readonly string[]) => {
    const { stdout, exitCode } = await qkdspec('session', '--quiet', ...told, '--out', out);
    expect(exitCode).toBe(0);
    expect(stdout).toContain(`page: ${join(out, 'session.html')}`);
    return readFileSync(join(out, 'session.html'), 'utf8');
  };
  const plots = (html: string) => [...html.matchAll(/<figure id="([^"]+)">/g)].map(([, id]) => id);

  it('holds the ledger and four plots, and is the same for the same seed', async () => {
    const html = await pageOf('qosst', ...options, '--distance-km', '5');
    expect(plots(html).toSorted()).toEqual([
      ...['constellation', 'convergence', 'covariance', 'key-rate'],
    ]);
    expect(html.match(/<svg /g)).toHaveLength(4);
    expect(html).toMatch(/T estimated \(bob\)<\/th><td>0\.\d+ ± 0\.0\d+</);
    expect(html).toMatch(/final key \(bob and alice\)<\/th><td>\d+ bits, SHA-256 [0-9a-f]{16}</);
    expect(html).toMatch(/health test<\/th><td>passed</);
    expect(html).toMatch(/faults<\/th><td>none</);
    expect(await pageOf('qosst', ...options, '--distance-km', '5')).toBe(html);
  });

  it('says where two keys differ', async () => {
    const reversed = [...options, '--option', 'amplificationSeed=reversed'];
    await qkdspec('session', 'qosst', '--quiet', ...reversed, '--out', out);
    const html = readFileSync(join(out, 'session.html'), 'utf8');
    expect(html).toMatch(/<strong class="amiss">✗ differs: bob has \d+ bits[^<]* alice has/);
  });

  it('holds the ledger alone where a protocol has nothing to draw', async () => {
    const html = await pageOf('kmip');
    expect(plots(html)).toEqual([]);
    expect(html).toContain('<h2>Ledger</h2>');
    expect(html).toContain('verdict (server)</th><td>pass</td>');
  });
});

describe('the drawing of a machine', () => {
  it.each([
    ['svg', /^<\?xml[^]*<svg [^]*<\/svg>\s*$/],
    ['dot', /^digraph "qosst" {\n[^]*}\n$/],
    ['mermaid', /^---\ntitle: QOSST control protocol\n---\nflowchart LR\n/],
  ])('is %s', async (format, shape) => {
    expect((await qkdspec('model', 'qosst', '--format', format)).stdout).toMatch(shape);
  });

  it('as JSON holds every state, and targets that are states', async () => {
    const { stdout } = await qkdspec('model', 'qosst', '--format', 'json');
    const { states, transitions, guards, requirements } = JSON.parse(stdout);
    const ids = new Set(states.map((state: { id: string }) => state.id));
    for (const { from, to, guard } of transitions) {
      for (const end of [from, ...to]) expect(ids).toContain(end);
      if (guard !== null) expect(guards).toHaveProperty(guard);
    }
    expect(requirements.length).toBeGreaterThan(0);
  });
});
