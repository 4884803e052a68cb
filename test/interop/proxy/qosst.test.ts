import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startRealAlice, type RealAlice } from '../qosst/peers/alice.ts';
import { installQosst } from '../qosst/peers/install.ts';
import { run } from '../qosst/peers/run.ts';
import { between, type Between } from './listening.ts';

const installed = await installQosst({ say: (line) => console.log(line) });
if (installed.kind === 'missing') console.log(`skipped: ${installed.why}`);
const python = installed.kind === 'ready' ? installed.python : '';
const script = path.join(import.meta.dirname, '../qosst/peers/bob.py');

describe.skipIf(installed.kind === 'missing')('the proxy between real Alice and real Bob', () => {
  let alice: RealAlice;
  let folder = '';
  const light = () => path.join(folder, 'light.npy');
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'qkdspec-between-'));
    if (installed.kind === 'ready')
      alice = await startRealAlice({ python, fibre: light(), haste: true });
  });
  afterAll(async () => {
    await alice?.[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  const start = (more: readonly string[] = []) =>
    between([
      ...['--target', `qosst://127.0.0.1:${alice.port}`],
      ...['--profile', 'fixtures/profiles/qosst-alice-0.10.yaml'],
      ...['--out', path.join(folder, 'run'), ...more],
    ]);
  const playBob = async (proxy: Between) => {
    const port = String(await proxy.port);
    const args = [script, '127.0.0.1', port, '--fibre', light(), '--step-timeout', '10'];
    return run(python, args, { signal: AbortSignal.timeout(40_000) });
  };

  it('lets them measure their channel, and blames Bob alone: he leaves without a word', async () => {
    const proxy = start();
    const { code } = await playBob(proxy);
    expect(code).toBe(0);
    expect(await proxy.over).toBe(1);
    expect(proxy.text()).toContain('1  alice: PE_APPROVED (166)');
    expect(proxy.text()).toContain('  bob: fail [qosst/disconnectBeforeLeaving]\n  alice: pass');
    expect(proxy.text()).toContain('estimates: approved');
  });

  it('replays a challenge of Bob’s: Alice refuses it, and nobody is blamed for that', async () => {
    const proxy = start(['--script', 'fixtures/proxy/qosst.yaml']);
    const { code } = await playBob(proxy);
    expect(code).not.toBe(0);
    await proxy.over;
    expect(proxy.text()).toMatch(
      /replays an earlier member.*\n.*\n1 {2}alice: AUTHENTICATION_INVALID/,
    );
    expect(proxy.text()).toMatch(/ {2}bob: pass\n {2}alice: (?:pass|reading allowed)/);
  });

  it('loses an answer of Alice’s: Bob gives up, and is not blamed for it', async () => {
    const file = path.join(folder, 'drop.yaml');
    await writeFile(file, 'faults: [{ on: { message: qieReady, by: alice }, do: drop }]\n');
    const proxy = start(['--script', file]);
    await playBob(proxy);
    expect(await proxy.over).toBe(0);
    expect(proxy.text()).toContain('not blamed proxy/qosst/1/bob');
  });
});
