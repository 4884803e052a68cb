import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '#src/base/random.ts';
import { settingsFor } from '#src/contract/choose.ts';
import type { Report } from '#src/contract/report.ts';
import type { Profile, Target, TlsPaths } from '#src/contract/target.ts';
import { host } from '#src/play/host.ts';
import { centralKms } from '#src/protocols/central-kms/index.ts';
import { readCredentials } from '#src/transport/credentials.ts';
import { profileOf, run } from '../../suite/plan.ts';

const some = {
  'central-kms': ['challenge/right', 'batches/stored', 'json-rpc/id-zero', 'challenge/both-wrong'],
  sidecar: ['sidecar-calls/healthcheck', 'sidecar-calls/inquiry'],
} as const;

const folder = new URL('../../../fixtures/certificates/', import.meta.url).pathname;
const paths = (name: string, ca = true): TlsPaths => ({
  ...(ca ? { ca: `${folder}ca.pem` } : {}),
  cert: `${folder}${name}.pem`,
  key: `${folder}${name}-key.pem`,
});

async function tested(
  side: keyof typeof some,
  target: Target,
  change: Partial<Profile> = {},
): Promise<Report> {
  const ids = some[side].map((id) => `central-kms/${id}`);
  const profile = profileOf(target, {
    protocol: 'central-kms',
    side,
    dialect: centralKms.defaultDialect,
    replyMs: side === 'sidecar' ? 1500 : 5000,
    ...change,
  });
  const cases = centralKms.cases.filter(({ id }) => ids.includes(id));
  const { report } = await run({ protocol: centralKms, profile, cases });
  return report;
}

const at = (port: number): Target => ({ kind: 'address', host: '127.0.0.1', port });

function expectPassed({ exit, results }: Report, side: keyof typeof some): void {
  expect(exit, JSON.stringify(results)).toMatchObject({ exitCode: 0 });
  expect(results.map(({ verdict }) => verdict)).toEqual(some[side].map(() => 'pass'));
}

/** A program of others, on the package `ws`. */
const peer = (name: string) =>
  fileURLToPath(new URL(`../../interop/central-kms/peers/${name}.ts`, import.meta.url));

describe('the suite over TLS', () => {
  it('finds nothing wrong with our own KMS, with certificates of both sides', async () => {
    const record = centralKms.sides['central-kms'];
    if (record === undefined) throw new TypeError('no reference KMS');
    const casting = {
      protocol: centralKms,
      record,
      side: 'central-kms',
      settings: settingsFor(centralKms, {}),
      random: seededRandom(4),
      idleMs: 60_000,
      credentials: readCredentials(paths('kms')),
    };
    await using listener = await host(casting, { host: '127.0.0.1', port: 0 }, () => {});
    const tls = paths('device');
    expectPassed(await tested('central-kms', at(listener.port), { tls }), 'central-kms');
    const refused = await tested('central-kms', at(listener.port), { tls: paths('stranger') });
    expect(refused.exit.exitCode).toBe(3);
  });

  it('finds nothing wrong with a KMS of others', { timeout: 30_000 }, async () => {
    const { cert = '', key = '' } = paths('kms');
    const child = spawn(process.execPath, [peer('kms'), '0', 'document', cert, key], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      const [line] = await once(createInterface(child.stdout), 'line');
      const { port }: { port: number } = JSON.parse(String(line));
      const tls = { ca: `${folder}ca.pem` };
      expectPassed(await tested('central-kms', at(port), { tls }), 'central-kms');
    } finally {
      child.kill();
    }
  });
});

describe('a sidecar of others that a command starts with {url}', () => {
  const command = `${process.execPath} ${peer('sidecar')} {url}`;

  it('comes to us', { timeout: 30_000 }, async () => {
    expectPassed(await tested('sidecar', { kind: 'command', command }), 'sidecar');
  });

  it('comes to us over TLS', { timeout: 30_000 }, async () => {
    const trusting = `env NODE_EXTRA_CA_CERTS=${folder}ca.pem ${command}`;
    const target: Target = { kind: 'command', command: trusting };
    expectPassed(await tested('sidecar', target, { tls: paths('kms', false) }), 'sidecar');
  });
});

describe('the URL of a place', () => {
  const place = { host: '::1', port: 8080 };

  it.each([
    [{}, false, 'ws://[::1]:8080/sidecar'],
    [{ path: '/other' }, true, 'wss://[::1]:8080/other'],
  ])('with %o, over TLS: %s, is %s', (options, secure, url) =>
    expect(centralKms.peerUrl?.({ place, secure, dialect: 'central-kms/ws', options })).toBe(url),
  );
});
