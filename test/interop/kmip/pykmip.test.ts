import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it } from 'vitest';
import { planSuite, protocols, runSuite, subjectOf } from '#src/index.ts';
import { run } from '../qosst/peers/run.ts';
import { installPykmip } from './peers/install.ts';
import { certified, startPykmip } from './peers/server.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const installed = await installPykmip();
if (installed.kind === 'missing') console.warn(`PyKMIP is missing: ${installed.why}`);
const python = installed.kind === 'ready' ? installed.python : '';

/** What PyKMIP's client does, in its order. */
const steps = [
  'create',
  'locate',
  'get',
  'get attribute list',
  'get attributes',
  'activate',
  'encrypt',
  'decrypt',
  'register',
  'create key pair',
  'sign',
  'signature verify',
  'mac',
  'destroy of an active key is refused',
  'revoke',
  'destroy',
];

/** Our server over TLS on a free port, until it is stopped. */
async function served() {
  const { tlsCa, tlsCert, tlsKey } = certified('kms');
  const tls = ['--tls-ca', tlsCa, '--tls-cert', tlsCert, '--tls-key', tlsKey];
  const cli = path.join(root, 'src/cli/qkdspec.js');
  const child = spawn(process.execPath, [cli, 'serve', 'kmip', '--port', '0', '--quiet', ...tls], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(createInterface(child.stdout), 'line');
  const port = /:(\d+)$/.exec(String(line))?.[1] ?? '';
  return { port, [Symbol.dispose]: () => child.kill('SIGKILL') };
}

describe.skipIf(installed.kind === 'missing')('PyKMIP 0.10', () => {
  it.each(['2.0', '1.4'])("its client's session with our server, version %s", async (version) => {
    using server = await served();
    const { tlsCa, tlsCert, tlsKey } = certified('device');
    const client = path.join(import.meta.dirname, 'peers/client.py');
    const args = ['-W', 'ignore', client, server.port, version, tlsCa, tlsCert, tlsKey];
    const { lines } = await run(python, args, { signal: AbortSignal.timeout(60_000) });
    expect(lines.filter((line) => !line.startsWith('Config file'))).toEqual(steps);
  });

  it('its server under its profile: what stays red is wrong by the document', async () => {
    await using server = await startPykmip(python);
    const profile = path.join(root, 'fixtures/profiles/kmip-pykmip-0.10.yaml');
    const target = `kmip://127.0.0.1:${server.port}`;
    const subject = await subjectOf({ profile, target, ...certified('device') }, protocols);
    const selectors = ['kmip/headers/*', 'kmip/batch-count/*'];
    const { results } = await runSuite(planSuite(subject, { retries: 0, selectors }), () => {});
    const red = results.filter(({ verdict }) => verdict === 'fail');
    const good = results.filter(({ verdict }) => ['pass', 'reading'].includes(verdict));
    expect(good.length).toBeGreaterThan(40);
    expect(red.map(({ id }) => id).filter((id) => !isKnown(id))).toEqual([]);
    expect(red.map(({ id }) => id)).toContain('kmip/batch-count/one-of-two');
  });
});

/**
 * It does not know the header's correlation values and attestation, and does as many items as the
 * Batch Count says.
 */
function isKnown(id: string): boolean {
  const [, topic = '', name = ''] = id.split('/');
  if (topic === 'batch-count') return /-of-(?:one|two)$/.test(name);
  return /^(?:all-fields|first-|last-|.*correlation|attestation)/.test(name);
}
