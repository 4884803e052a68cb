import { describe, expect, it } from 'vitest';
import { requirements } from '#models/etsi-004/index.ts';
import { encodeRecord, RecordDecoder } from '#src/base/records.ts';
import { Talk } from './speaking.ts';

const body = (text: string) => ({ frame: { body: Buffer.from(text) } });

describe('what is composed', () => {
  it('is perceived as it was meant, through a whole stream', () => {
    const talk = new Talk();
    const script = [
      ...[['kms', 'openConnect'] as const, ['qkd-device', 'opened'] as const],
      ...[['kms', 'getKey'] as const, ['qkd-device', 'getKeyAccepted'] as const],
      ...[['qkd-device', 'keyMaterial'] as const, ['kms', 'keyAccepted'] as const],
      ...[['kms', 'close'] as const, ['qkd-device', 'closeAccepted'] as const],
    ];
    for (const [speaker, message] of script) {
      const { bytes, payload, bent } = talk.compose(speaker, message);
      const [perceived] = talk.perceive(speaker, bytes).filter(({ quiet }) => quiet !== true);
      expect(perceived).toMatchObject({ message, flaws: [] });
      expect(perceived?.payload).toMatchObject(defined(payload));
      expect(bent).toBe(false);
      talk.say(speaker, message);
    }
    expect(talk.states).toEqual(['oneA.closed']);
  });

  it('goes to the end that its content names, each call over the next connection', () => {
    const talk = new Talk().pushing();
    expect(talk.states).toEqual(['oneA.pushing', 'oneB.pushing']);
    const { payload, bytes } = talk.compose('kms', 'close');
    expect(payload).toMatchObject({ end: 'a', by: 'kms', connection: 2, slot: 'one' });
    expect(recordsOf(bytes)).toEqual(['ended 1', 'data 2']);
    expect(talk.compose('kms', 'close', { frame: { end: 'b' } }).payload).toMatchObject({
      end: 'b',
      connection: 2,
    });
  });

  it('shares one connection at each end where they are kept', () => {
    const talk = new Talk({ connections: 'kept' }).pushing();
    const { payload, bytes } = talk.compose('kms', 'close');
    expect(payload).toMatchObject({ end: 'a', connection: 0 });
    expect(recordsOf(bytes)).toEqual(['data 0']);
    expect(Buffer.from(bytes).toString('latin1')).not.toContain('Connection: close');
  });

  it('answers the oldest call on its own connection, and ends that where it was asked to', () => {
    const talk = new Talk().pushing();
    talk.say('qkd-device', 'keyMaterial', { frame: { end: 'b' } });
    talk.say('qkd-device', 'keyMaterial', { frame: { end: 'a' } });
    const { payload, bytes } = talk.compose('kms', 'keyAccepted');
    expect(payload).toMatchObject({ end: 'b', by: 'qkd-device', connection: 0, code: 201 });
    expect(recordsOf(bytes)).toEqual(['data 0', 'ended 0']);
  });

  it('is bent inside of its record', () => {
    const { bytes } = new Talk().compose('kms', 'openConnect', {
      bytes: (http) => http.subarray(0, 4),
    });
    const [piece] = new RecordDecoder().push(bytes);
    expect(piece).toMatchObject({ kind: 'data', bytes: Buffer.from('POST') });
  });
});

describe('what is wrong with a call', () => {
  it.each([
    ['no JSON', body('{"source":'), 'malformed', requirements.bodyIsJson],
    ['another path', { frame: { target: '/x' } }, 'unknown', requirements.pathsOfCalls],
    ['another method', { frame: { method: 'PUT' } }, 'unknown', requirements.methodsOfCalls],
    ['no content', { content: undefined }, 'unfit', requirements.bodyIsJson],
    ['a list', body('[]'), 'unfit', requirements.bodyIsJson],
    ['a member less', { content: {} }, 'unfit', requirements.openConnectContent],
    ['no Host', { frame: { omit: ['host'] } }, 'malformed', requirements.hostNamed],
    ['a wrong length', { frame: { length: 'x' } }, 'malformed', requirements.lengthsRight],
  ])('%s', (_, bend, kind, requirement) => {
    const [flaw] = new Talk().say('kms', 'openConnect', bend).flaws;
    expect(flaw).toMatchObject({ kind, requirement });
  });

  it('is told to the machine: path or method, and the call where it is known', () => {
    const talk = new Talk();
    expect(talk.say('kms', 'close', { frame: { target: '/x' } }).payload).toMatchObject({
      fault: 'path',
      call: null,
    });
    expect(talk.states).toEqual(['stray.notFound']);
    expect(new Talk().say('kms', 'close', body('{')).payload).toMatchObject({ call: 'close' });
  });

  it('is the id, where it is not the one that belongs here', () => {
    const talk = new Talk();
    talk.say('kms', 'openConnect');
    talk.say('qkd-device', 'opened');
    const [, content] = [0, { ...Object(talk.compose('kms', 'openConnect').payload['content']) }];
    const named = { ...content, key_stream_id: '7d1c9f4e-5a0b-4c1d-9e8f-0a1b2c3d4e5f' };
    const { flaws } = talk.say('kms', 'openConnect', { content: named, frame: { end: 'a' } });
    expect(flaws).toMatchObject([{ kind: 'unfit', requirement: requirements.sourceIdNull }]);
  });

  it('passes over what says no content type, for an audit', () => {
    const perceived = new Talk().say('kms', 'openConnect', { frame: { omit: ['content-type'] } });
    expect(perceived.flaws).toEqual([]);
    expect(perceived.payload['passedOver']).toEqual(['contentType']);
  });

  it('makes it a misplaced one only where it names a stream that is not there', () => {
    const talk = new Talk().pushing();
    expect(talk.say('qkd-device', 'keyMaterial', body('{"status": 0')).mended).toBeNull();
    expect(talk.states).toContain('stray.badPush');
  });
});

