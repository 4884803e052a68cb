import { createServer, type Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { patient } from '#src/fuzz/target-links.ts';
import { connectTcp } from '#src/transport/tcp.ts';
import { never } from './ground.ts';

describe('leaving a server that has gone already', () => {
  it('breaks the connection off: its port is free at once', async () => {
    const ends: string[] = [];
    const server = createServer({ allowHalfOpen: true }, (socket: Socket) => {
      socket.on('error', () => ends.push('reset'));
      socket.on('end', () => ends.push('end'));
      socket.resume();
      socket.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const at = server.address();
    const port = typeof at === 'object' && at !== null ? at.port : 0;
    const link = (limitMs: number) => connectTcp({ host: '127.0.0.1', port }, limitMs);
    const reach = { options: {}, url: '', link, async [Symbol.asyncDispose]() {} };
    const plan = { wait: null, signal: never, maxMessagesPerSecond: null };
    const here = await patient(reach, plan).link(1000);
    expect(await here.read(1000)).toEqual({ kind: 'closed', how: 'end' });
    here.end();
    await here[Symbol.asyncDispose]();
    await expect.poll(() => ends).toEqual(['reset']);
    await new Promise((closed) => server.close(closed));
  });
});
