import { describe, expect, it } from 'vitest';
import { messages } from '#models/etsi-004/index.ts';
import type { MessageRow } from '#models/language/index.ts';
import { validator } from '#src/wire/schema.ts';
import { content } from './speaking.ts';

const rows = Object.entries<MessageRow>(messages);

describe('the messages of the push interface', () => {
  it('are four calls, with the methods and paths of the document', () => {
    const { openConnect, getKey, close, keyMaterial } = messages;
    const told = [openConnect, getKey, close, keyMaterial].map(({ method, path }) => [
      method,
      path,
    ]);
    expect(told).toEqual([
      ['POST', '/api/v1/kms/etsi004/open-connect'],
      ['GET', '/api/v1/kms/etsi004/get-key'],
      ['PUT', '/api/v1/kms/etsi004/close'],
      ['POST', '/api/v1/qkd/etsi004/key-material'],
    ]);
  });

  it('succeed with the codes of the document', () => {
    const { opened, getKeyAccepted, closeAccepted, keyAccepted } = messages;
    const told = [opened, getKeyAccepted, closeAccepted, keyAccepted].map(({ code }) => code);
    expect(told).toEqual([201, 205, 204, 201]);
  });

  it('are said by the KMS but for key-material and the answers to its own calls', () => {
    const calls = rows.filter(([, row]) => 'method' in row);
    expect(calls.map(([name, { saidBy }]) => [name, ...saidBy])).toEqual([
      ['openConnect', 'kms'],
      ['getKey', 'kms'],
      ['keyMaterial', 'qkd-device'],
      ['close', 'kms'],
    ]);
    const answers = Object.values(messages).filter((row) => row.call !== null && 'code' in row);
    for (const { call, saidBy } of answers) {
      expect(saidBy).toEqual(call === 'keyMaterial' ? ['kms'] : ['qkd-device']);
    }
  });

  it.each(rows)('have an example that fits: %s', (_, { content, example }) => {
    if (content === null) expect(example).toBeNull();
    else expect(validator(content)(example)).toEqual([]);
  });

  it('have the example of the metadata with the size that its buffer has as text', () => {
    const { size, buffer } = messages.keyMaterial.example.metadata;
    expect(size).toBe(JSON.stringify(buffer).replace(':', ': ').length);
  });
});

describe('a content', () => {
  const problems = (message: keyof typeof messages, change: Record<string, unknown>) => {
    const schema = messages[message].content;
    return schema === null
      ? []
      : validator(schema)(content(message, change)).map(({ path }) => path);
  };
  const ofQos = (member: string, value: unknown) =>
    problems('openConnect', { qos: { [member]: value } });

  it('may have members that the document does not name', () => {
    expect(problems('openConnect', { more: [1] })).toEqual([]);
    expect(ofQos('more', {})).toEqual([]);
  });

  it.each(['key_chunk_size', 'max_bps', 'min_bps', 'jitter', 'priority', 'timeout', 'ttl'])(
    'has an unsigned 32-bit integer, null or nothing as %s',
    (member) => {
      for (const value of [0, 4_294_967_295, null]) expect(ofQos(member, value)).toEqual([]);
      expect(problems('openConnect', { qos: {} })).toEqual([]);
      for (const value of [-1, 4_294_967_296, 0.5, '1', 'null', true]) {
        expect(ofQos(member, value)).toContain(`/qos/${member}`);
      }
    },
  );

  it('has the id of a stream as a UUID, or null where one is opened', () => {
    expect(problems('openConnect', { key_stream_id: null })).toEqual([]);
    expect(problems('openConnect', { key_stream_id: '' })).toContain('/key_stream_id');
    for (const message of ['getKey', 'close', 'opened'] as const) {
      expect(problems(message, { key_stream_id: null })).toContain('/key_stream_id');
    }
  });

  it('has a key in padded base 64', () => {
    for (const key of ['', 'AAAA', 'AA==', 'AAA=']) {
      expect(problems('keyMaterial', { key_buffer: key })).toEqual([]);
    }
    for (const key of ['AA', 'A===', 'AA-_', 'AA ==', 'AAAA\n']) {
      expect(problems('keyMaterial', { key_buffer: key })).toEqual(['/key_buffer']);
    }
  });

  it('has the statuses of its outcome', () => {
    const taken = (message: keyof typeof messages) =>
      Array.from({ length: 10 }, (_, status) => status).filter(
        (status) => problems(message, { status }).length === 0,
      );
    expect(taken('opened')).toEqual([0, 1]);
    expect(taken('counterProposed')).toEqual([7]);
    expect(taken('openRefused')).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(taken('getKeyAccepted')).toEqual([0]);
    expect(taken('closeAccepted')).toEqual([0]);
  });
});
