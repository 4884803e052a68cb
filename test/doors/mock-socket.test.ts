import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { centralKms, type CentralKms, type CentralKmsOptions } from 'qkdspec/mock-socket';
import { requirements } from '#models/central-kms/index.ts';
import type { Requirement } from '#models/language/index.ts';
import { Sidecar, type Habits } from './sidecar-client.ts';

const between = { from: '2018-01-01T00:00:00Z', to: new Date('2018-01-02T00:00:00Z') };
const url = 'ws://kms.test:8080/sidecar';
const platform = globalThis.WebSocket;

beforeEach(() => expect(globalThis.WebSocket).toBe(platform));
afterEach(() => expect(globalThis.WebSocket).toBe(platform));

function cast(chosen: CentralKmsOptions = {}): CentralKms {
  return centralKms({ url, limitMs: 2000, ...chosen });
}

/** A sidecar that is registered, and how to let it leave. */
async function registered(kms: CentralKms, habits: Habits = {}) {
  const socket = new WebSocket(kms.url);
  const sidecar = new Sidecar(socket, habits);
  const accepted = await sidecar.start();
  return { sidecar, accepted, socket };
}

describe('the reference central KMS on a mock socket', () => {
  it('registers a sidecar, stores its batches, and gives it a good verdict', async () => {
    await using kms = cast();
    const { sidecar, accepted, socket } = await registered(kms);
    expect(accepted.result).toEqual({ status: 'OK' });
    const body = '[{"row":"è"}]';
    const [one, other] = await Promise.all([sidecar.save(body), sidecar.save('[]')]);
    expect([one.result?.['id'], other.result?.['id']]).toEqual([...sidecar.batches.keys()]);
    expect(await kms.healthcheck()).toMatchObject({ result: { uptime: 1 } });
    const found = await kms.inquire(between);
    expect(found.map(({ body: text, isVerified }) => [text, isVerified])).toEqual([
      [body, true],
      ['[]', true],
    ]);
    socket.close();
    const { verdict, violation } = await kms.finish();
    expect(violation?.explanation).toBeUndefined();
    expect(verdict).toBe('pass');
  });

  it('sees a batch that is not what was signed', async () => {
    await using kms = cast();
    const { sidecar } = await registered(kms);
    const id = sidecar.id;
    await sidecar.save('[1]', id);
    sidecar.batches.set(id, '[2]');
    expect(await kms.inquire(between)).toEqual([{ id, body: '[2]', isVerified: false }]);
  });

  it('hears that there is nothing to be found', async () => {
    await using kms = cast();
    await registered(kms);
    expect(await kms.inquire(between)).toEqual([]);
    expect(kms.verdict().violation).toBeNull();
  });

  it('serves several sidecars, and asks the newest', async () => {
    await using kms = cast();
    const sidecars = [await registered(kms), await registered(kms)];
    await sidecars[1]?.sidecar.save('[]');
    expect(await kms.inquire(between)).toHaveLength(1);
    for (const { socket } of sidecars) socket.close(1000, 'done');
    expect((await kms.finish()).verdict).toBe('pass');
    expect(kms.traces()).toHaveLength(2);
  });

  it('is there for a sidecar that is given its WebSocket', async () => {
    await using kms = cast({ mock: false });
    expect(globalThis.WebSocket).toBe(platform);
    const sidecar = new Sidecar(new kms.WebSocket(kms.url));
    expect((await sidecar.start()).result).toEqual({ status: 'OK' });
  });

  it('gives the same keys for the same seed, and others for another', async () => {
    const keys: unknown[] = [];
    for (const seed of [1, 1, 2]) {
      await using kms = cast({ seed });
      const socket = new WebSocket(kms.url);
      await new Promise((open) => socket.addEventListener('open', open));
      const { result } = await new Sidecar(socket).call('register', {
        id: '11a1b2c3-d4e5-4f60-8172-8394a5b6c7d8',
        serviceName: 'payments',
      });
      keys.push(result?.['batchKey']);
    }
    expect(keys[0]).toBe(keys[1]);
    expect(keys[2]).not.toBe(keys[0]);
  });

  it('agrees on a subprotocol where it has one', async () => {
    await using kms = cast({ options: { subprotocol: 'kms.v1' } });
    const socket = new WebSocket(kms.url, ['kms.v2', 'kms.v1']);
    const sidecar = new Sidecar(socket);
    await sidecar.start();
    expect(socket.protocol).toBe('kms.v1');
    expect(kms.verdict().violation).toBeNull();
  });
});

