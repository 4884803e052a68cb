import { requirements } from '#models/central-kms/index.ts';
import type { Requirement } from '#models/language/index.ts';
import type { CentralKmsBend } from '../codec.ts';
import type { SocketCase, SocketPlayer } from './case.ts';
import { registers, says } from './expect.ts';
import { brokenTexts, closeCodesOdd, codeBytes, reservedOpcodes } from './frame-bends.ts';
import { contentOf } from './saying.ts';
import { rowsOf, table, type Row } from './table.ts';

const { brokenFrameFails, brokenTextFails, failureCode, failureTold } = requirements;

/** A frame that breaks the rules ends the connection, and its sender is told why. */
function breaks(
  title: string,
  covers: readonly Requirement[],
  play: (sidecar: SocketPlayer) => unknown,
): Row {
  return {
    title,
    covers: [...covers, failureTold],
    expect: says(failureTold, 'closeFrame'),
    play: async (sidecar) => play(sidecar),
  };
}

const register = (title: string, covers: readonly Requirement[], frame: CentralKmsBend): Row =>
  breaks(title, covers, (sidecar) => sidecar.say('register', { frame }));

/** What becomes of frames that break the rules of WebSocket. */
export const brokenFrames: readonly SocketCase[] = table(
  'web-socket',
  { against: 'central-kms', from: 'connection.connected', tags: ['hostile'] },
  {
    unmasked: register(
      'The KMS ends a connection for a frame that is not masked',
      [requirements.unmaskedRefused, brokenFrameFails],
      { mask: null },
    ),
    ...rowsOf({ 'rsv-1': 4, 'rsv-2': 2, 'rsv-3': 1, 'rsv-all': 7 }, (rsv, name) =>
      register(
        `The KMS ends a connection for reserved bits: ${name}`,
        [requirements.reservedBitsZero, brokenFrameFails],
        { rsv },
      ),
    ),
    ...rowsOf(reservedOpcodes, (opcode) =>
      register(
        `The KMS ends a connection for the reserved opcode ${opcode}`,
        [requirements.opcodesKnown, brokenFrameFails],
        { opcode },
      ),
    ),
    'ping-fragmented': breaks(
      'The KMS ends a connection for a ping in fragments',
      [requirements.controlFrames, brokenFrameFails],
      (sidecar) => sidecar.say('ping', { frame: { fin: false } }),
    ),
    'ping-of-126-bytes': breaks(
      'The KMS ends a connection for a ping of more than 125 bytes',
      [requirements.controlFrames, brokenFrameFails],
      (sidecar) => sidecar.say('ping', { frame: { raw: Buffer.alloc(126, 1) } }),
    ),
    'continuation-of-nothing': register(
      'The KMS ends a connection for a continuation of nothing',
      [requirements.fragmentsOrdered, brokenFrameFails],
      { opcode: 0 },
    ),
    'message-within-fragments': breaks(
      'The KMS ends a connection for a new message within the fragments of another',
      [requirements.fragmentsOrdered, brokenFrameFails],
      (sidecar) => {
        sidecar.send('register', { frame: { fin: false } });
        return sidecar.say('register', { frame: {} });
      },
    ),
    'length-beyond-63-bits': register(
      'The KMS ends a connection for a length with its highest bit set',
      [requirements.lengthsMinimal, brokenFrameFails],
      { length: 2n ** 63n + 5n },
    ),
    ...rowsOf(brokenTexts, (raw, name) =>
      register(
        `The KMS ends a connection for text that is not UTF-8: ${name}`,
        [requirements.textIsUtf8, brokenTextFails, brokenFrameFails, failureCode],
        { raw: Buffer.from(raw, 'hex'), kind: 'text' },
      ),
    ),
    'utf8-cut-in-fragments': register(
      'The KMS ends a connection for a character that its last fragment cuts',
      [requirements.textIsUtf8, brokenTextFails],
      { raw: Buffer.from('7b22c3', 'hex'), fragments: [2] },
    ),
    'close-of-one-byte': breaks(
      'The KMS refuses a close frame of one byte',
      [requirements.closeBody, failureCode],
      (sidecar) => sidecar.say('closeFrame', { frame: { raw: Buffer.from([3]) } }),
    ),
    'close-reason-broken': breaks(
      'The KMS refuses a close frame whose reason is not UTF-8',
      [requirements.closeBody],
      (sidecar) => sidecar.say('closeFrame', { frame: { raw: Buffer.from('03e8ff', 'hex') } }),
    ),
    ...rowsOf(closeCodesOdd, (code) =>
      breaks(
        `The KMS refuses the close code ${code}`,
        [requirements.closeCodes, failureCode],
        (sidecar) => sidecar.say('closeFrame', { frame: { raw: codeBytes(code) } }),
      ),
    ),
    'length-in-8-bytes': {
      title: 'The KMS reads a length in more bytes than it needs, or ends the connection',
      covers: [requirements.lengthsMinimal],
      play: (sidecar) => sidecar.say('register', { frame: { lengthBytes: 8 } }),
    },
    binary: {
      title: 'The KMS does not take a binary message for one of the protocol',
      covers: [requirements.messagesAreText],
      play: (sidecar) => sidecar.say('register', { frame: { kind: 'binary' } }),
    },
  },
);

