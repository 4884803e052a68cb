import { requirements, type MessageName } from '#models/qosst/index.ts';
import type { Utterance } from '#src/contract/frame.ts';
import type { Mutant } from '#src/contract/side.ts';
import type { QosstBend } from '../compose.ts';
import { recall } from '../context.ts';
import { bobMutant } from './mutant.ts';

/** Bob, wrong in how he frames what he says, or in what he puts into it. */
export const bobFrames: readonly Mutant[] = [
  bobMutant({
    id: 'bob-wrong-digest',
    title: 'seals QIE_TRIGGER with the digest of something else',
    breaks: requirements.digestMatches,
    shortest: 7,
    bends: within('qieTrigger', { digest: (honest: Uint8Array) => honest.map((byte) => byte ^ 1) }),
  }),
  bobMutant({
    id: 'bob-digest-length-first',
    title: 'puts the length of the digest first, as the prose has it',
    breaks: requirements.lengthsInOrder,
    shortest: 1,
    bends: always({ lengthOrder: 'digestFirst' }),
  }),
  bobMutant({
    id: 'bob-issues-no-challenge',
    title: 'leaves next_challenge out when he takes his leave',
    breaks: requirements.headerMembers,
    shortest: 3,
    bends: within('disconnection', { omit: ['next_challenge'] }),
  }),
  bobMutant({
    id: 'bob-code-as-text',
    title: 'writes the code of PE_NPHOTON_REQUEST as a string',
    breaks: requirements.headerMemberTypes,
    shortest: 13,
    deep: true,
    bends: within('peNphotonRequest', { code: '163' }),
  }),
  bobMutant({
    id: 'bob-unknown-code',
    title: 'asks for privacy amplification by a reserved code',
    breaks: requirements.codesInReservedRanges,
    shortest: 25,
    deep: true,
    bends: within('paRequest', { code: 203 }),
  }),
  bobMutant({
    id: 'bob-counts-characters',
    title: 'gives the length of a content in characters',
    breaks: requirements.contentLengthCountsBytes,
    shortest: 1,
    bends: within('identificationRequest', {
      content: Buffer.from('{"serial_number": "Zürich", "qosst_version": "QOSST/0.2"}'),
      contentLength: '{"serial_number": "Zürich", "qosst_version": "QOSST/0.2"}'.length,
    }),
  }),
  bobMutant({
    id: 'bob-writes-python',
    title: 'writes the content of PE_SYMBOLS_REQUEST as Python prints it',
    breaks: requirements.contentIsJson,
    shortest: 11,
    deep: true,
    bends: within('peSymbolsRequest', { content: Buffer.from("{'indices': [0, 1]}") }),
  }),
  bobMutant({
    id: 'bob-content-where-none',
    title: 'sends content in QIE_TRIGGER',
    breaks: requirements.contentlessHasNone,
    shortest: 7,
    bends: containing('qieTrigger', () => ({ now: true })),
  }),
  bobMutant({
    id: 'bob-repeats-challenge',
    title: 'issues the same challenge in every message',
    breaks: requirements.challengeUnique,
    shortest: 3,
    bends: always({ nextChallenge: 'Bob000000000001' }),
  }),
  bobMutant({
    id: 'bob-first-challenge-empty',
    title: 'issues no first challenge',
    breaks: requirements.firstChallengeIssued,
    shortest: 1,
    bends: within('identificationRequest', { nextChallenge: '' }),
  }),
  bobMutant({
    id: 'bob-stale-challenge',
    title: 'returns a challenge of before in PA_REQUEST',
    breaks: requirements.challengeEchoed,
    shortest: 25,
    deep: true,
    bends: within('paRequest', { challenge: 'BeforeBefore123' }),
  }),
  bobMutant({
    id: 'bob-cuts-challenges',
    title: 'returns the first 15 characters of a challenge',
    breaks: requirements.challengeEchoed,
    shortest: 3,
    bends: (utterance, { context }) => {
      const issued: unknown = recall(context).challengeFor.bob;
      if (typeof issued !== 'string' || issued.length <= 15) return utterance;
      return { ...utterance, frame: { ...utterance.frame, challenge: issued.slice(0, 15) } };
    },
  }),
  bobMutant({
    id: 'bob-pads-challenges',
    title: 'returns short challenges with blanks',
    breaks: requirements.challengeEchoed,
    shortest: 3,
    bends: (utterance, { context }) => {
      const issued: unknown = recall(context).challengeFor.bob;
      if (typeof issued !== 'string' || issued === '' || issued.length >= 15) return utterance;
      return { ...utterance, frame: { ...utterance.frame, challenge: issued.padEnd(15) } };
    },
  }),
  bobMutant({
    id: 'bob-version-is-a-number',
    title: 'gives his version as a number',
    breaks: requirements.identificationRequestContent,
    shortest: 1,
    bends: containing('identificationRequest', (content) => ({ ...content, qosst_version: 0.2 })),
  }),
  bobMutant({
    id: 'bob-estimates-without-noise',
    title: 'leaves the excess noise out of PE_FINISHED',
    breaks: requirements.estimatesContent,
    shortest: 15,
    deep: true,
    bends: containing('peFinished', (content) => without(content, 'excess_noise')),
  }),
  bobMutant({
    id: 'bob-names-no-value',
    title: 'asks for a parameter to be changed and does not say into what',
    breaks: requirements.parameterRequestContent,
    shortest: 5,
    bends: containing('changeParameterRequest', (content) => without(content, 'value')),
  }),
  bobMutant({
    id: 'bob-ends-another-frame',
    title: 'names another frame in FRAME_ENDED',
    breaks: requirements.frameEndNamesFrame,
    shortest: 27,
    deep: true,
    bends: containing('frameEnded', () => ({
      frame_uuid: '00000000-0000-4000-8000-000000000000',
    })),
  }),
  bobMutant({
    id: 'bob-exchanges-another-frame',
    title: 'names another frame in QIE_REQUEST',
    breaks: requirements.exchangeRequestNamesFrame,
    shortest: 5,
    bends: containing('qieRequest', () => ({
      frame_uuid: '00000000-0000-4000-8000-000000000000',
    })),
  }),
];

type Content = Readonly<Record<string, unknown>>;

/** Bends every frame. */
function always(bend: QosstBend) {
  return (utterance: Utterance): Utterance => ({ ...utterance, frame: bend });
}

/** Bends the frame of one message. */
function within(message: MessageName, bend: QosstBend) {
  return (utterance: Utterance): Utterance =>
    utterance.message === message ? { ...utterance, frame: bend } : utterance;
}

/** Changes the content of one message. */
function containing(message: MessageName, change: (content: Content) => object) {
  return (utterance: Utterance): Utterance => {
    if (utterance.message !== message) return utterance;
    const { content } = utterance;
    const changed = change({ ...(typeof content === 'object' ? content : {}) });
    return { ...utterance, content: changed };
  };
}

function without(content: Content, member: string): Content {
  return Object.fromEntries(Object.entries(content).filter(([name]) => name !== member));
}
