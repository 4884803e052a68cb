import { requirements } from '#models/central-kms/index.ts';
import type { Mutant } from '#src/contract/side.ts';
import { say } from '../say.ts';
import { bending, bendingFrames, changing, kmsMutant, overlooking, trusting } from './mutant.ts';

/** KMSs that are wrong about WebSocket in one place. */
export const kmsSocketMutants: readonly Mutant[] = [
  kmsMutant({
    id: 'kms-accept-of-another-key',
    title: 'proves that it has read another key',
    breaks: requirements.acceptRight,
    shortest: 2,
    bends: changing('upgraded', (content) => ({
      ...content,
      accept: 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=',
    })),
  }),
  kmsMutant({
    id: 'kms-subprotocol-of-its-own',
    title: 'chooses a subprotocol that was not offered',
    breaks: requirements.protocolOffered,
    shortest: 2,
    bends: changing('upgraded', (content) => ({ ...content, protocol: 'kms' })),
  }),
  kmsMutant({
    id: 'kms-extension-of-its-own',
    title: 'agrees to an extension that was not offered',
    breaks: requirements.extensionsOffered,
    shortest: 2,
    bends: changing('upgraded', (content) => ({ ...content, extensions: ['permessage-deflate'] })),
  }),
  kmsMutant({
    id: 'kms-upgrades-anything',
    title: 'agrees to an upgrade that is none',
    breaks: requirements.badUpgradeRefused,
    shortest: 2,
    perceives: trusting((_, { message }) => message === 'upgrade'),
  }),
  kmsMutant({
    id: 'kms-version-untold',
    title: 'refuses another version without naming its own',
    breaks: requirements.versionRefused,
    shortest: 2,
    answers: { 'connection.refusing': () => say('upgradeRefused', { status: 400 }) },
  }),
  kmsMutant({
    id: 'kms-masks',
    title: 'masks its frames',
    breaks: requirements.serverUnmasked,
    shortest: 4,
    bends: bendingFrames({ mask: Buffer.from('0a0b0c0d', 'hex') }),
  }),
  kmsMutant({
    id: 'kms-reserved-bit',
    title: 'sets a reserved bit as if messages were compressed',
    breaks: requirements.reservedBitsZero,
    shortest: 4,
    bends: bendingFrames({ rsv: 4 }),
  }),
  kmsMutant({
    id: 'kms-takes-unmasked',
    title: 'takes frames that are not masked',
    breaks: requirements.brokenFrameFails,
    shortest: 4,
    reader: overlooking('maskMissing'),
  }),
  kmsMutant({
    id: 'kms-takes-reserved-bits',
    title: 'takes frames with reserved bits',
    breaks: requirements.brokenFrameFails,
    shortest: 4,
    reader: overlooking('rsv'),
  }),
  kmsMutant({
    id: 'kms-takes-broken-text',
    title: 'answers text that is not UTF-8 as if it were no JSON',
    breaks: requirements.brokenFrameFails,
    shortest: 4,
    reader: overlooking('utf8'),
  }),
  kmsMutant({
    id: 'kms-takes-any-close-code',
    title: 'answers a close frame with a code that nobody may send',
    breaks: requirements.closeCodes,
    shortest: 4,
    reader: overlooking('closeCode'),
  }),
  kmsMutant({
    id: 'kms-failure-as-normal',
    title: 'closes as if nothing was wrong after a broken frame',
    breaks: requirements.failureCode,
    shortest: 4,
    answers: { 'connection.kmsFails': () => say('closeFrame', { code: 1000 }) },
  }),
  kmsMutant({
    id: 'kms-failure-untold',
    title: 'ends the connection after a broken frame without a close frame',
    breaks: requirements.failureTold,
    shortest: 4,
    answers: { 'connection.kmsFails': () => ({ do: 'close' }) },
  }),
  kmsMutant({
    id: 'kms-pong-empty',
    title: 'answers pings with empty pongs',
    breaks: requirements.pingAnswered,
    shortest: 4,
    bends: bending('pong', { raw: new Uint8Array(0) }),
  }),
  kmsMutant({
    id: 'kms-pong-twice',
    title: 'answers each ping twice',
    breaks: requirements.pongOnce,
    shortest: 5,
    bends: (utterance) =>
      utterance.message === 'pong'
        ? { ...utterance, bytes: (bytes) => Buffer.concat([bytes, bytes]) }
        : utterance,
  }),
  kmsMutant({
    id: 'kms-close-unanswered',
    title: 'does not answer a close frame',
    breaks: requirements.closeAnswered,
    shortest: 3,
    answers: { 'connection.sidecarLeaving': () => [] },
  }),
  kmsMutant({
    id: 'kms-stays-after-close',
    title: 'leaves the connection open once both sides have closed',
    breaks: requirements.kmsEndsConnection,
    shortest: 4,
    answers: { 'connection.ended': () => [] },
  }),
];
