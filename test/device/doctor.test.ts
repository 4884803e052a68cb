import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { systemClock } from '#src/base/clock.ts';
import { seededRandom } from '#src/base/random.ts';
import { settingsFor } from '#src/contract/choose.ts';
import { host } from '#src/play/host.ts';
import { kmip } from '#src/protocols/kmip/index.ts';
import { readCredentials } from '#src/transport/credentials.ts';
import { certificate } from './certificate.ts';
import { qkdspec } from './ground.ts';

const folder = mkdtempSync(join(tmpdir(), 'qkdspec-doctor-'));
afterAll(() => rmSync(folder, { recursive: true }));
const dayMs = 86_400_000;
const day = (ms: number) => new Date(ms).toISOString().slice(0, 10);
const fixtures = new URL('../../fixtures/certificates/', import.meta.url).pathname;

/** A KMIP server whose certificate holds between two days from now on, and whose clock is off. */
async function server({ from = -30, until = 300, isOverTls = true, aheadMs = 0 }) {
  const record = kmip.sides['server'];
  if (record === undefined) throw new TypeError('no server');
  const nowMs = Date.now();
  const [fromMs, untilMs] = [nowMs + from * dayMs, nowMs + until * dayMs];
  const files = certificate(folder, { fromMs, untilMs });
  const clock = { ...systemClock, nowMs: () => systemClock.nowMs() + aheadMs };
  const casting = { protocol: kmip, record, side: 'server', random: seededRandom(4), clock };
  const credentials = isOverTls ? readCredentials(files) : null;
  const settings = settingsFor(kmip);
  const listener = await host(
    { ...casting, settings, idleMs: 60_000, credentials },
    { host: '127.0.0.1', port: 0 },
    () => {},
  );
  const scheme = isOverTls ? 'kmip' : 'kmip+tcp';
  return {
    ...files,
    [Symbol.asyncDispose]: () => listener[Symbol.asyncDispose](),
    until: day(untilMs),
    from: day(fromMs),
    url: `${scheme}://127.0.0.1:${listener.port}`,
  };
}

const line = (stdout: string, check: string) =>
  stdout.split('\n').find((one) => one.slice(8).startsWith(check));
const shows = 'the target speaks TLS and shows a certificate';

describe('the doctor at a server over TLS', () => {
  it('says until when its certificate holds', async () => {
    await using here = await server({});
    const { exitCode, stdout } = await qkdspec('doctor', here.url, '--tls-ca', here.cert);
    expect(exitCode).toBe(0);
    expect(line(stdout, shows)).toMatch(new RegExp(`^ok .*; until ${here.until}, (299|300) days$`));
    expect(line(stdout, 'the authority that is believed')).toMatch(/^ok .*(299|300) days$/);
  });

  it('says that a certificate is to be renewed soon', async () => {
    await using here = await server({ until: 12.5 });
    const { exitCode, stdout } = await qkdspec('doctor', here.url, '--tls-ca', here.cert);
    expect(exitCode).toBe(0);
    const soon = new RegExp(`^ok .*; until ${here.until}, 12 days: renew it soon$`);
    expect(line(stdout, shows)).toMatch(soon);
  });

  it('says that a certificate has expired, and that nothing can be tested: exit 3', async () => {
    await using here = await server({ from: -90, until: -3 });
    const { exitCode, stdout } = await qkdspec('doctor', here.url, '--tls-ca', here.cert);
    expect(exitCode).toBe(3);
    expect(line(stdout, shows)).toMatch(new RegExp(`^failed .*; EXPIRED on ${here.until}$`));
    expect(stdout).toContain('its certificate has expired (CERT_HAS_EXPIRED)');
  });

  it('says that a certificate has expired today', async () => {
    await using here = await server({ until: -1 / 24 });
    const { stdout } = await qkdspec('doctor', here.url, '--tls-ca', here.cert);
    expect(line(stdout, shows)).toMatch(new RegExp(`^failed .*; EXPIRED on ${here.until}$`));
  });

  it('says that a certificate is not valid yet: exit 3', async () => {
    await using here = await server({ from: 5 });
    const { exitCode, stdout } = await qkdspec('doctor', here.url, '--tls-ca', here.cert);
    expect(exitCode).toBe(3);
    const notYet = new RegExp(`^failed .*; NOT VALID before ${here.from}: is a clock wrong\\?$`);
    expect(line(stdout, shows)).toMatch(notYet);
    expect(stdout).toContain('its certificate is not valid yet (CERT_NOT_YET_VALID)');
  });

  it('says the same of a certificate that anybody is believed with', async () => {
    await using here = await server({ from: 5 });
    const { exitCode, stdout } = await qkdspec('doctor', here.url, '--tls-insecure');
    expect(exitCode).toBe(3);
    expect(line(stdout, shows)).toMatch(/^failed .*NOT VALID before/);
  });
});

describe('the doctor and our own files', () => {
  const own = (name: string) => [
    ...['--tls-ca', join(fixtures, 'ca.pem'), '--tls-insecure'],
    ...['--tls-cert', join(fixtures, `${name}.pem`)],
    ...['--tls-key', join(fixtures, `${name}-key.pem`)],
  ];

  it('says that our certificate has expired', async () => {
    await using here = await server({});
    const right = await qkdspec('doctor', here.url, ...own('kms'));
    expect(line(right.stdout, 'our certificate')).toMatch(/^ok .*until 2119-12-31, \d+ days$/);
    expect(right.exitCode).toBe(0);
    const late = await qkdspec('doctor', here.url, ...own('expired'));
    expect(line(late.stdout, 'our certificate')).toBe(
      'failed  our certificate: EXPIRED on 2020-02-01',
    );
    expect(late.exitCode).toBe(3);
  });

  it('takes the best of several authorities', async () => {
    await using here = await server({});
    const both = join(folder, 'both.pem');
    const ca = (...names: readonly string[]) =>
      names.map((name) => readFileSync(join(fixtures, name), 'utf8')).join('');
    writeFileSync(both, ca('expired.pem', 'ca.pem'));
    const flags = ['--tls-insecure', '--tls-ca', both];
    const { stdout } = await qkdspec('doctor', here.url, ...flags);
    expect(line(stdout, 'the authority that is believed')).toMatch(/^ok .*: until 21\d\d-/);
    writeFileSync(both, ca('expired.pem'));
    const late = await qkdspec('doctor', here.url, ...flags);
    expect(line(late.stdout, 'the authority that is believed')).toMatch(/^failed .*EXPIRED/);
  });

  it('says which file holds no certificate', async () => {
    await using here = await server({});
    const { exitCode, stdout } = await qkdspec('doctor', here.url, '--tls-ca', here.key);
    expect(exitCode).toBe(3);
    expect(stdout).toMatch(/^failed .*there is no certificate in the PEM file$/m);
  });
});

describe('the doctor and the clock of a server', () => {
  it.each([
    [500, /^ok .*agrees with ours$/],
    [90_000, /^ok .*: (8[5-9]|90)\.\d s ahead of ours$/],
    [-3_600_000, /^ok .*: 360\d\.\d s behind ours$/],
  ])('finds one that is off by %i ms', async (aheadMs, told) => {
    await using here = await server({ isOverTls: false, aheadMs });
    const { exitCode, stdout } = await qkdspec('doctor', here.url);
    expect(exitCode).toBe(0);
    expect(line(stdout, 'the clock of the target')).toMatch(told);
  });
});
