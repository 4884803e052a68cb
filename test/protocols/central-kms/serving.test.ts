import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { seededRandom } from '#src/base/random.ts';
import { settingsFor } from '#src/contract/choose.ts';
import { connect } from '#src/play/connect.ts';
import { cast, host } from '#src/play/host.ts';
import { perform, standing } from '#src/play/perform.ts';
import { proofFor } from '#src/protocols/central-kms/contents.ts';
import { centralKms } from '#src/protocols/central-kms/index.ts';
import { proofOf, sidecarKeys } from '#src/protocols/central-kms/signatures.ts';

type Rpc = Readonly<Record<string, unknown>>;

function castingOf(side: 'central-kms' | 'sidecar') {
  const record = centralKms.sides[side];
  if (record === undefined) throw new TypeError(`no reference ${side}`);
  const settings = settingsFor(centralKms, { options: { lingerMs: 100 } });
  return { protocol: centralKms, record, side, settings, random: seededRandom(5), idleMs: 5000 };
}

/** A sidecar of the library `ws`: what it was called with, and the answers to its calls. */
async function sidecarOfWs(port: number) {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/sidecar`);
  const called: Rpc[] = [];
  const waiting = new Map<unknown, (answer: Rpc) => void>();
  socket.on('message', (data) => {
    const message: Rpc = JSON.parse(String(data));
    waiting.get(message['id'])?.(message);
    if (typeof message['method'] === 'string') called.push(message);
  });
  const closed = once(socket, 'close').then(([code]) => Number(code));
  await once(socket, 'open');
  const call = (method: string, params: object) =>
    new Promise<Rpc>((resolve) => {
      const id = `${method} ${waiting.size}`;
      waiting.set(id, resolve);
      socket.send(JSON.stringify({ jsonrpc: '2.0', id, method, params }));
    });
  return { socket, called, closed, call };
}

const sidecarId = '11a1b2c3-d4e5-4f60-8172-8394a5b6c7d8';
const batchId = '2b0c9d8e-7f6a-4b5c-9d4e-3f2a1b0c9d8e';

describe('the KMS that is served, by a sidecar of the library ws', () => {
  it('gives keys, accepts the proof, stores a batch, and asks for health', async () => {
    const faults: unknown[] = [];
    await using listener = await host(
      castingOf('central-kms'),
      { host: '127.0.0.1', port: 0 },
      (one) => faults.push(one),
    );
    const { socket, called, closed, call } = await sidecarOfWs(listener.port);
    const pong = once(socket, 'pong');
    socket.ping('hello');
    expect(String((await pong)[0])).toBe('hello');
    const { result } = await call('register', { id: sidecarId, serviceName: 'payments' });
    expect(result).toMatchObject({ id: sidecarId });
    const accepted = await call('challenge', proofFor(result) ?? {});
    expect(accepted).toMatchObject({ result: { status: 'OK' } });
    const stored = await call('batch', { id: batchId, signature: 'any' });
    expect(stored).toMatchObject({ result: { id: batchId } });
    expect(called.map(({ method }) => method)).toContain('healthcheck');
    socket.close(1000);
    expect(await closed).toBe(1000);
    expect(faults).toEqual([]);
  });

  it('refuses a wrong proof with an error, and leaves', async () => {
    await using listener = await host(
      castingOf('central-kms'),
      { host: '127.0.0.1', port: 0 },
      () => {},
    );
    const { closed, call } = await sidecarOfWs(listener.port);
    const { result } = await call('register', { id: sidecarId, serviceName: 'payments' });
    const proof = proofFor({ ...Object(result), challenge: 'another' });
    expect(await call('challenge', proof ?? {})).toMatchObject({ error: { code: 40004 } });
    expect(await closed).toBe(1000);
  });

  it('refuses to upgrade another path', async () => {
    await using listener = await host(
      castingOf('central-kms'),
      { host: '127.0.0.1', port: 0 },
      () => {},
    );
    const socket = new WebSocket(`ws://127.0.0.1:${listener.port}/nowhere`);
    const [fault] = await once(socket, 'error');
    expect(String(fault)).toContain('400');
  });
});

describe('the sidecar, with a KMS of the library ws', () => {
  it('registers, proves itself, saves its batches, and answers healthchecks', async () => {
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1', path: '/sidecar' });
    const keys = { ...sidecarKeys(seededRandom(9).bytes(64)), challenge: 'Überraschung 😀' };
    const proofs: string[] = [];
    const heard: Rpc[] = [];
    server.on('connection', (socket) => {
      socket.on('message', (data) => {
        const message: Rpc = JSON.parse(String(data));
        heard.push(message);
        const { id, method } = message;
        const params = Object(message['params']);
        const answer = (result: object) =>
          socket.send(JSON.stringify({ jsonrpc: '2.0', id, result }));
        if (method === 'register') answer({ id: params.id, ...keys });
        if (method === 'batch') answer({ id: params.id });
        if (method !== 'challenge') return;
        proofs.push(proofOf(keys, keys.challenge, params));
        answer({ status: 'OK' });
        const check = {
          jsonrpc: '2.0',
          id: batchId,
          method: 'healthcheck',
          params: { level: 'ping' },
        };
        socket.send(JSON.stringify(check));
      });
    });
    await once(server, 'listening');
    const bound = server.address();
    const port = typeof bound === 'object' && bound !== null ? bound.port : 0;
    const role = cast(castingOf('sidecar'));
    const address = { host: '127.0.0.1', port };
    await using link = await connect(centralKms, role.settings, { address, limitMs: 2000 });
    await perform(role, link, standing(role));
    for (const socket of server.clients) socket.terminate();
    await new Promise((done) => server.close(done));
    expect(proofs).toEqual(['right']);
    expect(heard.filter(({ method }) => method === 'batch')).toHaveLength(2);
    expect(heard.find(({ id }) => id === batchId)).toMatchObject({ result: { version: '1.0.0' } });
  });
});
