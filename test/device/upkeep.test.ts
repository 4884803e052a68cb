import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { guarded } from '#src/cli/guarded.ts';
import { rememberedScreen } from '../cli/screen.ts';
import { qkdspec, site, type Site } from './ground.ts';

const aimedAt = ({ url, folder }: Site) => [
  ...['--target', url, '--out', join(folder, 'run')],
  ...['--timeout', '20000'],
];
/** Cases of which the first kills the device, once. */
const mortal = ['invalidResponse', 'abort', 'identificationRequest'].map(
  (message) => `sequence/initialization.requesting/${message}`,
);
/** A command that notes in a file of this name that it ran. */
const noting = ({ folder }: Site, name: string) => `echo ran >> '${join(folder, name)}'`;

describe('a device that falls', () => {
  it('is started again, and the run goes on', async () => {
    using here = await site({ diesOf: 'invalidResponse' });
    const selected = [...mortal];
    const stop = ['--stop', noting(here, 'stopped')];
    const { stdout } = await qkdspec(
      'test',
      ...selected,
      ...aimedAt(here),
      '--start',
      here.start,
      ...stop,
    );
    expect(existsSync(join(here.folder, 'grave'))).toBe(true);
    expect(stdout).toContain('the target is gone: bringing it back');
    expect(stdout).toMatch(/\d+ cases: /);
    expect(stdout).not.toMatch(/exit 3/);
    expect(here.notes('stopped')).toBeGreaterThan(1);
  });

  it('is brought back by its own command, and by a power cycle where that does not help', async () => {
    using here = await site({ diesOf: 'invalidResponse' });
    const daemon = `(${here.start}) >/dev/null 2>&1 & echo $! >> '${join(here.folder, 'pids')}'`;
    const profile = join(here.folder, 'lab.yaml');
    const members = {
      target: here.url,
      start: daemon,
      restart: noting(here, 'restarted'),
      powerCycle: `${noting(here, 'cycled')}; ${daemon}`,
      stop: `${noting(here, 'stopped')}; kill $(cat '${join(here.folder, 'pids')}') 2>/dev/null; true`,
      timeouts: { replyMs: 20_000, restartMs: 300 },
    };
    writeFileSync(profile, JSON.stringify(members));
    const selected = [...mortal];
    const out = ['--out', join(here.folder, 'run')];
    const { stdout } = await qkdspec('test', ...selected, '--profile', profile, ...out);
    expect(stdout).not.toMatch(/exit 3/);
    expect(here.notes('restarted')).toBe(1);
    expect(here.notes('cycled')).toBe(1);
    expect(here.notes('stopped')).toBe(1);
  });
});

describe('the commands of a profile', () => {
  it('stop a device when the run is interrupted', async () => {
    using here = await site();
    const interrupt = new AbortController();
    const screen = { ...rememberedScreen(), signal: interrupt.signal };
    const out = (text: string) => {
      if (text.includes('testing')) interrupt.abort();
    };
    const argv = [
      'test',
      ...aimedAt(here),
      '--start',
      here.start,
      '--stop',
      noting(here, 'stopped'),
    ];
    expect(await guarded(argv, { ...screen, out })).toBe(130);
    expect(here.notes('stopped')).toBe(1);
  });

  it('that fail are told in one line, with what they said last', async () => {
    using here = await site();
    const stop = ['--stop', 'echo the relay is stuck; exit 3'];
    const selected = [
      'identification/version/of-the-prose',
      ...aimedAt(here),
      '--start',
      here.start,
    ];
    const { exitCode, stdout } = await qkdspec('test', ...selected, ...stop);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^stop 'echo .*' failed: exit code 3: the relay is stuck$/m);
  });

  it('have time limits of their own', async () => {
    using here = await site();
    const profile = join(here.folder, 'lab.yaml');
    const members = {
      target: here.url,
      start: here.start,
      stop: 'sleep 60',
      timeouts: { stopMs: 50 },
    };
    writeFileSync(profile, JSON.stringify(members));
    const out = ['--out', join(here.folder, 'run'), '--profile', profile];
    const { stdout } = await qkdspec('test', 'identification/version/of-the-prose', ...out);
    expect(stdout).toContain("stop 'sleep 60' failed: took longer than 0.05 s");
  });
});