describe('an answer', () => {
  it.each([
    ['openRefused', 400, '{"status":5}', 'openRefused'],
    ['openRefused', 500, '{"status":7,"qos":{}}', 'counterProposed'],
    ['opened', 200, undefined, 'opened'],
  ] as const)('%s with HTTP %i is called by call, code and status', (message, code, text, name) => {
    const talk = new Talk();
    talk.say('kms', 'openConnect');
    const frame = text === undefined ? { code } : { code, body: Buffer.from(text) };
    expect(talk.say('qkd-device', message, { frame })).toMatchObject({ message: name, flaws: [] });
  });

  it('that nobody awaits is one too many', () => {
    const talk = new Talk();
    talk.say('kms', 'openConnect');
    const { bytes } = talk.compose('qkd-device', 'opened');
    talk.say('qkd-device', 'opened');
    const [again] = talk.perceive('qkd-device', bytes);
    expect(again?.flaws).toMatchObject([{ requirement: requirements.oneAnswerACall }]);
  });

  it('of the 200s to a path that is not served breaks what is owed', () => {
    const talk = new Talk();
    talk.say('kms', 'openConnect', { frame: { target: '/x' } });
    const { flaws } = talk.say('qkd-device', 'callRefused', { frame: { code: 200 } });
    expect(flaws).toMatchObject([{ requirement: requirements.unknownPathRefused }]);
  });

  it('without a status is no refusal of a call that could be read', () => {
    const talk = new Talk();
    talk.say('kms', 'openConnect');
    const { flaws } = talk.say('qkd-device', 'openRefused', body('{}'));
    expect(flaws).toMatchObject([{ requirement: requirements.errorNamesStatus }]);
  });
});

describe('the end of a connection', () => {
  const ended = encodeRecord({ kind: 'ended', end: 0, by: 0, connection: 0, bytes: Buffer.of() });

  it('says nothing while no answer is owed there; a caller that leaves may not be noticed', () => {
    const talk = new Talk();
    expect(talk.perceive('qkd-device', ended)).toMatchObject([{ quiet: true, message: null }]);
    talk.say('kms', 'openConnect');
    expect(talk.perceive('kms', ended)).toMatchObject([{ message: 'withdraws', perhaps: true }]);
  });

  it('is no answer to a second call that came with the first', () => {
    const talk = new Talk({ connections: 'kept' });
    talk.sayAll('kms', 'openConnect', { frame: { length: null } });
    expect(talk.states).toEqual(['stray.malformed']);
    const heard = talk.sayAll('qkd-device', 'openRefused', { frame: { leaves: 'ended' } });
    expect(heard.map(({ message }) => message)).toEqual(['openRefused', 'hungUp']);
    expect(talk.states).toEqual([]);
  });

  it('was announced by a call: nothing behind that one is a call', () => {
    const talk = new Talk();
    expect(talk.sayAll('kms', 'openConnect', { frame: { length: null } })).toHaveLength(1);
    expect(talk.states).toEqual(['stray.unfit']);
  });

  it('is no answer where one is owed', () => {
    const talk = new Talk();
    talk.say('kms', 'openConnect');
    expect(talk.perceive('qkd-device', ended)).toMatchObject([{ message: 'hungUp', flaws: [] }]);
  });

  it('does not blame a KMS for a bad id that the device has given', () => {
    const talk = new Talk();
    talk.say('kms', 'openConnect');
    const { content } = talk.say('qkd-device', 'opened').payload;
    const bad = new Talk();
    bad.say('kms', 'openConnect');
    bad.say('qkd-device', 'opened', { content: { ...Object(content), key_stream_id: '0' } });
    const harmless = (key_stream_id: string) => {
      const { bytes } = bad.compose('kms', 'close', { content: { key_stream_id } });
      return bad.perceive('kms', bytes).flatMap(({ flaws }) => flaws.map((flaw) => flaw.harmless));
    };
    expect(harmless('0')).toEqual([true]);
    expect(harmless('1')).toEqual([undefined]);
  });
});

/** Members that are there. */
function defined(payload: Readonly<Record<string, unknown>>) {
  return Object.fromEntries(Object.entries(payload).filter(([, value]) => value !== undefined));
}

function recordsOf(bytes: Uint8Array): readonly string[] {
  return new RecordDecoder()
    .push(bytes)
    .map((piece) => (piece.kind === 'bad' ? 'bad' : `${piece.kind} ${piece.connection}`));
}
