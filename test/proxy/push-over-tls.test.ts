import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readPlace, writePlace } from '#src/base/place.ts';
import { seededRandom } from '#src/base/random.ts';
import { guarded } from '#src/cli/guarded.ts';
import { readRun } from '#src/cli/stored-run.ts';
import { settingsFor } from '#src/contract/choose.ts';
import { connect } from '#src/play/connect.ts';
import { cast, host, type Casting } from '#src/play/host.ts';
import { perform, standing } from '#src/play/perform.ts';
import { etsi004 } from '#src/protocols/etsi-004/index.ts';
import { readCredentials } from '#src/transport/credentials.ts';
import { openGate } from '#src/transport/gate.ts';
import { rememberedScreen } from '../cli/screen.ts';

const folder = mkdtempSync(join(tmpdir(), 'qkdspec-push-tls-'));
afterAll(() => rmSync(folder, { recursive: true }));
const loopback = { host: '127.0.0.1', port: 0 } as const;
const file = (name: string) => `fixtures/certificates/${name}.pem`;
const paths = (name: string) => ({
  ca: file('ca'),
  cert: file(name),
  key: file(`${name}-key`),
});

/** What the command line says of TLS: what the proxy shows, and whom it believes. */
const ours = ['--tls-cert', file('kms'), '--tls-key', file('kms-key'), '--tls-ca', file('ca')];

function casting(side: string, options: Readonly<Record<string, unknown>>, mutant?: string) {
  const wrong = etsi004.mutants.find(({ id }) => id === mutant);
  const record = wrong?.record ?? etsi004.sides[side];
  if (record === undefined) throw new Error(`no ${side}`);
  const settings = settingsFor(etsi004, { options });
  const random = seededRandom(7).fork(side);
  return { protocol: etsi004, record, side, settings, random, idleMs: 3000 } satisfies Casting;
}

/** The places in what a proxy says of where it listens, in the order in which it says them. */
function placesIn(text: string) {
  const [told = ''] = text.split(', passing on');
  const places = [...told.matchAll(/127\.0\.0\.1:\d+/g)].map(([place]) => place);
  const calls = [...text.matchAll(/the server calls (\S+),/g)].map(([, place]) => place ?? '');
  return { places, calls };
}

interface Session {
  readonly more?: readonly string[];
  /** The certificate of the KMS. */
  readonly shows?: string;
  /** A device that is wrong: its session is not awaited to its end. */
  readonly mutant?: string;
}

/** A device and a KMS over TLS, calls and pushes, and `qkdspec proxy` between them. */
async function session({ more = [], shows = 'kms', mutant }: Session = {}) {
  await using held = new AsyncDisposableStack();
  const credentials = readCredentials(paths('device'));
  const serving = { ...casting('qkd-device', {}, mutant), credentials };
  const device = held.use(await host(serving, loopback, () => {}));
  const own = readCredentials(paths(shows));
  const gate = held.use(await openGate([loopback, loopback], { credentials: own }));
  const [peer = device] = device.further;
  const run = join(folder, `${shows}-${mutant}`);
  const args = [
    ...['proxy', '--target', `etsi-004s://${writePlace(device)}`, '--sessions', '1', '--out', run],
    ...['--option', `peer=${writePlace(peer)}`],
    ...gate.places.flatMap((place) => ['--back-target', writePlace(place)]),
    ...['--back-listen', '127.0.0.1:0', '--back-listen', '127.0.0.1:0', ...ours, ...more],
  ];
  const stop = new AbortController();
  held.defer(() => stop.abort());
  const told = Promise.withResolvers<string>();
  let text = '';
  const out = (more: string) => {
    text += more;
    told.resolve(more);
  };
  const screen = { ...rememberedScreen(), out, signal: stop.signal };
  const running = guarded(args, screen);
  const said = await Promise.race([told.promise, running.then(String)]);
  const { places, calls } = placesIn(said);
  const [a, b] = calls.map((place) => `https://${place}`);
  const kms = casting('kms', { awaitedAt: { a, b }, peer: places[1] });
  const address = readPlace(places[0] ?? '') ?? loopback;
  const way = { address, limitMs: 5000, gate, credentials: own };
  {
    await using link = await connect(etsi004, kms.settings, way);
    await perform(cast(kms), link, standing(cast(kms)));
  }
  if (mutant !== undefined) stop.abort();
  const exitCode = await running;
  const keys = ['a', 'b'].map((end) => Number(text.match(`keys at end ${end}: (.*)`)?.[1]));
  return { said, exitCode, report: readRun(run).report, calls: calls.length, keys };
}

describe('ETSI GS QKD 004 over TLS through the proxy', () => {
  it('passes calls and pushes on at both ends, and judges both sides', async () => {
    const { said, exitCode, report, calls, keys } = await session();
    expect(said).toMatch(/^listening on etsi-004s:/);
    expect(calls).toBe(2);
    expect(keys).toEqual([4, 4]);
    expect(report.results).toMatchObject([
      { side: 'kms', verdict: 'pass' },
      { side: 'qkd-device', verdict: 'pass' },
    ]);
    expect(exitCode).toBe(0);
  });

  it('believes a KMS of other authorities than its device, called and calling', async () => {
    const more = ['--tls-client-ca', file('other-ca')];
    const { exitCode, report, keys } = await session({ more, shows: 'stranger' });
    expect(keys).toEqual([4, 4]);
    expect(report.results.map(({ verdict }) => verdict)).toEqual(['pass', 'pass']);
    expect(exitCode).toBe(0);
  });

  it('blames a device that pushes what it must not', async () => {
    const { exitCode, report } = await session({ mutant: 'device-pushes-without-host' });
    expect(report.results).toMatchObject([
      { side: 'kms', verdict: 'pass' },
      { side: 'qkd-device', verdict: 'fail' },
    ]);
    expect(report.results[1]?.requirements[0]).toBe('etsi-004/hostNamed');
    expect(exitCode).toBe(1);
  });
});
