import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { firstCases, profileOf, run } from './plan.ts';

const peer = fileURLToPath(new URL('./peer.ts', import.meta.url));
const bobBy = (how: string) =>
  profileOf(
    { kind: 'command', command: `${process.execPath} ${peer} {port} ${how}` },
    { side: 'bob', replyMs: 10_000 },
  );

describe('a run against a client that is started by a command', () => {
  it('passes what the reference does right', { timeout: 240_000 }, async () => {
    const { report } = await run({ profile: bobBy('well'), cases: firstCases('bob', 3) });
    expect(report.exit, JSON.stringify(report.results, null, 1)).toMatchObject({ exitCode: 0 });
    expect(report.summary.pass + report.summary.reading).toBe(3);
    expect(report.target.url).toContain('cmd:');
    await expect.poll(() => running('well'), { timeout: 5000 }).toEqual([]);
  });

  it('is exit 3 where the client never connects, and leaves nothing running', async () => {
    const profile = { ...bobBy('never-connects'), replyMs: 400 };
    const { report, tookMs } = await run({ profile, cases: firstCases('bob', 2) });
    expect(report.exit).toMatchObject({ exitCode: 3 });
    expect(report.exit.because).toContain('no client came within');
    expect(tookMs).toBeLessThan(10_000);
    await expect.poll(() => running('never-connects'), { timeout: 5000 }).toEqual([]);
  });

  it('is exit 3 where the command is no program', async () => {
    const command = 'no-such-program-at-all {port}';
    const profile = profileOf({ kind: 'command', command }, { side: 'bob', replyMs: 400 });
    const { report } = await run({ profile, cases: firstCases('bob', 1) });
    expect(report.exit).toMatchObject({ exitCode: 3 });
    expect(report.exit.because).toMatch(/no client came: it ended with exit code 127: .*not found/);
  });

  it('kills a client that never exits, with its children', { timeout: 240_000 }, async () => {
    const { report } = await run({ profile: bobBy('never-exits'), cases: firstCases('bob', 2) });
    expect(report.exit).toMatchObject({ exitCode: 0 });
    await expect.poll(() => running('never-exits'), { timeout: 5000 }).toEqual([]);
  });
});

/** Processes of the peer that still run, by the word that told it how. */
function running(how: string): readonly string[] {
  const listed = execFileSync('ps', ['-eo', 'pid,args'], { encoding: 'utf8' });
  return listed.split('\n').filter((line) => line.includes(peer) && line.trim().endsWith(how));
}
