import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { rememberedScreen } from '../cli/screen.ts';
import { systemClock } from '#src/base/clock.ts';
import { writePlace } from '#src/base/place.ts';
import { seededRandom } from '#src/base/random.ts';
import { readScript, scriptMembers } from '#src/cli/fault-script.ts';
import { guarded } from '#src/cli/guarded.ts';
import { readRun } from '#src/cli/stored-run.ts';
import { settingsFor } from '#src/contract/choose.ts';
import { connect } from '#src/play/connect.ts';
import { cast, host, type Casting } from '#src/play/host.ts';
import { perform, standing } from '#src/play/perform.ts';
import { etsi004 } from '#src/protocols/etsi-004/index.ts';
import { kmip } from '#src/protocols/kmip/index.ts';
import { qosst } from '#src/protocols/qosst/index.ts';
import { readCredentials } from '#src/transport/credentials.ts';
import { connectTcp, listenTcp } from '#src/transport/tcp.ts';

const folder = await mkdtemp(join(tmpdir(), 'qkdspec-proxy-'));
afterAll(() => rm(folder, { recursive: true, force: true }));
const loopback = { host: '127.0.0.1', port: 0 } as const;
const certificates = 'fixtures/certificates';

/** A screen whose reader may interrupt, and what was said of where to connect. */
function listening() {
  const stop = new AbortController();
  const screen = { ...rememberedScreen(), signal: stop.signal };
  const place = Promise.withResolvers<{ host: string; port: number }>();
  let text = '';
  const out = (said: string) => {
    text += said;
    const [, port] = /listening on [^ ]*127\.0\.0\.1:(\d+)/.exec(text) ?? [];
    if (port !== undefined) place.resolve({ host: '127.0.0.1', port: Number(port) });
  };
  return { screen: { ...screen, out }, place: place.promise, stop, text: () => text };
}

function casting(protocol: typeof qosst | typeof kmip, side: string): Casting {
  const record = protocol.sides[side];
  if (record === undefined) throw new Error(`no ${side}`);
  const settings = settingsFor(protocol);
  return { protocol, record, side, settings, random: seededRandom(1).fork(side), idleMs: 10_000 };
}

describe('qkdspec proxy', () => {
  it('judges both sides in a thread of its own, and writes a normal run', async () => {
    await using alice = await host(casting(qosst, 'alice'), loopback, () => {});
    const { screen, place, text } = listening();
    const out = join(folder, 'run');
    const target = `qosst://${writePlace(alice)}`;
    const args = ['proxy', '--target', target, '--sessions', '1', '--out', out, '--verbose'];
    const running = guarded(args, screen);
    const bob = casting(qosst, 'bob');
    {
      await using link = await connect(qosst, bob.settings, {
        address: await place,
        limitMs: 5000,
      });
      await perform(cast(bob), link, standing(cast(bob)));
    }
    expect(await running).toBe(0);
    expect(text()).toContain('1  bob: IDENTIFICATION_REQUEST (100)');
    expect(text()).toMatch(/session 1, .*: 38 messages in .* s\n {2}bob: pass\n {2}alice: pass/);
    const { report } = readRun(out);
    expect(report).toMatchObject({
      exit: { exitCode: 0 },
      target: { url: target, protocol: 'qosst' },
      results: [{ id: 'proxy/qosst/1/bob' }, { id: 'proxy/qosst/1/alice' }],
    });
    const trace = join(out, 'traces', 'proxy-qosst-1-bob.trace.json');
    const shown = rememberedScreen();
    expect(await guarded(['judge', trace], shown)).toBe(0);
    expect(shown.stdout).toContain('bob under test');
  });

  it('ends TLS toward the client and begins it toward the server', async () => {
    const own = { cert: `${certificates}/device.pem`, key: `${certificates}/device-key.pem` };
    const ca = `${certificates}/ca.pem`;
    const serving = { ...casting(kmip, 'server'), credentials: readCredentials({ ...own, ca }) };
    await using server = await host(serving, loopback, () => {});
    const { screen, place, text } = listening();
    const args = ['proxy', '--target', `kmip://${writePlace(server)}`, '--sessions', '1'];
    const tls = [
      ...['--tls-cert', `${certificates}/kms.pem`, '--tls-key', `${certificates}/kms-key.pem`],
      ...['--tls-ca', ca],
    ];
    const running = guarded([...args, ...tls, '--out', join(folder, 'tls')], screen);
    const client = casting(kmip, 'client');
    const way = { address: await place, limitMs: 5000, credentials: readCredentials({ ca }) };
    {
      await using link = await connect(kmip, client.settings, way);
      await perform(cast(client), link, standing(cast(client)));
    }
    expect(await running).toBe(0);
    expect(text()).toMatch(/listening on kmip:/);
    expect(text()).toMatch(/client: pass\n {2}server: pass/);
  });

  it('keeps what it saw when it is interrupted, with the exit code of the verdicts', async () => {
    await using alice = await host(casting(qosst, 'alice'), loopback, () => {});
    const { screen, place, stop, text } = listening();
    const args = ['proxy', '--target', `qosst://${writePlace(alice)}`];
    const running = guarded([...args, '--out', join(folder, 'stop')], screen);
    await using link = await connectTcp(await place, 1000);
    const bob = casting(qosst, 'bob');
    const role = cast(bob);
    const first = qosst.compose({ message: 'initializationRequest' }, 'bob', {
      position: standing(role).position,
      settings: bob.settings,
      random: seededRandom(1),
    });
    link.write(first.bytes);
    await link.read(3000);
    stop.abort();
    expect(await running).toBe(1);
    expect(text()).toContain('bob: fail [qosst/identificationFirst]');
    expect(text()).toContain('exit 1: bob broke what must hold');
  });

  it('ends at once with 130 when it is interrupted before anybody came', async () => {
    await using alice = await host(casting(qosst, 'alice'), loopback, () => {});
    const { screen, place, stop } = listening();
    const args = ['proxy', '--target', `qosst://${writePlace(alice)}`];
    const running = guarded([...args, '--out', join(folder, 'none')], screen);
    await place;
    stop.abort();
    expect(await running).toBe(130);
  });

  it('says that the server is not there, and breaks off its client', async () => {
    const gone = await listenTcp(loopback, () => {});
    await gone[Symbol.asyncDispose]();
    const { screen, place, stop, text } = listening();
    const args = ['proxy', '--target', `qosst://${writePlace(gone)}`];
    const running = guarded([...args, '--out', join(folder, 'gone')], screen);
    await using link = await connectTcp(await place, 1000);
    expect(await link.read(5000)).toEqual({ kind: 'closed', how: 'reset' });
    await systemClock.sleep(20);
    stop.abort();
    expect(await running).toBe(3);
    expect(text()).toMatch(/exit 3: cannot connect to 127\.0\.0\.1:\d+/);
  });

  it.each([
    [['--target', 'cmd:x {port}'], 'proxy takes --target qosst://host:port'],
    [['--target', 'qosst://a', '--back-listen', 'b:1', '--back-target', 'c:1'], 'never calls'],
    [['--target', 'etsi-004://a', '--back-listen', 'b:1'], 'belong together'],
    [['--target', 'qosst://a', '--listen', 'b:1', '--listen', 'b:2'], 'given 2 times, not 1'],
    [['--target', 'qosst://a', '--script', 'none.yaml'], 'cannot read the script'],
    [['--target', 'kmip://a', '--tls-client-ca', `${certificates}/ca.pem`], 'takes --tls-cert'],
  ])('tells a wrong use in one line: %s', async (args, told) => {
    const screen = rememberedScreen();
    expect(await guarded(['proxy', ...args, '--out', join(folder, 'wrong')], screen)).toBe(2);
    expect(screen.stderr).toContain(told);
    expect(screen.stderr.trimEnd().split('\n')).toHaveLength(1);
  });
});

