import { describe, expect, it } from 'vitest';
import { seededRandom } from '#src/base/random.ts';
import { settingsFor } from '#src/contract/choose.ts';
import type { Report } from '#src/contract/report.ts';
import type { Profile } from '#src/contract/target.ts';
import { host } from '#src/play/host.ts';
import { etsi004 } from '#src/protocols/etsi-004/index.ts';
import { examine } from '#src/suite/doctor.ts';
import { readCredentials } from '#src/transport/credentials.ts';
import { profileOf, run } from '../../suite/plan.ts';
import { otherDevice } from './other-device.ts';

const some = [
  'etsi-004/opening/at-source',
  'etsi-004/opening/at-destination',
  'etsi-004/opening/two-streams',
  'etsi-004/delivery/keys-at-both-ends',
];
const cases = etsi004.cases.filter(({ id }) => some.includes(id));

/** A device at an address; its second end, too, unless only one is in sight. */
function profileAt(ports: readonly [number, number | null], change: Partial<Profile> = {}) {
  const [port, peer] = ports;
  return profileOf(
    { kind: 'address', host: '127.0.0.1', port },
    {
      protocol: 'etsi-004',
      side: 'qkd-device',
      dialect: etsi004.defaultDialect,
      options: peer === null ? {} : { peer: `127.0.0.1:${peer}` },
      replyMs: 3000,
      ...change,
    },
  );
}

async function tested(profile: Profile): Promise<Report> {
  const { report } = await run({ protocol: etsi004, profile, cases });
  return report;
}

const folder = new URL('../../../fixtures/certificates/', import.meta.url).pathname;
const paths = (name: string) => ({
  ca: `${folder}ca.pem`,
  cert: `${folder}${name}.pem`,
  key: `${folder}${name}-key.pem`,
});

/** The reference device on sockets. */
async function served(tls: boolean) {
  const record = etsi004.sides['qkd-device'];
  if (record === undefined) throw new TypeError('no reference device');
  const casting = {
    protocol: etsi004,
    record,
    side: 'qkd-device',
    settings: settingsFor(etsi004, {}),
    random: seededRandom(4),
    idleMs: 60_000,
    credentials: tls ? readCredentials(paths('device')) : null,
  };
  const listener = await host(casting, { host: '127.0.0.1', port: 0 }, () => {});
  const [peer] = listener.further;
  return { listener, ports: [listener.port, peer?.port ?? 0] as const };
}

