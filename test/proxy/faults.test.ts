import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { SideRecord } from '#src/contract/side.ts';
import { centralKms } from '#src/protocols/central-kms/index.ts';
import { etsi004 } from '#src/protocols/etsi-004/index.ts';
import { kmip } from '#src/protocols/kmip/index.ts';
import { qosst } from '#src/protocols/qosst/index.ts';
import { throughProxy, verdicts, type Seen } from './stage.ts';

const faults = (on: string, done: string) => `faults: [{ on: ${on}, do: ${done} }]`;
const mutant = (id: string): Readonly<Record<string, SideRecord>> => {
  const found = qosst.mutants.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no mutant ${id}`);
  return { [found.side]: found.record };
};
const pass = { alice: 'pass', bob: 'pass' };

/** What each side saw, frame by frame or event by event. */
const lines = ({ told }: Seen) => told.flatMap((one) => (one.kind === 'line' ? one.text : []));
const kinds = ({ traces }: Seen, side: string) =>
  traces[side]?.events.map(({ kind }) => kind).join(' ') ?? '';
const bytes = ({ traces }: Seen, side: string, kind: 'sent' | 'received') =>
  traces[side]?.events.flatMap((event) =>
    event.kind === kind ? Buffer.from(event.bytes).toString('latin1') : [],
  ) ?? [];

const short = { protocol: qosst, idleMs: 500, replyMs: 250 };

describe('a fault between Bob and Alice', () => {
  it.each([
    ['drop', 'drops qieReady of alice'],
    ['hold', 'holds from now on what comes, from qieReady of alice'],
    ['{ truncate: 20 }', 'passes only the first 20 bytes of qieReady of alice'],
  ])('takes something away (%s): nobody is blamed for giving up', async (done, told) => {
    const seen = await throughProxy({ ...short, script: faults('{ message: qieReady }', done) });
    expect(verdicts(seen)).toEqual(pass);
    expect(lines(seen)).toContain(`proxy: ${told}`);
    expect(bytes(seen, 'alice', 'received').at(-1)).toContain('"code": 141');
    expect(bytes(seen, 'bob', 'sent').join('')).not.toContain('"code": 141,');
  });

  it.each([
    ['reset', 'reset'],
    ['close', 'end'],
  ])('ends the connection for both (%s)', async (done, how) => {
    const seen = await throughProxy({ ...short, script: faults('{ message: qieReady }', done) });
    expect(verdicts(seen)).toEqual(pass);
    for (const side of ['alice', 'bob']) {
      expect(seen.traces[side]?.events.at(-1)).toMatchObject({ by: 'player', how });
    }
  });

  it('makes a frame late, and keeps the order', async () => {
    const script = faults('{ message: qieRequest }', '{ delay: 150 }');
    const seen = await throughProxy({ protocol: qosst, script });
    expect(verdicts(seen)).toEqual(pass);
    const at = (side: string, kind: 'sent' | 'received') =>
      seen.traces[side]?.events.find(
        (event) => event.kind === kind && Buffer.from(event.bytes).includes('"code": 140'),
      )?.atMs ?? Number.NaN;
    expect(at('alice', 'sent') - at('bob', 'received')).toBeGreaterThan(140);
  });

  it('replays a challenge: Alice refuses it, and Bob is not blamed for what he never said', async () => {
    const script = readFileSync('fixtures/proxy/qosst.yaml', 'utf8');
    const seen = await throughProxy({ protocol: qosst, script });
    expect(verdicts(seen)).toEqual(pass);
    expect(lines(seen).join('\n')).toMatch(
      /replays an earlier member in qieRequest of bob\n.*\nalice: AUTHENTICATION_INVALID/,
    );
    const [sent] = bytes(seen, 'alice', 'sent').filter((frame) => frame.includes('"code": 140'));
    expect(bytes(seen, 'bob', 'received')).not.toContain(sent);
  });

  it('replays a challenge: an Alice who takes it is blamed', async () => {
    const script = readFileSync('fixtures/proxy/qosst.yaml', 'utf8');
    const records = mutant('alice-ignores-challenge');
    const seen = await throughProxy({ ...short, script, records });
    expect(verdicts(seen)).toEqual({ alice: 'fail qosst/unauthenticAnswered', bob: 'pass' });
  });

  it('breaks a frame: an Alice who is silent about that is blamed, and Bob is not', async () => {
    const script = faults('{ message: qieRequest }', '{ remove: next_challenge }');
    const records = mutant('alice-is-silent-about-malformed-frames');
    const seen = await throughProxy({ ...short, idleMs: 1500, script, records });
    expect(verdicts(seen)['bob']).toBe('pass');
    expect(seen.results['alice']).toMatchObject({ verdict: 'fail', kind: 'silence' });
  });

  it('sets a member, with a digest that is right for it', async () => {
    const script = faults('{ message: qieReady }', '{ set: { code: 143 } }');
    const seen = await throughProxy({ protocol: qosst, script });
    expect(verdicts(seen)).toEqual(pass);
    expect(lines(seen)).toContain('bob: INVALID_RESPONSE (13), 62 bytes of content');
  });

  it('turns a bit over: the digest is wrong, for its receiver alone', async () => {
    const script = faults('{ message: qieReady }', '{ corrupt: 60 }');
    const seen = await throughProxy({ protocol: qosst, script });
    expect(verdicts(seen)).toEqual(pass);
    const sent = bytes(seen, 'alice', 'received').filter((frame) => frame.includes('"code": 141'));
    for (const frame of sent.slice(0, 1)) expect(bytes(seen, 'bob', 'sent')).not.toContain(frame);
  });

  it('duplicates a frame: each side is judged by how often it saw it', async () => {
    const script = faults('{ message: qieReady }', 'duplicate');
    const seen = await throughProxy({ ...short, script });
    expect(verdicts(seen)).toEqual(pass);
    const count = (side: string, kind: 'sent' | 'received') =>
      bytes(seen, side, kind).filter((frame) => frame.includes('"code": 141')).length;
    expect(count('bob', 'sent') - count('alice', 'received')).toBe(1);
  });

  it('replays a whole message behind another one', async () => {
    const script = faults(
      '{ message: qieRequest }',
      '{ replay: { message: initializationRequest } }',
    );
    const seen = await throughProxy({ ...short, script });
    expect(verdicts(seen)).toEqual(pass);
    const asked = bytes(seen, 'alice', 'sent').filter((frame) => frame.includes('"code": 120'));
    expect(asked.length).toBeGreaterThan(1);
    expect(asked[1]).toBe(asked[0]);
  });

  it('says what it could not do, with the nearest member', async () => {
    const script = faults('{ message: qieReady }', '{ corrupt: chalenge }');
    const seen = await throughProxy({ protocol: qosst, script });
    expect(lines(seen)).toContain(
      "proxy: cannot change (it has no chalenge; did you mean 'challenge'?) qieReady of alice",
    );
  });

  it('counts by message, side and session', async () => {
    const script = faults('{ message: ecBlock, by: bob, nth: 2, session: 1 }', '{ delay: 1 }');
    const seen = await throughProxy({ protocol: qosst, script });
    expect(lines(seen).filter((line) => line.startsWith('proxy'))).toHaveLength(1);
    const never = script.replace('session: 1', 'session: 2');
    const other = await throughProxy({ protocol: qosst, script: never });
    expect(lines(other).filter((line) => line.startsWith('proxy'))).toEqual([]);
  });
});

describe('faults in the other rooms', () => {
  it('drops the third push of keys, which only the device has seen', async () => {
    const script = readFileSync('fixtures/proxy/etsi-004.yaml', 'utf8');
    const seen = await throughProxy({ protocol: etsi004, script, idleMs: 900, replyMs: 500 });
    expect(verdicts(seen)).toEqual({ kms: 'pass', 'qkd-device': 'pass' });
    expect(lines(seen)).toContain('proxy: drops keyMaterial of qkd-device');
    const pushes = (side: string, kind: 'sent' | 'received') =>
      bytes(seen, side, kind).filter((piece) => piece.includes('key-material')).length;
    expect(pushes('qkd-device', 'received') - pushes('kms', 'sent')).toBe(1);
  });

  it('sets a member of a push, over HTTP', async () => {
    const script = faults('{ message: keyMaterial, nth: 2 }', '{ set: { content.index: 7 } }');
    const seen = await throughProxy({ protocol: etsi004, script, idleMs: 900, replyMs: 500 });
    expect(Object.values(verdicts(seen))).toEqual(['pass', 'pass']);
    expect(bytes(seen, 'kms', 'sent').join('')).toContain('"index":7');
    expect(bytes(seen, 'qkd-device', 'received').join('')).not.toContain('"index":7');
  });

  it('sets a member of a frame of the framing over TCP', async () => {
    const script = faults('{ message: getKey }', '{ set: { content.index: 77 } }');
    const dialect = 'etsi-004/framing-1.0.1';
    const seen = await throughProxy({
      protocol: etsi004,
      dialect,
      script,
      idleMs: 900,
      replyMs: 500,
    });
    expect(Object.values(verdicts(seen))).not.toContainEqual(expect.stringMatching(/^fail/));
    expect(lines(seen)).toContain('proxy: sets members of getKey of kms');
    const asked = (side: string, kind: 'sent' | 'received') =>
      bytes(seen, side, kind).some((piece) => piece.includes('\0\0\0\x4d'));
    expect([asked('kms', 'received'), asked('qkd-device', 'sent')]).toEqual([false, true]);
  });

  it.each(['kmip/ttlv', 'kmip/json', 'kmip/xml'])('swaps batch items in %s', async (dialect) => {
    const script = readFileSync('fixtures/proxy/kmip.yaml', 'utf8');
    const seen = await throughProxy({ protocol: kmip, dialect, script });
    expect(verdicts(seen)).toEqual({ client: 'pass', server: 'pass' });
    expect(lines(seen)).toContain('proxy: swaps members of batch of client');
    expect(lines(seen).join('\n')).toContain('ObjectNotFound');
  });

  it('sets a field of a KMIP request', async () => {
    const script = faults(
      '{ message: activate, by: client }',
      '{ set: { "BatchItem[0].RequestPayload.UniqueIdentifier": nobody } }',
    );
    const seen = await throughProxy({ protocol: kmip, script });
    expect(verdicts(seen)).toEqual({ client: 'pass', server: 'pass' });
    expect(lines(seen).join('\n')).toMatch(/Activate OperationFailed ObjectNotFound/);
  });

  it('says a challenge twice to the central KMS, and its answer late', async () => {
    const script = readFileSync('fixtures/proxy/central-kms.yaml', 'utf8');
    const seen = await throughProxy({ protocol: centralKms, script });
    expect(verdicts(seen)).toEqual({ sidecar: 'pass', 'central-kms': 'pass' });
    expect(lines(seen).filter((line) => line.startsWith('proxy'))).toHaveLength(2);
    expect(kinds(seen, 'sidecar').split(' ')).toContain('sent');
  });

  it('changes what a sidecar says, masked anew', async () => {
    const script = faults('{ message: batch }', '{ corrupt: content.params.signature }');
    const seen = await throughProxy({ protocol: centralKms, script, idleMs: 900, replyMs: 500 });
    expect(verdicts(seen)).toEqual({ sidecar: 'pass', 'central-kms': 'pass' });
    expect(lines(seen)).toContain('proxy: corrupts batch of sidecar');
  });
});
