import { messages, requirements, type MessageName } from '#models/qosst/index.ts';
import type { Perceived, Reader } from '#src/contract/frame.ts';
import type { Mutant, SideScene } from '#src/contract/side.ts';
import { FrameReader } from '../codec/reader.ts';
import { recall } from '../context.ts';
import type { ReadFrame } from '../frame.ts';
import type { BobMemory } from '../reference/bob.ts';
import { member, say } from '../say.ts';
import { jsonHabits, lengthOrder } from '../settings.ts';
import type { Settings } from '#src/contract/settings.ts';
import { bobMutant, overlooks } from './mutant.ts';

/** Bob, wrong in what he makes of Alice's answers. */
export const bobAnswers: readonly Mutant[] = [
  bobMutant({
    id: 'bob-ignores-digest',
    title: 'accepts an answer whose digest is wrong',
    breaks: requirements.unauthenticAnswerReidentifies,
    shortest: 3,
    perceives: overlooks(requirements.digestMatches),
  }),
  bobMutant({
    id: 'bob-ignores-challenge',
    title: 'accepts an answer to another message',
    breaks: requirements.unauthenticAnswerReidentifies,
    shortest: 3,
    perceives: overlooks(requirements.challengeEchoed),
  }),
  bobMutant({
    id: 'bob-does-not-reidentify',
    title: 'begins another frame where he has to identify himself again',
    breaks: requirements.unauthenticReidentifies,
    shortest: 3,
    answers: {
      'link.distrust': ({ random }) => say('initializationRequest', { frame_uuid: random.uuid() }),
    },
  }),
  bobMutant({
    id: 'bob-takes-any-answer',
    title: 'takes whatever answers a request for the answer that he wants',
    breaks: requirements.invalidResponseSent,
    shortest: 3,
    perceives: (perceived, scene) => {
      const { message, flaws } = perceived;
      const passed = ['abort', 'authenticationInvalid', 'initializationDenied'];
      if (message === null || flaws.length > 0 || passed.includes(message)) return perceived;
      return { ...perceived, message: wanted(scene) ?? message };
    },
  }),
  bobMutant({
    id: 'bob-takes-any-content',
    title: 'does not look whether a content is valid',
    breaks: requirements.invalidResponseSent,
    shortest: 3,
    perceives: (perceived) => ({
      ...perceived,
      flaws: perceived.flaws.filter(({ kind }) => kind !== 'unfit'),
    }),
  }),
  bobMutant({
    id: 'bob-takes-any-symbols',
    title: 'takes lists of symbols of any length',
    breaks: requirements.invalidResponseSent,
    shortest: 13,
    deep: true,
    perceives: (perceived, { context }) => {
      if (perceived.message !== 'peSymbolsResponse') return perceived;
      const indices = member(recall(context).asked.content, 'indices');
      const ones = Array.isArray(indices) ? indices.map(() => 1) : [];
      const content = { symbols_real: ones, symbols_imag: ones };
      return { ...perceived, payload: { ...perceived.payload, content } };
    },
  }),
  bobMutant({
    id: 'bob-takes-unknown-codes',
    title: 'takes an unknown code for the answer that he wants',
    breaks: requirements.invalidResponseSent,
    shortest: 3,
    perceives: (perceived, scene) => {
      const isUnknown = perceived.flaws.some(({ kind }) => kind === 'unknown');
      const message = wanted(scene);
      return isUnknown && message !== null ? { ...perceived, message, flaws: [] } : perceived;
    },
  }),
  bobMutant({
    id: 'bob-skips-complaint',
    title: 'leaves without INVALID_RESPONSE after a wrong answer',
    breaks: requirements.invalidResponseSent,
    shortest: 3,
    answers: {
      'stranded.bewildered': () => say('disconnection'),
      'stranded.garbled': () => say('disconnection'),
    },
  }),
  bobMutant({
    id: 'bob-objects-as-alice',
    title: "objects to a wrong answer with Alice's INVALID_CONTENT",
    breaks: requirements.codesOfTheirSide,
    shortest: 3,
    answers: { 'stranded.bewildered': () => say('invalidContent') },
  }),
  bobMutant({
    id: 'bob-dies-of-garbage',
    title: 'breaks down at an answer that he cannot read',
    breaks: requirements.invalidResponseSent,
    shortest: 3,
    perceives: (perceived) => {
      if (perceived.flaws.some(({ kind }) => kind === 'malformed')) throw new Error('garbage');
      return perceived;
    },
  }),
  bobMutant({
    id: 'bob-dies-when-refused',
    title: 'goes away when Alice refuses a request',
    breaks: requirements.disconnectBeforeLeaving,
    shortest: 3,
    perceives: (perceived) => {
      const refusals = ['unknownCommand', 'unexpectedCommand', 'invalidContent'];
      if (refusals.includes(perceived.message ?? '')) throw new Error('refused');
      return perceived;
    },
  }),
  bobMutant({
    id: 'bob-ignores-version',
    title: 'begins a frame although Alice has refused his version',
    breaks: requirements.identificationFirst,
    shortest: 3,
    perceives: (perceived) =>
      perceived.message === 'invalidQosstVersion'
        ? {
            ...perceived,
            message: 'identificationResponse',
            payload: { ...perceived.payload, content: { serial_number: 'QOSST/0001' } },
          }
        : perceived,
  }),
  bobMutant({
    id: 'bob-strict-header',
    title: 'takes a header as his own software writes it, and no other',
    breaks: requirements.headerExtrasTolerated,
    shortest: 3,
    reader: (settings) => {
      const reader = newReader(settings);
      return readerOf(reader, (chunk) => reader.push(chunk).map(withUsualHeader));
    },
  }),
  bobMutant({
    id: 'bob-reads-once',
    title: 'takes what he reads at once for a whole frame',
    breaks: requirements.bodyOrder,
    shortest: 3,
    reader: (settings) => {
      const reader = newReader(settings);
      return readerOf(reader, (chunk) => newReader(settings).push(chunk));
    },
  }),
];

