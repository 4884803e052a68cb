import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { faultAt, messages, type MessageName } from '#models/central-kms/index.ts';
import type { MessageRow } from '#models/language/index.ts';
import { validator } from '#src/wire/schema.ts';
import { call, error, result } from './speaking.ts';

const rows = Object.entries<MessageRow>(messages);
const problems = (message: MessageName, content: unknown) =>
  validator(messages[message].content)(content).map(({ path }) => path);

describe('the messages of the central KMS socket', () => {
  it.each(rows)('have an example that fits: %s', (_, { content, example }) => {
    expect(content).not.toBeNull();
    if (content !== null) expect(validator(content)(example)).toEqual([]);
  });

  it('are the calls of the document, and the one of the deployed software', () => {
    const told = Object.values(messages).flatMap((row) => ('method' in row ? row.method : []));
    expect(told).toEqual([
      'register',
      'challenge',
      'batch',
      'healthcheck',
      'inquiry',
      'inquiry-response',
    ]);
  });

  it('are answered by the other side', () => {
    for (const row of Object.values(messages)) {
      if (!('answers' in row) || row.answers === null) continue;
      const { answers, saidBy } = row;
      const asked = Object.values(messages).find(
        (one) => 'method' in one && one.method === answers,
      );
      expect(asked?.saidBy).not.toEqual(saidBy);
    }
  });

  it('have an example of registration whose signature is that of its challenge', () => {
    const { batchKey, challenge } = messages.registered.example.result;
    const seed = Buffer.from(batchKey.slice(0, 64), 'hex');
    const prefix = Buffer.from('302e020100300506032b657004220420', 'hex');
    const der = Buffer.concat([prefix, seed]);
    const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
    const made = createPublicKey(key).export({ format: 'der', type: 'spki' });
    expect(made.subarray(-32).toString('hex')).toBe(batchKey.slice(64).toLowerCase());
    const signature = sign(null, Buffer.from(challenge), key).toString('hex');
    expect(signature).toBe(messages.challenge.example.params.batchSignature);
  });
});

describe('a content', () => {
  it('is the whole JSON-RPC object: its version, id and method are looked at', () => {
    const { content } = call('register');
    expect(problems('register', { ...content, jsonrpc: '1.0' })).toEqual(['/jsonrpc']);
    expect(problems('register', { ...content, id: {} })).toContain('/id');
    expect(problems('register', { ...content, method: 'Register' })).toEqual(['/method']);
    for (const id of ['', 'x', 7, 1.5, null]) {
      expect(problems('register', { ...content, id })).toEqual([]);
    }
  });

  it('may have members that the document does not name', () => {
    const { content } = call('register', { more: [1] });
    expect(problems('register', { ...content, more: 1 })).toEqual([]);
  });

  it('has a result or an error, never both', () => {
    const { content } = result('batchStored', 'b-1');
    expect(problems('batchStored', { ...content, error: null })).toEqual(['/error']);
    const refused = error(-32603, 'b-1').content;
    expect(problems('kmsError', refused)).toEqual([]);
    expect(problems('kmsError', { ...refused, result: null })).toEqual(['/result']);
    expect(problems('kmsError', error(0.5, 'b-1').content)).toEqual(['/error/code']);
  });

  it('has UUIDs of either case, and hexadecimal digits in pairs', () => {
    const id = '2B0C9D8E-7F6A-4B5C-9D4E-3F2A1B0C9D8E';
    expect(problems('batch', call('batch', { id }).content)).toEqual([]);
    expect(problems('batch', call('batch', { id: `${id}0` }).content)).toEqual(['/params/id']);
    const odd = call('challenge', { rowSignature: 'abc' }).content;
    expect(problems('challenge', odd)).toEqual(['/params/rowSignature']);
  });

  it('has any JSON object as a health report, and nothing else', () => {
    const report = (value: unknown) => ({ jsonrpc: '2.0', id: 'h', result: value });
    expect(problems('healthReport', report({}))).toEqual([]);
    for (const value of [null, 1, 'ok']) {
      expect(problems('healthReport', report(value))).toContain('/result');
    }
  });

  it('has at most 125 bytes in a ping', () => {
    expect(problems('ping', { payload: 'ab'.repeat(125) })).toEqual([]);
    expect(problems('ping', { payload: 'ab'.repeat(126) })).toEqual(['/payload']);
  });

  it('breaks the envelope, the form of params, or a param', () => {
    expect(['', '/jsonrpc', '/id', '/params', '/params/id'].map(faultAt)).toEqual([
      'request',
      'request',
      'request',
      'structure',
      'params',
    ]);
  });
});
