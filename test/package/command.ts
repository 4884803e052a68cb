import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { launch } from '../cli/launch.ts';
import type { Package } from './packed.ts';
import { run } from './run.ts';

/** What the command of a package does where it is installed. */
export function testCommand(made: () => Package): void {
  const qkdspec = (...words: readonly string[]) =>
    launch(words, { cwd: made().project, script: scriptOf(made()) });

  describe('the command of the package', () => {
    it('is what npx starts', async () => {
      const { output } = await run('npx', ['--offline', 'qkdspec', '--version'], made().project);
      expect(output).toContain(`${made().manifest.version}\n`);
    });

    it('tests a side: 0 where it conforms, 1 where not, with what to type to see it again', async () => {
      const cases = 'qosst/sequence/link.unidentified/identificationRequest-2';
      const profile = join(made().folder, 'fixtures/profiles/example.yaml');
      const right = await qkdspec('test', cases, '--profile', profile);
      expect(right).toMatchObject({ exitCode: 0, stderr: '' });
      const target = 'reference:qosst/alice?mutant=alice-accepts-any-version';
      const { exitCode, stdout } = await qkdspec('test', cases, '--target', target);
      expect(exitCode).toBe(1);
      expect(stdout).toContain('[qosst/versionRefused]');
      expect(stdout).toMatch(
        /replay +node node_modules\/qkdspec\/dist\/src\/cli\/qkdspec\.js test/,
      );
    });

    it('plays a seed that comes with it', async () => {
      const [first = ''] = made().read('dist/seeds/qosst/alice.jsonl').split('\n');
      const { id }: { id: string } = JSON.parse(first);
      const { exitCode, stdout } = await qkdspec('replay', id, '--target', 'reference:qosst/alice');
      expect(stdout).toContain(`FIXED ${id}`);
      expect(exitCode).toBe(0);
    });

    it('runs a campaign on two threads', async () => {
      const words = ['--target', 'reference:qosst/alice', '--budget', '300msg', '--workers', '2'];
      const { exitCode, stdout } = await qkdspec('fuzz', ...words);
      expect(stdout).toMatch(/exit 0: nothing wrong in \d+ messages/);
      expect(exitCode).toBe(0);
    });

    it('plays a session over simulated light, up to the key', async () => {
      const { exitCode, stdout } = await qkdspec('session', 'qosst', '--distance-km', '5');
      expect(stdout).toMatch(/final key of bob and alice: \d{4,} bits/);
      expect(exitCode).toBe(0);
    });

    it('draws, and lists profiles that are there', async () => {
      const { stdout: drawn } = await qkdspec('model', 'etsi-004', '--format', 'svg');
      expect(drawn).toContain('</svg>');
      const { stdout: profiles } = await qkdspec('list', '--kind', 'profiles');
      const files = profiles.split('\n').filter((line) => /^\S/.test(line));
      expect(files.length).toBeGreaterThan(5);
      expect(files.filter((file) => !existsSync(file))).toEqual([]);
    });

    it('serves a side until it is interrupted', async () => {
      const script = scriptOf(made());
      const served = await launch(['serve', 'etsi-004', '--port', '0'], {
        ...{ cwd: made().project, script },
        watch: (stdout, child) => stdout.includes('127.0.0.1:') && child.kill('SIGINT'),
      });
      expect(served.stdout).toMatch(/listening on etsi-004:\/\/127\.0\.0\.1:\d+/);
    });

    it('says in one line that it wants a newer Node', async () => {
      const script = scriptOf(made());
      const old = { cwd: made().project, script, oldNode: true };
      const { exitCode, stdout, stderr } = await launch(['--version'], old);
      expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
      expect(stderr).toMatch(/^qkdspec: Node 20\.19\.0 is too old, .*Node 24 or newer.*\n$/);
    });
  });
}

function scriptOf({ folder, manifest }: Package): string {
  return join(folder, manifest.bin['qkdspec'] ?? '');
}
