import { requirements } from '#models/qosst/index.ts';
import type { Answer, Deed, Mutant } from '#src/contract/side.ts';
import { recall } from '../context.ts';
import { bob, answers, type BobMemory } from '../reference/bob.ts';
import { say } from '../say.ts';
import { bobAnswers } from './bob-answers.ts';
import { bobFrames } from './bob-frames.ts';
import { bobMutant } from './mutant.ts';

/** Bob, wrong in the course that he takes. */
const bobCourse: readonly Mutant[] = [
  bobMutant({
    id: 'bob-skips-identification',
    title: 'begins a frame without having identified himself',
    breaks: requirements.identificationFirst,
    shortest: 1,
    answers: {
      'link.unidentified': ({ random }) => say('initializationRequest', uuid(random.uuid())),
    },
  }),
  bobMutant({
    id: 'bob-skips-initialization',
    title: 'asks for an exchange without having begun a frame',
    breaks: requirements.frameBeginsWithInitialization,
    shortest: 3,
    answers: {
      'initialization.requesting': ({ random }) => say('qieRequest', uuid(random.uuid())),
    },
  }),
  bobMutant({
    id: 'bob-asks-config-mid-frame',
    title: 'asks for the configuration of a frame that is accepted',
    breaks: requirements.configurationOnlyAfterProposal,
    shortest: 5,
    answers: {
      'quantumInformationExchange.requesting': () => say('initializationRequestConfig'),
    },
  }),
  bobMutant({
    id: 'bob-triggers-early',
    title: 'triggers before Alice is ready',
    breaks: requirements.triggerAfterReady,
    shortest: 5,
    answers: { 'quantumInformationExchange.requesting': () => say('qieTrigger') },
  }),
  bobMutant({
    id: 'bob-ends-exchange-untriggered',
    title: 'ends the acquisition that he has not triggered',
    breaks: requirements.exchangeOrder,
    shortest: 7,
    answers: { 'quantumInformationExchange.ready': () => say('qieAcquisitionEnded') },
  }),
  bobMutant({
    id: 'bob-estimates-amid-exchange',
    title: 'asks for symbols while Alice still emits',
    breaks: requirements.estimationAfterExchange,
    shortest: 9,
    deep: true,
    answers: {
      'quantumInformationExchange.emitting': () => say('peSymbolsRequest', { indices: [0] }),
    },
  }),
  bobMutant({
    id: 'bob-corrects-unapproved',
    title: 'corrects errors before his estimates are approved',
    breaks: requirements.correctionAfterApproval,
    shortest: 11,
    deep: true,
    answers: {
      'parameterEstimation.estimating': () =>
        say('ecInitialization', { matrix: [[1, 1]], noise: 0.1 }),
    },
  }),
  bobMutant({
    id: 'bob-verifies-at-once',
    title: 'verifies before he has agreed on a code',
    breaks: requirements.correctionOrder,
    shortest: 17,
    deep: true,
    answers: { 'errorCorrection.requesting': () => say('ecVerification', { hash: 1 }) },
  }),
  bobMutant({
    id: 'bob-corrects-when-denied',
    title: 'sends blocks although Alice has denied the code',
    breaks: requirements.correctionDenied,
    shortest: 19,
    deep: true,
    answers: { 'errorCorrection.denied': () => say('ecBlock', { syndrome: [1.87] }) },
  }),
  bobMutant({
    id: 'bob-amplifies-unverified',
    title: 'amplifies keys that he has not verified',
    breaks: requirements.amplificationAfterCorrection,
    shortest: 21,
    deep: true,
    answers: { 'errorCorrection.remaining': answers['privacyAmplification.requesting'] },
  }),
  bobMutant({
    id: 'bob-amplifies-unequal',
    title: 'amplifies keys that are not equal',
    breaks: requirements.amplificationAfterCorrection,
    shortest: 23,
    deep: true,
    answers: { 'errorCorrection.failed': answers['privacyAmplification.requesting'] },
  }),
  bobMutant({
    id: 'bob-ends-frame-early',
    title: 'ends the frame before privacy amplification',
    breaks: requirements.frameEndAfterAmplification,
    shortest: 25,
    deep: true,
    answers: {
      'privacyAmplification.requesting': ({ context }) =>
        say('frameEnded', uuid(recall(context).frameUuid)),
    },
  }),
  bobMutant({
    id: 'bob-reuses-uuid',
    title: 'works on two frames of the same UUID',
    breaks: requirements.initializationRequestContent,
    shortest: 29,
    deep: true,
    memory: (random, settings) => ({ ...bob.memory(random, settings), plan: { frames: 2 } }),
    bends: (utterance) =>
      utterance.message === 'initializationRequest'
        ? { ...utterance, content: uuid('5f0b6ea4-9e8c-41ed-8b23-0028f86a9730') }
        : utterance,
  }),
  bobMutant({
    id: 'bob-pipelines',
    title: 'triggers together with his request for the exchange',
    breaks: requirements.speaksOnlyWhenAsked,
    shortest: 5,
    answers: {
      'quantumInformationExchange.requesting': async (scene) => [
        ...(await deeds(answers['quantumInformationExchange.requesting'], scene)),
        say('qieTrigger'),
      ],
    },
  }),
  bobMutant({
    id: 'bob-corrects-after-denial',
    title: 'corrects errors although Alice has denied his estimates',
    breaks: requirements.denialEndsFrame,
    shortest: 17,
    deep: true,
    answers: {
      'parameterEstimation.denied': (scene) => answers['errorCorrection.requesting'](scene),
    },
  }),
  bobMutant({
    id: 'bob-goes-on-after-abort',
    title: 'goes on with the frame that Alice has aborted',
    breaks: requirements.aliceAbortObeyed,
    shortest: 5,
    answers: {
      'initialization.requesting': (scene) =>
        scene.heard?.message === 'abort'
          ? say('qieTrigger')
          : answers['initialization.requesting'](scene),
    },
  }),
  bobMutant({
    id: 'bob-goes-on-after-own-abort',
    title: 'estimates on although he has aborted the frame',
    breaks: requirements.abortDropsFrame,
    shortest: 15,
    deep: true,
    answers: {
      'initialization.requesting': (scene) =>
        scene.heard?.message === 'abortAck'
          ? say('peNphotonRequest')
          : answers['initialization.requesting'](scene),
    },
  }),
  bobMutant({
    id: 'bob-leaves-silently',
    title: 'closes the connection without DISCONNECTION',
    breaks: requirements.disconnectBeforeLeaving,
    shortest: 4,
    answers: {
      'initialization.requesting': async (scene) =>
        (await deeds(answers['initialization.requesting'], scene)).map((deed) =>
          deed.do === 'say' && deed.utterance.message === 'disconnection' ? { do: 'close' } : deed,
        ),
    },
  }),
  bobMutant({
    id: 'bob-talks-after-farewell',
    title: 'identifies himself again after DISCONNECTION',
    breaks: requirements.disconnectionEndsTalk,
    shortest: 5,
    answers: {
      'disconnection.ended': (scene) => deedsOf(answers['link.unidentified'](scene)),
    },
  }),
];

/** Bob, wrong in one place: one row a mutant. */
export const bobMutants: readonly Mutant[] = [...bobCourse, ...bobFrames, ...bobAnswers];

function uuid(frame: string | null): object {
  return { frame_uuid: frame };
}

async function deeds(
  answer: Answer<BobMemory>,
  scene: Parameters<Answer<BobMemory>>[0],
): Promise<readonly Deed[]> {
  return deedsOf(await answer(scene));
}

function deedsOf(deeds: Deed | readonly Deed[]): readonly Deed[] {
  return 'length' in deeds ? deeds : [deeds];
}
