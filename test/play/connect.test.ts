import { describe, expect, it } from 'vitest';
import { encodeRecord } from '#src/base/records.ts';
import { settingsFor } from '#src/contract/choose.ts';
import { connect, placesToWait, sessionPair, welcomeAll } from '#src/play/connect.ts';
import { etsi004 } from '#src/protocols/etsi-004/index.ts';
import { listenTcp } from '#src/transport/tcp.ts';

const layout = { ends: 2, peer: null, pushAt: [], pushTo: [] } as const;
const loopback = { host: '127.0.0.1', port: 0 };

function record(end: 0 | 1, by: 0 | 1, text: string): Uint8Array {
  return encodeRecord({ kind: 'data', end, by, connection: 0, bytes: Buffer.from(text) });
}

describe('a pair over loopback', () => {
  it('carries calls and pushes at both ends', async () => {
    await using pair = await sessionPair(layout, 1000);
    for (const end of [0, 1] as const) {
      pair.client.write(record(end, 0, 'call'));
      expect(await pair.server.read(2000)).toMatchObject({ bytes: record(end, 0, 'call') });
      pair.server.write(record(end, 1, 'push'));
      expect(await pair.client.read(2000)).toMatchObject({ bytes: record(end, 1, 'push') });
    }
  });

  it('tells the server that the client has left', async () => {
    await using pair = await sessionPair(layout, 1000);
    pair.client.end();
    expect(await pair.server.read(2000)).toEqual({ kind: 'closed', how: 'end' });
  });
});

describe('a server with two ends', () => {
  it('waits at two ports, and is reached at both', async () => {
    await using server = await welcomeAll(layout, {
      at: placesToWait(layout, loopback),
      limitMs: 1000,
    });
    const [address = loopback, peer = loopback] = server.listening;
    const options = { peer: `${peer.host}:${peer.port}` };
    const settings = settingsFor(etsi004, { options });
    await using client = await connect(etsi004, settings, { address, limitMs: 1000 });
    client.write(record(1, 0, 'to b'));
    expect(await server.read(2000)).toMatchObject({ bytes: record(1, 0, 'to b') });
  });

  it('sends both ends pushes to the one place that there is', async () => {
    const came: string[] = [];
    await using place = await listenTcp(loopback, (link) => {
      void link.read(2000).then((arrival) => came.push(arrival.kind));
    });
    const at = { host: place.host, port: place.port };
    const two = { ...layout, pushTo: [at] };
    await using server = await welcomeAll(two, { at: placesToWait(two, loopback), limitMs: 1000 });
    server.write(record(0, 1, 'key'));
    server.write(record(1, 1, 'key'));
    for (let turn = 0; came.length < 2 && turn < 200; turn += 1) {
      await new Promise((done) => setTimeout(done, 10));
    }
    expect(came).toEqual(['bytes', 'bytes']);
  });
});
