import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import {
  host,
  planSuite,
  protocolOf,
  protocols,
  recordOf,
  runSuite,
  seededRandom,
  settingsFor,
  subjectOf,
  type Report,
  type TargetFlags,
} from '#src/index.ts';
import { clientCommand, runClient, startPeer } from './peers/start.ts';

const fixtures = fileURLToPath(new URL('../../../fixtures/', import.meta.url));
const certificate = (name: string) => `${fixtures}certificates/${name}.pem`;

/** The suite, or some of its cases, against a target; a profile by its name. */
async function suiteAgainst(
  flags: TargetFlags,
  selectors: readonly string[] = [],
): Promise<Report> {
  const { profile: name, ...others } = flags;
  const profile = name === undefined ? {} : { profile: `${fixtures}profiles/${name}.yaml` };
  const subject = await subjectOf({ ...others, ...profile }, protocols);
  return runSuite(planSuite(subject, { selectors, retries: 0 }), () => {});
}

const notGood = ({ results }: Report) =>
  results
    .filter(({ verdict }) => !['pass', 'reading', 'notApplicable'].includes(verdict))
    .map(({ id, verdict }) => `${id}: ${verdict}`);

const broken = ({ results }: Report) => [
  ...new Set(
    results
      .filter(({ verdict }) => verdict === 'fail' || verdict === 'warn')
      .map(({ requirements }) => requirements[0]),
  ),
];

const played = ({ results }: Report) =>
  results.filter(({ verdict }) => verdict === 'pass' || verdict === 'reading').length;

/** Two servers that share a key buffer, both wrong in the same place, or only the second one. */
async function link(fault: string | null, wrongEnd: 'both' | 'b' = 'both') {
  const wrong = fault === null ? [] : ['--fault', fault];
  const a = await startPeer('many_requests', wrongEnd === 'both' ? wrong : []);
  const b = await startPeer('many_requests', wrong);
  return {
    aim: {
      profile: 'etsi-004-qubip',
      target: `etsi-004://127.0.0.1:${a.port}`,
      option: [`peer=127.0.0.1:${b.port}`],
    },
    async [Symbol.asyncDispose]() {
      await a[Symbol.asyncDispose]();
      await b[Symbol.asyncDispose]();
    },
  };
}

/**
 * All streams take their keys from the start of the same buffer, each end in chunks of its own size:
 * what such a server gives in one stream it has given in another.
 */
const ofSharedBuffer = [
  'etsi-004/qos/destination-asks-otherwise: fail',
  'etsi-004/streams/interleaved: fail',
  'etsi-004/streams/of-two-sizes: fail',
  'etsi-004/streams/get-key-of-the-closed: fail',
];

/**
 * It takes every id at an end as often as it comes, and gives keys of the size that the first of
 * them asked for. Where close ends nothing there is no closed stream to begin with.
 */
const ofIdleClose = [
  'etsi-004/opening/id-in-use: fail',
  'etsi-004/opening/id-in-use-while-pushing: fail',
  'etsi-004/opening/again-after-close: fail',
  'etsi-004/qos/destination-asks-otherwise: fail',
  'etsi-004/order/get-key-after-close: untestable',
  'etsi-004/order/close-twice: untestable',
  'etsi-004/order/open-after-close: untestable',
];