/** Bob's requests, by code, to the first of their good answers. */
const good: Readonly<Record<string, MessageName>> = {
  [messages.identificationRequest.code]: 'identificationResponse',
  [messages.initializationRequest.code]: 'initializationAccepted',
  [messages.qieRequest.code]: 'qieReady',
  [messages.qieTrigger.code]: 'qieEmissionStarted',
  [messages.qieAcquisitionEnded.code]: 'qieEnded',
  [messages.ecInitialization.code]: 'ecReady',
  [messages.ecBlock.code]: 'ecBlockAck',
  [messages.ecRemaining.code]: 'ecRemainingAck',
  [messages.ecVerification.code]: 'ecVerificationSuccess',
  [messages.paRequest.code]: 'paSuccess',
};

/** The good answer to what was asked last. */
function wanted({ context }: SideScene<BobMemory>): Perceived['message'] {
  return good[String(recall(context).asked.code)] ?? null;
}

function newReader(settings: Settings): FrameReader {
  return new FrameReader({ lengthOrder: lengthOrder(settings), ...jsonHabits(settings) });
}

function readerOf(counted: FrameReader, push: Reader<ReadFrame>['push']): Reader {
  return {
    push,
    get pendingBytes() {
      return counted.pendingBytes;
    },
  };
}

function withUsualHeader(frame: ReadFrame): ReadFrame {
  const text = Buffer.from(frame.headerBytes).toString('utf8');
  const usual =
    /^\{"code": .*, "content_length": .*, "challenge": .*, "next_challenge": "[^"]*"\}$/;
  if (usual.test(text)) return frame;
  const problem = { code: 'headerNotObject', detail: 'an unusual header' } as const;
  return { ...frame, problems: [...frame.problems, problem] };
}
