import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { run } from '../qosst/peers/run.ts';
import { installPykmip } from './peers/install.ts';
import { judged, type Findings } from './peers/judged.ts';
import { certified, servedForAll, startPykmip } from './peers/server.ts';

const installed = await installPykmip();
if (installed.kind === 'missing') console.warn(`PyKMIP is missing: ${installed.why}`);
const python = installed.kind === 'ready' ? installed.python : '';
const { tlsCa, tlsCert, tlsKey } = certified('device');

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

/** What its server does wrong: as `confirm/pykmip.py` shows it, and as the suite finds it. */
const findings: Findings = {
  'a Client Correlation Value is refused':
    /^kmip\/headers\/(?:all-fields|first-|last-|.*correlation|attestation)|ttlv\/long-batch/,
  'as many items are done as Batch Count says': /^kmip\/batch-count\//,
  'an empty payload cannot be read': /-placeholder$|^kmip\/placeholder\/|-fills?-|-identifier-/,
  'the ID Placeholder outlives its connection': /^kmip\/left-over\/placeholder-/,
  'an empty identifier is the ID Placeholder': /\/id-empty$|\/empty-identifier$/,
  'Locate does not fill the ID Placeholder': /\/located-/,
  'a batch is refused, and its first item done': /\/of-refused-batch$/,
  'a message extension that is not critical is refused': /\/extensions?-/,
  'Revoke fails with the reason 0x0B of 1.x': /-revoke$/,
  'Locate takes two Attributes': /\/Locate-field-twice$/,
  'two keys have one name': /\/name-t/,
  'a text that is not ASCII cannot be read': /\/id-of-other-scripts$/,
  'what it does not do is an invalid message':
    /^kmip\/cryptography\/|^kmip\/attributes\/|\/(?:register|pair|check)-|\/absent-|\/among-opaque|\/renamed/,
  'Locate by algorithm fails once there is a certificate': /\/among-certificate-/,
  'Get Attributes of what a key has not is not answered':
    /^kmip\/attributes\/(?:set|modify-absent)-/,
};

const sample = [
  'kmip/locate/among-*',
  'kmip/headers/correlation-*',
  'kmip/headers/attestation-*',
  'kmip/batch-count/*',
  'kmip/batches/usual-order-unsaid-of-2-none-*',
  'kmip/left-over/*',
  'kmip/objects/id-of-other-scripts',
  'kmip/items/extension*',
  'kmip/lifecycle/pre-active-*',
  'kmip/payloads/Locate-*',
  'kmip/locate/name-taken',
  'kmip/cryptography/hashes-sha-256',
  'kmip/attributes/set-ObjectGroup',
];

describe.skipIf(installed.kind === 'missing')('PyKMIP 0.10', () => {
  const ours = servedForAll(installed.kind === 'ready');

  it.each(['2.0', '1.4'])("its client's session with our server, version %s", async (version) => {
    const server = await ours;
    const client = path.join(import.meta.dirname, 'peers/client.py');
    const args = ['-W', 'ignore', client, server.port, version, tlsCa, tlsCert, tlsKey];
    const { lines } = await run(python, args, { signal: AbortSignal.timeout(60_000) });
    expect(lines.filter((line) => !line.startsWith('Config file'))).toEqual(steps);
  });

  it('its server under its profile: what stays red is wrong by the document', async () => {
    await using server = await startPykmip(python);
    const target = `kmip://127.0.0.1:${server.port}`;
    const flags = { profile: 'kmip-pykmip-0.10', target, timeout: 10_000, tlsCa, tlsCert, tlsKey };
    const { unexplained, missed, passed } = await judged(flags, { sample, full: [] }, findings);
    expect(unexplained).toEqual([]);
    expect(missed).toEqual([]);
    expect(passed).toBeGreaterThan(20);
  });

  it('what is found wrong with its server is seen in raw bytes, too', async () => {
    await using server = await startPykmip(python);
    const script = path.join(import.meta.dirname, 'confirm/pykmip.py');
    const args = ['-B', script, String(server.port), tlsCa, tlsCert, tlsKey];
    const { lines } = await run(python, args, { signal: AbortSignal.timeout(60_000) });
    expect(lines).toEqual(Object.keys(findings));
  });
});
