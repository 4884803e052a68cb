import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { installPykmip } from '../kmip/peers/install.ts';
import { certified, startPykmip } from '../kmip/peers/server.ts';
import { run } from '../qosst/peers/run.ts';
import { between } from './listening.ts';

const installed = await installPykmip();
if (installed.kind === 'missing') console.warn(`PyKMIP is missing: ${installed.why}`);
const python = installed.kind === 'ready' ? installed.python : '';
const script = path.join(import.meta.dirname, '../kmip/peers/client.py');

describe.skipIf(installed.kind === 'missing')("PyKMIP's client and PyKMIP's server", () => {
  const folder = mkdtemp(path.join(tmpdir(), 'qkdspec-between-'));
  afterAll(async () => rm(await folder, { recursive: true, force: true }));

  it('talk through the proxy, over TLS on both sides of it, and are both judged', async () => {
    await using server = await startPykmip(python);
    const { tlsCa, tlsCert, tlsKey } = certified('kms');
    const proxy = between([
      ...['--target', `kmip://127.0.0.1:${server.port}`],
      ...['--profile', 'fixtures/profiles/kmip-pykmip-0.10.yaml'],
      ...['--tls-ca', tlsCa, '--tls-cert', tlsCert, '--tls-key', tlsKey],
      ...['--out', path.join(await folder, 'run')],
    ]);
    const client = certified('device');
    const args = [script, String(await proxy.port), '1.2'];
    const files = [client.tlsCa, client.tlsCert, client.tlsKey];
    const played = await run(python, [...args, ...files], { signal: AbortSignal.timeout(40_000) });
    /** The server knows no HMAC keys: there the client's script ends. */
    expect(played.lines).toContain('signature verify');
    expect(await proxy.over).toBe(0);
    expect(proxy.text()).toContain(
      '1  client: 1.2 SignatureVerify 3\n1  server: 1.2 SignatureVerify',
    );
    expect(proxy.text()).toContain('  client: pass\n  server: pass\n');
  });
});
