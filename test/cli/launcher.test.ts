import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { launch, launcher } from './launch.ts';

const cwd = mkdtempSync(join(tmpdir(), 'qkdspec-launcher-'));
afterAll(() => rmSync(cwd, { recursive: true }));

describe('the launcher under an old Node', () => {
  it('passes arguments, output and exit code through', async () => {
    const ended = await launch(['explain', 'challengeEchoed'], { cwd, oldNode: true });
    expect(ended).toMatchObject({ exitCode: 0, stderr: '' });
    expect(ended.stdout).toMatch(/^requirement qosst\/challengeEchoed\n/);
    expect(await launch(['tset'], { cwd, oldNode: true })).toMatchObject({ exitCode: 2 });
  });

  it('says in one line that there is no Node to run under', async () => {
    const alone = join(cwd, 'qkdspec.js');
    copyFileSync(launcher, alone);
    writeFileSync(join(cwd, 'package.json'), '{ "type": "module" }');
    const ended = await launch(['--help'], { cwd, script: alone, oldNode: true });
    expect(ended).toMatchObject({ exitCode: 2, stdout: '' });
    expect(ended.stderr).toMatch(
      /^qkdspec: Node 20\.19\.0 is too old, no newer one .*Node 24.*\n$/,
    );
  });
});