describe('two servers of version 1.0.1, many requests a connection', () => {
  it('are found to keep to what is known of them', async () => {
    await using servers = await link(null);
    const report = await suiteAgainst(servers.aim);
    expect(notGood(report)).toEqual(ofSharedBuffer);
    expect(played(report)).toBeGreaterThan(60);
  });

  it.each([
    ['version', 'frameVersion', 'opening/at-destination', 'both'],
    ['service', 'frameService', 'framing/keys-at-both-ends', 'both'],
    ['length', 'frameLength', 'framing/keys-at-both-ends', 'both'],
    ['key-short', 'chunkSizeKept', 'framing/keys-at-both-ends', 'both'],
    ['key-differs', 'keysEqual', 'framing/keys-at-both-ends', 'b'],
    ['index-stuck', 'pulledIndex', 'framing/keys-at-both-ends', 'both'],
    ['unknown-served', 'unknownStreamRefused', 'order/get-key-after-close', 'both'],
    ['served-after-close', 'unknownStreamRefused', 'order/get-key-after-close', 'both'],
    ['id-taken-twice', '(?:misplacedRefused|idInUseRefused)', 'opening/id-in-use', 'both'],
    ['small-room-takes-key', 'keysEqual', 'framing/room-small', 'both'],
  ] as const)('are found out: %s breaks %s', async (fault, requirement, id, wrongEnd) => {
    await using servers = await link(fault, wrongEnd);
    const report = await suiteAgainst(servers.aim, [id]);
    expect(broken(report)).toEqual([expect.stringMatching(`^etsi-004/${requirement}$`)]);
  });
});

describe('a server of version 2.1.1, one request a connection', () => {
  it('is found to keep to what is known of it', async () => {
    await using server = await startPeer('one_request');
    const report = await suiteAgainst({
      profile: 'etsi-004-edition3',
      target: `etsi-004://127.0.0.1:${server.port}`,
    });
    expect(notGood(report)).toEqual(ofIdleClose);
    expect(played(report)).toBeGreaterThan(30);
  });

  it('is found out where keys differ', async () => {
    await using server = await startPeer('one_request', ['--fault', 'key-differs']);
    const report = await suiteAgainst(
      { profile: 'etsi-004-edition3', target: `etsi-004://127.0.0.1:${server.port}` },
      ['framing/keys-at-both-ends'],
    );
    expect(broken(report)).toEqual(['etsi-004/keysEqual']);
  });

  it('is the same over TLS, with certificates of both sides', async () => {
    await using server = await startPeer('one_request', [
      ...['--cert', certificate('device'), '--key', certificate('device-key')],
      ...['--ca', certificate('ca')],
    ]);
    const report = await suiteAgainst(
      {
        profile: 'etsi-004-edition3',
        target: `etsi-004s://127.0.0.1:${server.port}`,
        tlsCa: certificate('ca'),
        tlsCert: certificate('kms'),
        tlsKey: certificate('kms-key'),
      },
      ['framing/*'],
    );
    expect(notGood(report)).toEqual([]);
    expect(played(report)).toBeGreaterThan(5);
  });
});

describe.each(['1.0.1', '2.1.1'])('an application that speaks version %s', (version) => {
  const dialect = `etsi-004/framing-${version}`;

  it('gets equal keys from our QKD devices, again and again', async () => {
    const protocol = protocolOf('etsi-004', protocols);
    const faults: unknown[] = [];
    const casting = {
      protocol,
      record: recordOf(protocol, 'qkd-device', null),
      side: 'qkd-device',
      settings: settingsFor(protocol, { dialect }),
      random: seededRandom(4),
      idleMs: 1000,
    };
    const address = { host: '127.0.0.1', port: 0 };
    await using listener = await host(casting, address, (fault) => faults.push(fault));
    const ports = [listener.port, listener.further[0]?.port ?? 0] as const;
    const first = await runClient(ports, ['--version', version, '--forgets']);
    expect(first).toEqual({ code: 0, lines: expect.arrayContaining(['5 keys, equal']) });
    const second = await runClient(ports, ['--version', version]);
    expect(second).toEqual({
      code: 0,
      lines: [
        'source: status 1, keys of 32 bytes',
        'destination: status 0, same stream',
        '5 keys, equal',
        'closed: 0, 0',
      ],
    });
    expect(faults).toEqual([]);
  });

  it('is found to be right, also where it gets no key and leaves', async () => {
    const report = await suiteAgainst(
      { protocol: 'etsi-004', target: clientCommand(version), dialect, timeout: 3000 },
      ['framing-kms/*'],
    );
    expect(notGood(report)).toEqual([]);
    expect(played(report)).toBe(6);
  });
});