describe('the suite against a device that lives on', () => {
  it('finds nothing wrong with one of others, time after time, and leaves nothing open', async () => {
    await using device = await otherDevice();
    for (let turn = 1; turn <= 2; turn += 1) {
      const report = await tested(profileAt(device.ports));
      expect(report.exit, JSON.stringify(report.results)).toMatchObject({ exitCode: 0 });
      expect(report.summary.pass + report.summary.reading).toBe(some.length);
      expect(device.opened()).toBeGreaterThan(turn * 6);
      expect(device.open()).toBe(0);
    }
  });

  it('finds nothing wrong with our own that is served', async () => {
    const { listener, ports } = await served(false);
    await using _ = listener;
    const report = await tested(profileAt(ports));
    expect(report.exit, JSON.stringify(report.results)).toMatchObject({ exitCode: 0 });
    expect(report.summary.pass).toBe(some.length);
  });

  it('runs over TLS with certificates of both sides, calls and pushes', async () => {
    const { listener, ports } = await served(true);
    await using _ = listener;
    const report = await tested(profileAt(ports, { tls: paths('kms') }));
    expect(report.exit, JSON.stringify(report.results)).toMatchObject({ exitCode: 0 });
    expect(report.summary.pass).toBe(some.length);
  });

  it('says in one line that a certificate of ours is not believed', async () => {
    const { listener, ports } = await served(true);
    await using _ = listener;
    const report = await tested(profileAt(ports, { tls: paths('stranger') }));
    expect(report.exit.exitCode).toBe(3);
    expect(report.exit.because).toContain('over TLS: it ended the connection');
  });

  it('has no verdict where the second end takes no connection', async () => {
    await using device = await otherDevice('deaf at b');
    const report = await tested(profileAt(device.ports));
    expect(report.exit.exitCode).toBe(3);
    expect(report.exit.because).toContain('at the second end: cannot connect to 127.0.0.1:9');
  });

  it('tests one end alone where a single address is known', async () => {
    await using device = await otherDevice('deaf at b');
    const [a] = device.ports;
    const report = await tested(profileAt([a, null]));
    expect(report.exit, JSON.stringify(report.results)).toMatchObject({ exitCode: 0 });
    expect(report.summary.notApplicable).toBeGreaterThan(0);
    expect(device.open()).toBe(0);
  });

  it('warns of no code of success that an open reading allows, whatever it took it for first', async () => {
    await using device = await otherDevice('opens with 200');
    const given = etsi004.cases.filter(({ id }) => id === 'etsi-004/opening/given-at-source');
    const { report } = await run({
      protocol: etsi004,
      profile: profileAt(device.ports),
      cases: given,
    });
    expect(report.results.map(({ verdict }) => verdict)).toEqual(['reading']);
  });

  it('fails one that pushes at one end alone', async () => {
    await using device = await otherDevice('mute at b');
    const report = await tested(profileAt(device.ports));
    const bad = report.results.filter(({ verdict }) => verdict === 'fail');
    expect(bad.map(({ id }) => id)).toEqual(['etsi-004/delivery/keys-at-both-ends']);
    expect(bad[0]?.requirements).toContain('etsi-004/keysEqual');
  });

  it('misses the keys of one that never pushes', async () => {
    await using device = await otherDevice('mute');
    const report = await tested(profileAt(device.ports, { replyMs: 400 }));
    const bad = report.results.filter(({ verdict }) => verdict === 'warn' || verdict === 'fail');
    expect(bad.map(({ id }) => id)).toEqual(['etsi-004/delivery/keys-at-both-ends']);
    expect(bad[0]?.requirements).toContain('etsi-004/getKeyStartsPushing');
  });
});

describe('the doctor', () => {
  async function examined(profile: Profile) {
    const checkups = [];
    const { signal } = new AbortController();
    for await (const checkup of examine(etsi004, profile, signal)) checkups.push(checkup);
    return checkups;
  }

  it('says where pushes are awaited, and opens nothing that it does not close', async () => {
    await using device = await otherDevice();
    const checkups = await examined(profileAt(device.ports));
    expect(checkups.filter(({ ok }) => !ok)).toEqual([]);
    const pushes = checkups.find(({ check }) => check.startsWith('pushes'));
    expect(pushes?.detail).toMatch(/^127\.0\.0\.1:\d+, 127\.0\.0\.1:\d+$/);
    expect(device.open()).toBe(0);
  });

  it('says what a device demands over TLS', async () => {
    const { listener, ports } = await served(true);
    await using _ = listener;
    const checkups = await examined(profileAt(ports, { tls: paths('kms') }));
    expect(checkups.filter(({ ok }) => !ok)).toEqual([]);
    const said = checkups.map(({ check, detail }) => `${check}: ${detail}`).join('\n');
    expect(said).toContain('asks its clients for a certificate: yes');
    expect(said).toContain('demands TLS 1.3: yes');
  });

  it('says that a port for pushes is taken', async () => {
    await using device = await otherDevice();
    const [a, b] = device.ports;
    const options = { peer: `127.0.0.1:${b}`, pushAt: `127.0.0.1:${a}` };
    const checkups = await examined(profileAt(device.ports, { options }));
    expect(checkups.at(-1)).toMatchObject({ ok: false });
    expect(checkups.at(-1)?.detail).toContain(`cannot listen on 127.0.0.1:${a}`);
  });
});
