import { requirements } from '#models/central-kms/index.ts';
import type { Mutant } from '#src/contract/side.ts';
import { say } from '../say.ts';
import {
  bending,
  bendingFrames,
  changing,
  changingIn,
  overlooking,
  sidecarMutant,
  trusting,
} from './mutant.ts';

/** Sidecars that are wrong about WebSocket and registration in one place. */
export const sidecarSocketMutants: readonly Mutant[] = [
  sidecarMutant({
    id: 'sidecar-path-other',
    title: 'connects to another path',
    breaks: requirements.endpoint,
    shortest: 1,
    bends: changing('upgrade', (content) => ({ ...content, path: '/' })),
  }),
  sidecarMutant({
    id: 'sidecar-version-8',
    title: 'speaks version 8 of WebSocket',
    breaks: requirements.upgradeRequest,
    shortest: 1,
    bends: changing('upgrade', (content) => ({ ...content, version: '8' })),
  }),
  sidecarMutant({
    id: 'sidecar-upgrade-key-short',
    title: 'upgrades with a key of 8 bytes',
    breaks: requirements.upgradeKey,
    shortest: 1,
    bends: changing('upgrade', (content) => ({ ...content, key: 'AQIDBAUGBwg=' })),
  }),
  sidecarMutant({
    id: 'sidecar-upgrade-key-the-same',
    title: 'upgrades with the same key each time',
    breaks: requirements.upgradeKey,
    shortest: 5,
    bends: changing('upgrade', (content) => ({ ...content, key: 'dGhlIHNhbXBsZSBub25jZQ==' })),
  }),
  sidecarMutant({
    id: 'sidecar-takes-any-accept',
    title: 'does not look at Sec-WebSocket-Accept',
    breaks: requirements.wrongAnswerFails,
    shortest: 3,
    perceives: trusting(
      ({ kind }, { message }) => kind === 'unauthentic' && message === 'upgraded',
    ),
  }),
  sidecarMutant({
    id: 'sidecar-unmasked',
    title: 'does not mask its frames',
    breaks: requirements.clientMasks,
    shortest: 3,
    bends: bendingFrames({ mask: null }),
  }),
  sidecarMutant({
    id: 'sidecar-binary',
    title: 'sends its calls as binary messages',
    breaks: requirements.messagesAreText,
    shortest: 3,
    bends: bending('register', { kind: 'binary' }),
  }),
  sidecarMutant({
    id: 'sidecar-method-upper-case',
    title: 'calls register with a capital letter',
    breaks: requirements.methodKnown,
    shortest: 3,
    bends: changing('register', (content) => ({ ...content, method: 'Register' })),
  }),
  sidecarMutant({
    id: 'sidecar-reserved-bit',
    title: 'sets a reserved bit as if messages were compressed',
    breaks: requirements.reservedBitsZero,
    shortest: 3,
    bends: bendingFrames({ rsv: 4 }),
  }),
  sidecarMutant({
    id: 'sidecar-takes-masked',
    title: 'takes frames that are masked',
    breaks: requirements.brokenFrameFails,
    shortest: 5,
    reader: overlooking('maskForbidden'),
  }),
  sidecarMutant({
    id: 'sidecar-takes-reserved-bits',
    title: 'takes frames with reserved bits',
    breaks: requirements.brokenFrameFails,
    shortest: 5,
    reader: overlooking('rsv'),
  }),
  sidecarMutant({
    id: 'sidecar-failure-as-normal',
    title: 'closes as if nothing was wrong after a broken frame',
    breaks: requirements.failureCode,
    shortest: 5,
    answers: { 'connection.sidecarFails': () => say('closeFrame', { code: 1000 }) },
  }),
  sidecarMutant({
    id: 'sidecar-pong-empty',
    title: 'answers pings with empty pongs',
    breaks: requirements.pingAnswered,
    shortest: 5,
    bends: bending('pong', { raw: new Uint8Array(0) }),
  }),
  sidecarMutant({
    id: 'sidecar-pings-unanswered',
    title: 'does not answer pings',
    breaks: requirements.pingAnswered,
    shortest: 4,
    answers: { 'kmsPings.pinged': () => [] },
  }),
  sidecarMutant({
    id: 'sidecar-closes-twice',
    title: 'says its close frame twice',
    breaks: requirements.nothingAfterClose,
    shortest: 8,
    deep: true,
    bends: (utterance) =>
      utterance.message === 'closeFrame'
        ? { ...utterance, bytes: (bytes) => Buffer.concat([bytes, bytes]) }
        : utterance,
  }),
  sidecarMutant({
    id: 'sidecar-close-code-reserved',
    title: 'leaves with the close code 1005',
    breaks: requirements.closeCodes,
    shortest: 7,
    bends: bending('closeFrame', { raw: Buffer.from('03ed', 'hex') }),
  }),
  sidecarMutant({
    id: 'sidecar-id-no-uuid',
    title: 'registers under an id that is no UUID',
    breaks: requirements.registerContent,
    shortest: 3,
    bends: changingIn('register', 'params', () => ({ id: 'sidecar-1' })),
  }),
  sidecarMutant({
    id: 'sidecar-id-the-same',
    title: 'registers under the same id each time',
    breaks: requirements.sidecarIdFresh,
    shortest: 7,
    bends: changingIn('register', 'params', () => ({ id: '11a1b2c3-d4e5-4f60-8172-8394a5b6c7d8' })),
  }),
  sidecarMutant({
    id: 'sidecar-command-ids-numbers',
    title: 'counts its calls in numbers',
    breaks: requirements.commandIdIsText,
    shortest: 3,
    bends: changing('register', (content) => ({ ...content, id: 1 })),
  }),
  sidecarMutant({
    id: 'sidecar-version-1',
    title: 'says jsonrpc 1.0',
    breaks: requirements.versionGiven,
    shortest: 3,
    bends: changing('register', (content) => ({ ...content, jsonrpc: '1.0' })),
  }),
  sidecarMutant({
    id: 'sidecar-batch-too-early',
    title: 'saves a batch before its challenge is accepted',
    breaks: requirements.batchAfterRegistration,
    shortest: 5,
    answers: { 'connection.challenged': () => say('batch') },
  }),
];
