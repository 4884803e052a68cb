import { requirements } from '#models/central-kms/index.ts';
import type { Requirement } from '#models/language/index.ts';
import type { SocketCase, SocketPlayer } from './case.ts';
import { says } from './expect.ts';
import {
  brokenTexts,
  closeCodesGood,
  closeCodesOdd,
  codeBytes,
  reservedOpcodes,
} from './frame-bends.ts';
import { rowsOf, table, type Row } from './table.ts';

const { brokenFrameFails, brokenTextFails, failureCode, failureTold } = requirements;

/** The sidecar ends the connection for a frame, and says why. */
function breaks(
  title: string,
  covers: readonly Requirement[],
  play: (kms: SocketPlayer) => unknown,
): Row {
  return {
    title,
    covers: [...covers, failureTold],
    expect: says(failureTold, 'closeFrame'),
    play: async (kms) => play(kms),
  };
}

/** What a sidecar does about frames that break the rules. */
export const sidecarBrokenFrames: readonly SocketCase[] = table(
  'sidecar-frames',
  { against: 'sidecar', from: 'connection.registering', tags: ['hostile'] },
  {
    masked: breaks(
      'The sidecar ends a connection for a frame that is masked',
      [requirements.maskedRefused, brokenFrameFails],
      (kms) => kms.say('registered', { frame: { mask: Buffer.from('01020304', 'hex') } }),
    ),
    ...rowsOf({ 'rsv-1': 4, 'rsv-2': 2, 'rsv-3': 1 }, (rsv, name) =>
      breaks(
        `The sidecar ends a connection for reserved bits: ${name}`,
        [requirements.reservedBitsZero, brokenFrameFails],
        (kms) => kms.say('registered', { frame: { rsv } }),
      ),
    ),
    ...rowsOf(reservedOpcodes, (opcode) =>
      breaks(
        `The sidecar ends a connection for the reserved opcode ${opcode}`,
        [requirements.opcodesKnown, brokenFrameFails],
        (kms) => kms.say('registered', { frame: { opcode } }),
      ),
    ),
    'ping-fragmented': breaks(
      'The sidecar ends a connection for a ping in fragments',
      [requirements.controlFrames, brokenFrameFails],
      (kms) => kms.say('ping', { frame: { fin: false } }),
    ),
    'ping-of-126-bytes': breaks(
      'The sidecar ends a connection for a ping of more than 125 bytes',
      [requirements.controlFrames, brokenFrameFails],
      (kms) => kms.say('ping', { frame: { raw: Buffer.alloc(126, 1) } }),
    ),
    'continuation-of-nothing': breaks(
      'The sidecar ends a connection for a continuation of nothing',
      [requirements.fragmentsOrdered, brokenFrameFails],
      (kms) => kms.say('registered', { frame: { opcode: 0 } }),
    ),
    ...rowsOf(brokenTexts, (raw, name) =>
      breaks(
        `The sidecar ends a connection for text that is not UTF-8: ${name}`,
        [requirements.textIsUtf8, brokenTextFails, brokenFrameFails, failureCode],
        (kms) => kms.say('registered', { frame: { raw: Buffer.from(raw, 'hex') } }),
      ),
    ),
    'close-of-one-byte': breaks(
      'The sidecar refuses a close frame of one byte',
      [requirements.closeBody, failureCode],
      (kms) => kms.say('closeFrame', { frame: { raw: Buffer.from([3]) } }),
    ),
    ...rowsOf(closeCodesOdd, (code) =>
      breaks(
        `The sidecar refuses the close code ${code}`,
        [requirements.closeCodes, failureCode],
        (kms) => kms.say('closeFrame', { frame: { raw: codeBytes(code) } }),
      ),
    ),
  },
);

/** Frames as they may lie. */
export const sidecarFrames: readonly SocketCase[] = table(
  'sidecar-frames',
  { against: 'sidecar', from: 'connection.registering' },
  {
    ...rowsOf(
      { 'ping-empty': '', 'ping-text': '68656c6c6f', 'ping-full': '07'.repeat(125) },
      (payload, name) => ({
        title: `The sidecar answers a ping with its bytes: ${name}`,
        covers: [requirements.pingAnswered, requirements.pongEchoes, requirements.pongOnce],
        play: (kms) => kms.say('ping', { content: { payload } }),
      }),
    ),
    ...rowsOf({ 'two-fragments': [40], 'fragments-of-one-byte': [1] }, (fragments, name) => ({
      title: `The sidecar puts an answer together: ${name.replaceAll('-', ' ')}`,
      covers: [requirements.fragmentsJoined],
      play: async (kms) => {
        kms.send('registered', { frame: { fragments } });
        await kms.walk('connection.proving');
      },
    })),
    'ping-between-fragments': {
      title: 'The sidecar answers a ping between the fragments of an answer',
      covers: [requirements.fragmentsJoined, requirements.pingAnswered],
      play: async (kms) => {
        const between = kms.compose('ping', { content: { payload: '62' } });
        await kms.say('registered', { frame: { fragments: [50, 1000], between } });
        await kms.walk('connection.proving');
      },
    },
    ...rowsOf(closeCodesGood, (code, name) => ({
      title: `The sidecar answers a close frame: ${name.replaceAll('-', ' ')}`,
      covers: [requirements.closeAnswered],
      tags: ['hostile'],
      play: (kms) => kms.say('closeFrame', { content: { code } }),
      expect: says(requirements.closeAnswered, 'closeFrame'),
    })),
  },
);