describe('a script of faults', () => {
  const on = '{ message: qieRequest }';
  it.each([
    ['fault: []', "faults.yaml:1: 'fault' is no known member; did you mean 'faults'?"],
    ['faults: [', 'faults.yaml:1: '],
    [
      `faults:\n  - on: { message: qieRequst }\n    do: drop`,
      ":2: unknown message of qosst 'qieRequst'; did you mean 'qieRequest'?",
    ],
    [
      `faults:\n  - on: { message: qieRequest, by: bop }\n    do: drop`,
      "unknown side of qosst 'bop'; did you mean 'bob'?",
    ],
    [
      `faults:\n  - on: { message: qieRequest, by: alice }\n    do: drop`,
      'alice never says qieRequest: bob does',
    ],
    [`faults:\n  - on: { message: qieRequest, nht: 2 }\n    do: drop`, "did you mean 'nth'?"],
    [`faults:\n  - on: ${on}\n    do: dropp`, ":3: unknown deed 'dropp'; did you mean 'drop'?"],
    [`faults:\n  - on: ${on}\n    do: delay`, 'delay takes a value'],
    [`faults:\n  - on: ${on}\n    do: { drop: 1 }`, 'drop takes no value'],
    [`faults:\n  - on: ${on}\n    do: { delay: -1 }`, 'a whole number, not -1'],
    [
      `faults:\n  - on: ${on}\n    do: { sett: { a: 1 } }`,
      "unknown deed 'sett'; did you mean 'set'?",
    ],
    [`faults:\n  - on: ${on}\n    do: { corrupt: 'a..b' }`, "'a..b' is no path of members"],
    [
      `faults:\n  - on: ${on}\n    do: { replay: { message: qieRedy } }`,
      "did you mean 'qieReady'?",
    ],
    [`faults:\n  - on: ${on}\n    do: []`, 'nothing is to be done'],
  ])('that is wrong is told with its line and the nearest word: %s', (text, told) => {
    expect(() => readScript(text, 'faults.yaml', qosst)).toThrow(told);
  });

  it('says what is done to which frames', async () => {
    const text = `faults:\n  - on: { message: any, nth: every, session: 2 }\n    do: [{ delay: 5 }, duplicate]`;
    expect(readScript(text, 'faults.yaml', qosst).rules).toEqual([
      {
        on: { message: 'any', by: null, nth: 'every', session: 2 },
        deeds: [{ do: 'delay', ms: 5 }, { do: 'duplicate' }],
      },
    ]);
    const items = 'faults: [{ on: { message: batch }, do: { swap: items } }]';
    expect(readScript(items, 'faults.yaml', kmip).rules[0]?.deeds).toEqual([
      { do: 'swap', members: [['BatchItem']] },
    ]);
  });

  it('has a JSON Schema for editors', async () => {
    const schema = { $schema: 'https://json-schema.org/draft/2020-12/schema', ...scriptMembers };
    const file = '../../fixtures/schemas/faults.schema.json';
    await expect(`${JSON.stringify(schema, null, 2)}\n`).toMatchFileSnapshot(file);
  });

  it.each(['qosst', 'kmip', 'etsi-004', 'central-kms'])('is shipped for %s', async (name) => {
    const { protocols } = await import('#src/protocols/index.ts');
    const protocol = protocols.find((one) => one.name === name) ?? etsi004;
    const text = await readFile(`fixtures/proxy/${name}.yaml`, 'utf8');
    expect(readScript(text, `${name}.yaml`, protocol).rules.length).toBeGreaterThan(0);
    await writeFile(join(folder, `${name}.yaml`), text);
  });
});
