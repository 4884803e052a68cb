import { describe, expect, it } from 'vitest';
import { bareRelay } from '#src/bench/speed-relay.ts';
import { connectTcp, listenTcp } from '#src/transport/tcp.ts';

describe('the bare relay that proxies are measured against', () => {
  it('passes bytes on both ways, and that a side has ended', async () => {
    await using server = await listenTcp({ host: '127.0.0.1', port: 0 }, async (link) => {
      const heard = await link.read(3000);
      if (heard.kind === 'bytes') link.write(heard.bytes);
      if ((await link.read(3000)).kind === 'closed') link.end();
    });
    await using relay = await bareRelay(server);
    await using client = await connectTcp(relay, 1000);
    client.write(Buffer.from('there and back'));
    expect(await client.read(3000)).toMatchObject({ bytes: Buffer.from('there and back') });
    client.end();
    expect(await client.read(3000)).toEqual({ kind: 'closed', how: 'end' });
  });
});