const pings: Readonly<Record<string, Uint8Array>> = {
  'ping-empty': new Uint8Array(0),
  'ping-text': Buffer.from('hello'),
  'ping-binary': Buffer.from('00ff80fe', 'hex'),
  'ping-of-125-bytes': Buffer.alloc(125, 7),
};

const fragmentSizes: Readonly<Record<string, readonly number[]>> = {
  'two-fragments': [40],
  'fragments-of-one-byte': [1],
  'fragments-of-many-sizes': [1, 2, 30, 5],
};

/** Padding that makes the length of a frame take all of its forms. */
const paddings: Readonly<Record<string, number>> = {
  'length-above-126': 200,
  'length-above-64-kib': 66_000,
  'length-above-1-mib': 2 ** 20,
};

/** Frames as they may lie. */
export const legalFrames: readonly SocketCase[] = table(
  'web-socket',
  { against: 'central-kms', from: 'connection.connected' },
  {
    ...rowsOf(pings, (payload, name) => ({
      title: `The KMS answers a ping with its bytes: ${name}`,
      covers: [requirements.pingAnswered, requirements.pongEchoes],
      play: (sidecar) =>
        sidecar.say('ping', { content: { payload: Buffer.from(payload).toString('hex') } }),
    })),
    'ping-once': {
      title: 'The KMS answers a ping once',
      covers: [requirements.pongOnce],
      play: async (sidecar) => {
        await sidecar.say('ping', { content: { payload: '6f6e6365' } });
        await sidecar.hear(100);
        await sidecar.say('register');
      },
    },
    'pings-in-a-row': {
      title: 'The KMS answers the newest of several pings',
      covers: [requirements.pingAnswered, requirements.pongEchoes],
      play: (sidecar) => {
        for (const payload of ['01', '02']) sidecar.send('ping', { content: { payload } });
        return sidecar.say('ping', { content: { payload: '03' } });
      },
    },
    'pong-unasked': {
      title: 'The KMS passes over a pong that it did not ask for',
      covers: [requirements.refusalChangesNothing],
      play: (sidecar) => {
        sidecar.send('pong', { content: { payload: '00' } });
        return sidecar.say('register');
      },
    },
    ...rowsOf(fragmentSizes, (fragments, name) => ({
      title: `The KMS puts a message together: ${name.replaceAll('-', ' ')}`,
      covers: [requirements.fragmentsJoined],
      play: (sidecar) => sidecar.say('register', { frame: { fragments } }),
      expect: registers(requirements.fragmentsJoined),
    })),
    'ping-between-fragments': {
      title: 'The KMS answers a ping between the fragments of a message',
      covers: [requirements.fragmentsJoined, requirements.pingAnswered],
      expect: registers(requirements.fragmentsJoined),
      play: (sidecar) => {
        const between = sidecar.compose('ping', { content: { payload: '62' } });
        return sidecar.say('register', { frame: { fragments: [60, 1000], between } });
      },
    },
    'character-over-fragments': {
      title: 'The KMS reads a character that two fragments share',
      covers: [requirements.fragmentsJoined, requirements.textIsUtf8],
      expect: registers(requirements.fragmentsJoined),
      play: (sidecar) => {
        const content = contentOf(sidecar, 'register');
        const params = { ...Object(content['params']), serviceName: 'é€😀'.repeat(4) };
        return sidecar.say('register', {
          content: { ...content, params },
          frame: { fragments: [1] },
        });
      },
    },
    'two-messages-at-once': {
      title: 'The KMS reads two messages that come in one segment',
      covers: [requirements.everyCallAnswered],
      play: (sidecar) => {
        const ping = sidecar.compose('ping', { content: { payload: '63' } });
        return sidecar.say('register', { bytes: (bytes) => Buffer.concat([ping, bytes]) });
      },
    },
    'byte-by-byte': {
      title: 'The KMS reads a message that comes byte by byte',
      covers: [requirements.registerAnswered],
      play: async (sidecar) => {
        const bytes = sidecar.compose('register');
        for (const byte of bytes) {
          sidecar.write(Uint8Array.of(byte));
          await sidecar.pause(0);
        }
        await sidecar.walk('connection.challenged');
      },
    },
    ...rowsOf(paddings, (length, name) => ({
      title: `The KMS reads a longer message: ${name.replaceAll('-', ' ')}`,
      covers: [requirements.unknownMembersPassed],
      play: (sidecar) => {
        const content = { ...contentOf(sidecar, 'register'), padding: 'x'.repeat(length) };
        return sidecar.say('register', { content });
      },
    })),
  },
);
