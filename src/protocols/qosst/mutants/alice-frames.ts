import { requirements } from '#models/qosst/index.ts';
import type { Mutant, SideRecord } from '#src/contract/side.ts';
import type { QosstBend } from '../compose.ts';
import { digestOf } from '../codec/writer.ts';
import { conversational, memberless, numberAfter } from './alice-habits.ts';
import { aliceMutant, overlooks } from './mutant.ts';

/** A habit of bending every frame, or those of some messages. */
const bending =
  (frame: QosstBend, ...only: readonly string[]): NonNullable<SideRecord['bends']> =>
  (utterance) =>
    only.length > 0 && !only.includes(utterance.message) ? utterance : { ...utterance, frame };

/** Alice, wrong in what her frames look like, or in what she makes of Bob's. */
export const aliceFrames: readonly Mutant[] = [
  aliceMutant({
    id: 'alice-ignores-digest',
    title: 'accepts a frame whose digest is wrong',
    breaks: requirements.unauthenticAnswered,
    shortest: 2,
    perceives: overlooks(requirements.digestMatches),
  }),
  aliceMutant({
    id: 'alice-swaps-lengths',
    title: 'sends the length of the digest before that of the header',
    breaks: requirements.lengthsInOrder,
    shortest: 2,
    bends: bending({ lengthOrder: 'digestFirst' }),
  }),
  aliceMutant({
    id: 'alice-sends-header-first',
    title: 'sends the header before the digest',
    breaks: requirements.bodyOrder,
    shortest: 2,
    bends: (utterance) => ({ ...utterance, bytes: headerBeforeDigest }),
  }),
  aliceMutant({
    id: 'alice-counts-one-byte-more',
    title: 'announces one byte of content more than she sends',
    breaks: requirements.contentLengthCountsBytes,
    shortest: 2,
    bends: bending({ header: numberAfter('"content_length": ', (length) => length + 1) }),
  }),
  aliceMutant({
    id: 'alice-omits-next-challenge',
    title: 'issues no challenge with QIE_READY',
    breaks: requirements.headerMembers,
    shortest: 6,
    bends: bending({ omit: ['next_challenge'] }, 'qieReady'),
  }),
  aliceMutant({
    id: 'alice-issues-a-number',
    title: 'issues the number 12 as challenge with UNEXPECTED_COMMAND',
    breaks: requirements.challengeUnique,
    shortest: 4,
    bends: bending({ nextChallenge: 12 }, 'unexpectedCommand'),
  }),
  aliceMutant({
    id: 'alice-writes-single-quotes',
    title: 'writes the header of ABORT_ACK with single quotes',
    breaks: requirements.headerIsJsonObject,
    shortest: 4,
    bends: bending({ header: (text) => text.replaceAll('"', "'") }, 'abortAck'),
  }),
  aliceMutant({
    id: 'alice-writes-nan',
    title: 'writes the photon number as NaN',
    breaks: requirements.contentIsJson,
    shortest: 12,
    deep: true,
    bends: bending({ content: Buffer.from('{"n_photon": NaN.}') }, 'peNphotonResponse'),
  }),
  aliceMutant({
    id: 'alice-seals-header-only',
    title: 'makes the digest of PE_SYMBOLS_RESPONSE of the header alone',
    breaks: requirements.digestMatches,
    shortest: 12,
    deep: true,
    bends: (utterance) =>
      utterance.message === 'peSymbolsResponse'
        ? { ...utterance, bytes: sealedByHeader }
        : utterance,
  }),
  aliceMutant({
    id: 'alice-sends-content-with-ready',
    title: 'sends content with QIE_READY',
    breaks: requirements.contentlessHasNone,
    shortest: 6,
    bends: (utterance) =>
      utterance.message === 'qieReady'
        ? { ...utterance, content: { note: 'all is well' } }
        : utterance,
  }),
  aliceMutant({
    id: 'alice-takes-broken-json',
    title: 'takes content that is no JSON for none',
    breaks: requirements.invalidContentAnswered,
    shortest: 2,
    perceives: overlooks(requirements.contentIsJson),
  }),
  aliceMutant({
    id: 'alice-takes-headers-without-members',
    title: 'takes a header in which members are missing',
    breaks: requirements.invalidContentAnswered,
    shortest: 4,
    perceives: overlooks(requirements.headerMembers),
  }),
  aliceMutant({
    id: 'alice-takes-wrong-header-types',
    title: 'takes a content length that is none',
    breaks: requirements.invalidContentAnswered,
    shortest: 4,
    perceives: overlooks(requirements.headerMemberTypes),
  }),
  aliceMutant({
    id: 'alice-takes-headers-that-are-none',
    title: 'answers a header that is no object with a farewell',
    breaks: requirements.invalidContentAnswered,
    shortest: 2,
    answers: conversational('refusal.malformed', 'disconnectionAck', memberless),
  }),
];

function headerBeforeDigest(frame: Uint8Array): Uint8Array {
  const digestEnd = 4 + ((frame[2] ?? 0) << 8) + (frame[3] ?? 0);
  const headerEnd = digestEnd + ((frame[0] ?? 0) << 8) + (frame[1] ?? 0);
  const part = (start: number, end?: number) => frame.subarray(start, end);
  return Buffer.concat([
    part(0, 4),
    part(digestEnd, headerEnd),
    part(4, digestEnd),
    part(headerEnd),
  ]);
}

function sealedByHeader(frame: Uint8Array): Uint8Array {
  const digestEnd = 4 + ((frame[2] ?? 0) << 8) + (frame[3] ?? 0);
  const headerEnd = digestEnd + ((frame[0] ?? 0) << 8) + (frame[1] ?? 0);
  const copy = Uint8Array.from(frame);
  copy.set(digestOf(frame.subarray(digestEnd, headerEnd), new Uint8Array(0)), 4);
  return copy;
}
