import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { run } from '../qosst/peers/run.ts';
import { buildOvh } from './ovh/build.ts';
import { judged, type Findings } from './peers/judged.ts';
import { certified, listening, servedForAll } from './peers/server.ts';

const built = await buildOvh();
if (built.kind === 'missing') console.warn(`ovh/kmip-go is missing: ${built.why}`);
const programs = built.kind === 'ready' ? built.programs : { client: '', server: '' };
const { tlsCa, tlsCert, tlsKey } = certified('device');

/** What its server does wrong: as `confirm/ovh.py` shows it, and as the suite finds it. */
const findings: Findings = {
  'a batch goes on behind an error where nothing is said of it': /\/usual-order-/,
  'Maximum Response Size is passed over': /^kmip\/maximum-size\//,
  'an empty Unique Batch Item ID is not returned': /\/(?:single-id|ids)-(?:one-)?empty$/,
  'a field that stands twice is taken': /-twice$|\/id-last$|\/bad-item-changes-nothing$/,
  'a second message extension is passed over, though critical': /\/second-extension-/,
  'a Boolean of 2 is taken': /\/boolean-/,
  'a text that is not UTF-8 is taken and returned': /^kmip\/ttlv\/text-/,
  'an Integer of 8 bytes is taken': /-of-8-bytes$|\/Locate-other-type$/,
  'a payload that ends too early ends the connection': /\/other-Import$/,
};

/** In its server Maximum Items of 0 is what it is without any. */
const unlimited = { 'Maximum Items of 0 is none': /\/at-most-none$/ };

/** Messages that end its process, and the cases that find them. */
const crashes: Readonly<Record<string, string>> = {
  'an Integer of 3 bytes': 'kmip/ttlv/integer-of-3-bytes',
  'an Enumeration of 1 byte': 'kmip/ttlv/enumeration-of-1-byte',
  'a length of 4 GiB': 'kmip/ttlv/header-of-4-gigabytes',
  'an Integer of no byte': 'kmip/ttlv/integer-of-0-bytes',
};

/** What it does wrong over HTTP; its transport apart, the findings are the same. */
const findingsOfJson: Findings = {
  ...findings,
  'negative numbers as hex and masks as text are not read':
    /negative|less|check-mask-|absent-check$/,
  'a message may stand twice, or have its keys twice': /^kmip\/json\//,
  ...unlimited,
};

const sample = [
  'kmip/batches/usual-order-kept-of-2-*',
  'kmip/maximum-size/query-*',
  'kmip/items/*',
  'kmip/payloads/*-twice',
  'kmip/ttlv/boolean-*',
  'kmip/ttlv/text-*',
  'kmip/ttlv/integer-of-8-bytes',
  'kmip/lifecycle/*',
  'kmip/left-over/*',
  'kmip/placeholder/*',
];

const sampleOfJson = ['kmip/json/*', 'kmip/http/*', 'kmip/objects/create*', 'kmip/locate/by-*'];

/** What starts its server: the transport, the address, the certificates. */
function serverArgs(transport: string): readonly string[] {
  const own = certified('kms');
  return [transport, '127.0.0.1:0', own.tlsCa, own.tlsCert, own.tlsKey];
}

/** What a confirmation prints about its server. */
async function confirmed(
  transport: string,
  name: string,
  more: readonly string[] = [],
): Promise<readonly string[]> {
  using server = await listening(programs.server, serverArgs(transport));
  const script = path.join(import.meta.dirname, 'confirm', name);
  const args = ['-B', script, server.port, tlsCa, tlsCert, tlsKey, ...more];
  const { lines } = await run('python3', args, { signal: AbortSignal.timeout(60_000) });
  return lines;
}

describe.skipIf(built.kind === 'missing')('ovh/kmip-go 0.8.1', () => {
  const ours = servedForAll(built.kind === 'ready');

  it.each(['1.4', '1.3', '1.2', '1.1', '1.0'])(
    "its client's session with our server, version %s",
    async (version) => {
      const server = await ours;
      const args = [`127.0.0.1:${server.port}`, version, tlsCa, tlsCert, tlsKey];
      const { code, lines } = await run(programs.client, args, {
        signal: AbortSignal.timeout(60_000),
      });
      expect(lines.filter((line) => line.startsWith('wrong'))).toEqual([]);
      expect([code, lines.at(-1)]).toEqual([0, 'close']);
    },
  );

  it('its server over TLS under its profile: what stays red is wrong', async () => {
    using server = await listening(programs.server, serverArgs('ttlv'));
    const target = `kmip://127.0.0.1:${server.port}`;
    const flags = { profile: 'kmip-ovh-0.8', target, tlsCa, tlsCert, tlsKey };
    const full = ['kmip/*', ...Object.values(crashes).map((id) => `!${id}`)];
    const known = { ...findings, ...unlimited };
    const { unexplained, missed, passed } = await judged(flags, { sample, full }, known);
    expect(unexplained).toEqual([]);
    expect(missed.filter((name) => name in findings)).toEqual([]);
    expect(passed).toBeGreaterThan(100);
  });

  it('its server in JSON over HTTP under its profile: what stays red is wrong', async () => {
    using server = await listening(programs.server, serverArgs('http'));
    const target = `kmip+http://127.0.0.1:${server.port}/kmip`;
    const flags = { profile: 'kmip-ovh-0.8', dialect: 'kmip/json', target };
    const choice = { sample: sampleOfJson, full: [] };
    const { unexplained, passed } = await judged(flags, choice, findingsOfJson);
    expect(unexplained).toEqual([]);
    expect(passed).toBeGreaterThan(80);
  });

  it('without a Content-Type, which it leaves out, nothing of it can be judged', async () => {
    using server = await listening(programs.server, serverArgs('http-bare'));
    const target = `kmip+http://127.0.0.1:${server.port}/kmip`;
    const flags = { profile: 'kmip-ovh-0.8', dialect: 'kmip/json', target };
    await expect(judged(flags, { sample: ['kmip/json/*'], full: [] }, {})).resolves.toMatchObject({
      passed: 0,
    });
  });

  it('what is found wrong with its server is seen in raw bytes, too', async () => {
    expect(await confirmed('ttlv', 'ovh.py')).toEqual(Object.keys(findings));
  });

  it('so is what is wrong with it over HTTP', async () => {
    const lines = await confirmed('http-bare', 'ovh_json.py');
    expect(lines.filter((line) => line.startsWith('not seen'))).toEqual([]);
    expect(lines).toHaveLength(5);
  });

  it.each(Object.keys(crashes))('%s ends its process', async (message) => {
    expect(await confirmed('ttlv', 'ovh.py', [message])).toEqual([`${message} ends the process`]);
  });

  it('the suite sees its process end', async () => {
    using server = await listening(programs.server, serverArgs('ttlv'));
    const target = `kmip://127.0.0.1:${server.port}`;
    const flags = { profile: 'kmip-ovh-0.8', target, tlsCa, tlsCert, tlsKey };
    const selectors = Object.values(crashes).slice(0, 1);
    const known = { crash: /^kmip\/ttlv\// };
    const { missed } = await judged(flags, { sample: selectors, full: selectors }, known);
    expect(missed).toEqual([]);
  });
});
