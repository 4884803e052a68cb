import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { systemClock } from '#src/base/clock.ts';
import { seededRandom } from '#src/base/random.ts';
import { settingsFor } from '#src/contract/choose.ts';
import { host } from '#src/play/host.ts';
import { kmip } from '#src/protocols/kmip/index.ts';
import { reachTarget } from '#src/suite/reach.ts';
import { playCase } from '#src/suite/run-case.ts';
import { profileOf } from './bench.ts';

const dialect = 'kmip/json';

/** Our server, behind a relay that says of each response that it is the last, and ends. */
async function closingServer(mutant: string | null) {
  const record = kmip.mutants.find(({ id }) => id === mutant)?.record ?? kmip.sides['server'];
  if (record === undefined) throw new TypeError('no server');
  const settings = settingsFor(kmip, { dialect });
  const random = seededRandom(3);
  const casting = { protocol: kmip, record, side: 'server', settings, random, idleMs: 5000 };
  const ours = await host(casting, { host: '127.0.0.1', port: 0 }, () => {});
  const relay = createServer((client) => {
    const upstream = connect(ours.port, ours.host);
    client.pipe(upstream);
    upstream.once('data', (head) => {
      const text = head.toString('latin1').replace('\r\n', '\r\nConnection: close\r\n');
      client.end(Buffer.from(text, 'latin1'));
      upstream.destroy();
    });
    for (const socket of [client, upstream]) socket.on('error', () => {});
  });
  relay.listen(0, '127.0.0.1');
  await once(relay, 'listening');
  const address = relay.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  return {
    port,
    async [Symbol.asyncDispose]() {
      relay.close();
      await ours[Symbol.asyncDispose]();
    },
  };
}

/** Some of the cases whose sessions have several requests. */
const played = kmip.cases.filter(
  ({ id, against, dialects }) =>
    against === 'server' &&
    (dialects?.includes(dialect) ?? true) &&
    /^kmip\/(lifecycle\/|attributes\/(added|set|deleted)|objects\/g)/.test(id),
);

async function verdicts(mutant: string | null) {
  await using server = await closingServer(mutant);
  const target = { kind: 'address', host: '127.0.0.1', port: server.port } as const;
  const profile = { ...profileOf('server', null), dialect, target };
  await using reach = await reachTarget(kmip, profile, 1);
  const signal = new AbortController().signal;
  const bench = {
    protocol: kmip,
    profile,
    reach,
    clock: systemClock,
    seed: 1,
    replyMs: 5000,
    signal,
  };
  const found: string[] = [];
  for (const one of played) {
    const { verdict } = (await playCase(bench, one)).verdict;
    if (verdict !== 'pass') found.push(`${one.id}: ${verdict}`);
  }
  return found;
}

describe('a server that ends each connection behind its response', () => {
  it('is judged over as many connections as it takes', async () => {
    expect(played.length).toBeGreaterThan(20);
    expect(await verdicts(null)).toEqual([]);
  });

  it('is found to be wrong as any other', async () => {
    const found = await verdicts('server-state-always-active');
    expect(found.length).toBeGreaterThan(0);
    expect(found.every((line) => line.endsWith('fail'))).toBe(true);
  });
});