describe('a sidecar that is wrong', () => {
  it('signs with a key of its own: refused, told, and let go', async () => {
    await using kms = cast();
    const socket = new WebSocket(kms.url);
    const closed = new Promise<CloseEvent>((done) => socket.addEventListener('close', done));
    const sidecar = new Sidecar(socket, { signs: () => 'ab'.repeat(64) });
    expect((await sidecar.start()).error?.code).toBe(40004);
    expect((await closed).code).toBe(1000);
    const { verdict, violation } = await kms.finish();
    expect(verdict).toBe('fail');
    expect(violation?.requirement).toBe(requirements.batchSignatureRight);
  });

  it.each<readonly [string, Habits, readonly Requirement[]]>([
    ['has another JSON-RPC', { version: '1.0' }, [requirements.versionGiven]],
    [
      'answers a healthcheck with another id',
      { health: ({ id }) => [{ id: `${String(id)}-`, result: {} }] },
      [requirements.idKept],
    ],
    [
      'answers a healthcheck twice',
      { health: ({ id }) => [1, 2].map((uptime) => ({ id, result: { uptime } })) },
      [requirements.oneResponse, requirements.idKept],
    ],
    [
      'answers a healthcheck with a text',
      { health: ({ id }) => [{ id, result: 'fine' }] },
      [requirements.healthReportContent],
    ],
    [
      'never answers a healthcheck',
      { health: () => [] },
      [requirements.healthcheckAnswered, requirements.kmsCallsAnswered],
    ],
  ])('%s', async (_, habits, allowed) => {
    await using kms = cast({ limitMs: 300 });
    const socket = new WebSocket(kms.url);
    void new Sidecar(socket, habits).start();
    await kms.healthcheck().catch(() => {});
    socket.close();
    await kms.finish();
    expect(kms.verdict().verdict).toBe('fail');
    expect(allowed).toContain(kms.verdict().violation?.requirement);
  });

  it.each<readonly [string, NonNullable<Habits['findings']>, readonly Requirement[]]>([
    [
      'tells of one batch more than it has saved',
      (all) => all.map((found) => ({ ...found, id: '11a1b2c3-d4e5-4f60-8172-8394a5b6c7d8' })),
      [requirements.foundIsSaved],
    ],
    [
      'changes the total on the way',
      (all) => all.map((found, index) => ({ ...found, total: 2 + index })),
      [requirements.totalConstant],
    ],
    [
      'counts one item twice',
      (all) => all.map((found) => ({ ...found, item: 1 })),
      [requirements.itemsDistinct],
    ],
    [
      'leaves out which inquiry it answers',
      (all) => all.map((found) => ({ ...found, inquiry: undefined })),
      [requirements.inquiryIdEchoed],
    ],
  ])('%s', async (_, findings, allowed) => {
    await using kms = cast({ limitMs: 300 });
    const { sidecar } = await registered(kms, { findings });
    for (const body of ['[1]', '[2]']) await sidecar.save(body);
    await kms.inquire(between).catch(() => {});
    expect(kms.verdict().verdict).toBe('fail');
    expect(allowed).toContain(kms.verdict().violation?.requirement);
  });

  it('saves a batch before it is registered', async () => {
    await using kms = cast();
    const socket = new WebSocket(kms.url);
    await new Promise((open) => socket.addEventListener('open', open));
    const { error } = await new Sidecar(socket).call('batch', {
      id: '2b0c9d8e-7f6a-4b5c-9d4e-3f2a1b0c9d8e',
      signature: '',
    });
    expect(error?.code).toBe(-32601);
    expect(kms.verdict().violation?.requirement).toBe(requirements.batchAfterRegistration);
  });

  it.each<readonly [string, string | Blob | Uint8Array<ArrayBuffer>]>([
    ['that is no JSON', '{'],
    ['of bytes', new Uint8Array([1, 2])],
    ['of bytes in a Blob', new Blob(['{}'])],
  ])('sends a message %s: refused or let go, and named', async (_, sent) => {
    await using kms = cast({ limitMs: 500 });
    const { socket } = await registered(kms);
    socket.send(sent);
    await expect.poll(() => kms.verdict().verdict).toBe('fail');
  });
});

describe('what a sidecar has to cope with', () => {
  it('is a KMS that is wrong in one place', async () => {
    await using kms = cast({ mutant: 'kms-challenge-the-same' });
    const [one, other] = [await registered(kms), await registered(kms)];
    expect(one.sidecar.keys['challenge']).toBe(other.sidecar.keys['challenge']);
    expect(one.sidecar.keys['batchKey']).not.toBe(other.sidecar.keys['batchKey']);
  });

  it('is that the KMS goes', async () => {
    const kms = cast();
    const { socket } = await registered(kms);
    const closed = new Promise<CloseEvent>((done) => socket.addEventListener('close', done));
    await kms.close();
    expect((await closed).code).toBe(1006);
  });

  it('is that nobody answers: the KMS says so', async () => {
    await using kms = cast({ limitMs: 50 });
    await expect(kms.healthcheck()).rejects.toThrow(/waited 50 ms for a sidecar that registers/);
    expect(() => kms.verdict()).toThrow(/nobody has connected/);
  });

  it.each<readonly [CentralKmsOptions, RegExp]>([
    [{ readings: { inquiryVariants: 'single' } }, /did you mean 'inquiryVariant'/],
    [{ readings: { inquiryVariant: 'singel' } }, /did you mean 'single'/],
    [{ options: { batchs: 7 } }, /did you mean 'batches'/],
  ])('is nothing that there is not: %j', (chosen, line) => {
    expect(() => centralKms(chosen)).toThrow(line);
  });
});
