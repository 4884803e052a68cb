import { messages, requirements } from '#models/qosst/index.ts';
import type { Perceived } from '#src/contract/frame.ts';
import type { Mutant } from '#src/contract/side.ts';
import { recall } from '../context.ts';
import { member, numbers, say } from '../say.ts';
import { changeParameter } from '../reference/parameters.ts';
import {
  askedCode,
  conversational,
  counter,
  honest,
  instead,
  memberless,
  type AliceScene,
} from './alice-habits.ts';
import type { AliceMemory } from '../reference/alice.ts';
import { aliceMutant, overlooks } from './mutant.ts';

const exchanges = counter();
const changes = counter();
const complaints = counter();
const firstFrames = new WeakMap<AliceMemory, string | null>();

const expects = (count: number) => Array.from({ length: count }, () => 1);
const indices = (scene: AliceScene): number => {
  const list: unknown = Reflect.get(Object(recall(scene.context).asked.content), 'indices');
  return Array.isArray(list) ? list.length : 0;
};

/** Alice, wrong only where eight or more correct messages lead. */
export const aliceDeep: readonly Mutant[] = [
  aliceMutant({
    id: 'alice-keeps-the-frame-over-abort',
    title: 'goes on with a frame that was aborted',
    breaks: requirements.unexpectedCommandAnswered,
    shortest: 10,
    deep: true,
    perceives: (perceived) => (perceived.message === 'abort' ? harmless(perceived) : perceived),
    answers: {
      'complaint.acknowledging': (scene) =>
        askedCode(scene) === messages.abort.code
          ? instead('complaint.acknowledging', scene, say('abortAck'))
          : honest('complaint.acknowledging', scene),
    },
  }),
  aliceMutant({
    id: 'alice-tires-of-exchanges',
    title: 'refuses the third exchange of a session',
    breaks: requirements.exchangeReady,
    shortest: 18,
    deep: true,
    answers: {
      'quantumInformationExchange.preparing': (scene) =>
        exchanges(scene) < 3
          ? honest('quantumInformationExchange.preparing', scene)
          : instead(
              'quantumInformationExchange.preparing',
              scene,
              say('unexpectedCommand', { code: askedCode(scene) }),
            ),
    },
  }),
  aliceMutant({
    id: 'alice-tires-of-changes',
    title: 'says nothing to the sixth change of a parameter',
    breaks: requirements.parameterAnswered,
    shortest: 13,
    deep: true,
    answers: {
      'parameterChange.answering': (scene) =>
        changes(scene) < 6 ? honest('parameterChange.answering', scene) : [],
    },
  }),
  aliceMutant({
    id: 'alice-confuses-the-second-complaint',
    title: 'acknowledges the second complaint of a session as an abortion',
    breaks: requirements.invalidResponseAcknowledged,
    shortest: 6,
    deep: true,
    answers: {
      'complaint.acknowledging': (scene) =>
        complaints(scene) < 2
          ? honest('complaint.acknowledging', scene)
          : instead('complaint.acknowledging', scene, say('abortAck')),
    },
  }),
  aliceMutant({
    id: 'alice-remembers-the-first-frame',
    title: 'names the first frame of the session at the end of each',
    breaks: requirements.frameEndAckNamesFrame,
    shortest: 44,
    deep: true,
    answers: {
      'endOfFrame.acknowledging': (scene) => {
        const { frameUuid } = recall(scene.context);
        const first = firstFrames.get(scene.memory) ?? frameUuid;
        firstFrames.set(scene.memory, first);
        return instead(
          'endOfFrame.acknowledging',
          scene,
          say('frameEndedAck', { frame_uuid: first }),
        );
      },
    },
  }),
  aliceMutant({
    id: 'alice-ends-any-frame',
    title: 'acknowledges the end of a frame that is not the current one',
    breaks: requirements.invalidContentAnswered,
    shortest: 22,
    deep: true,
    answers: conversational('endOfFrame.refusing', 'frameEndedAck', ({ context }) => ({
      frame_uuid: recall(context).frameUuid,
    })),
  }),
  aliceMutant({
    id: 'alice-exchanges-any-frame',
    title: 'readies herself for a frame that is not the current one',
    breaks: requirements.invalidContentAnswered,
    shortest: 6,
    answers: conversational('quantumInformationExchange.refusing', 'qieReady', memberless),
  }),
  aliceMutant({
    id: 'alice-approves-frames-without-key',
    title: 'approves a key rate of 0',
    breaks: requirements.zeroKeyRateDenied,
    shortest: 12,
    deep: true,
    answers: conversational('parameterEstimation.denying', 'peApproved', memberless),
  }),
  aliceMutant({
    id: 'alice-denies-without-a-word',
    title: 'does not explain a denial',
    breaks: requirements.estimatesDenialExplained,
    shortest: 12,
    deep: true,
    answers: conversational('parameterEstimation.denying', 'peDenied', memberless),
  }),
  aliceMutant({
    id: 'alice-judges-without-estimates',
    title: 'judges estimates whose members are missing',
    breaks: requirements.invalidContentAnswered,
    shortest: 12,
    deep: true,
    perceives: overlooks(requirements.estimatesContent),
  }),
  aliceMutant({
    id: 'alice-loses-a-symbol',
    title: 'sends a symbol less than she was asked for, from three on',
    breaks: requirements.symbolsMatchIndices,
    shortest: 12,
    deep: true,
    answers: conversational(
      'parameterEstimation.answeringIndices',
      'peSymbolsResponse',
      (scene) => {
        const count = indices(scene) < 3 ? indices(scene) : indices(scene) - 1;
        return { symbols_real: expects(count), symbols_imag: expects(count) };
      },
    ),
  }),
  aliceMutant({
    id: 'alice-finds-every-symbol',
    title: 'sends symbols for indices that are out of bounds',
    breaks: requirements.symbolsOutOfBounds,
    shortest: 12,
    deep: true,
    answers: conversational(
      'parameterEstimation.refusingIndices',
      'peSymbolsResponse',
      (scene) => ({
        symbols_real: expects(indices(scene)),
        symbols_imag: expects(indices(scene)),
      }),
    ),
  }),
  aliceMutant({
    id: 'alice-does-not-explain-bounds',
    title: 'sends PE_SYMBOLS_ERROR without a message',
    breaks: requirements.symbolsErrorExplained,
    shortest: 12,
    deep: true,
    answers: conversational('parameterEstimation.refusingIndices', 'peSymbolsError', memberless),
  }),
  aliceMutant({
    id: 'alice-sends-only-real-parts',
    title: 'sends no imaginary parts',
    breaks: requirements.symbolsContent,
    shortest: 12,
    deep: true,
    answers: conversational(
      'parameterEstimation.answeringIndices',
      'peSymbolsResponse',
      (scene) => ({
        symbols_real: expects(indices(scene)),
      }),
    ),
  }),
  aliceMutant({
    id: 'alice-chokes-on-long-requests',
    title: 'says nothing to a request for more than ten thousand symbols',
    breaks: requirements.symbolsAnswered,
    shortest: 11,
    deep: true,
    answers: {
      'parameterEstimation.answeringIndices': (scene) =>
        indices(scene) > 10_000 ? [] : honest('parameterEstimation.answeringIndices', scene),
    },
  }),
  aliceMutant({
    id: 'alice-writes-photons-as-text',
    title: 'sends the photon number as a string',
    breaks: requirements.photonNumberContent,
    shortest: 12,
    deep: true,
    answers: conversational(
      'parameterEstimation.answeringPhotonNumber',
      'peNphotonResponse',
      () => ({
        n_photon: '1.54',
      }),
    ),
  }),
  aliceMutant({
    id: 'alice-corrects-denied-frames',
    title: 'begins the error correction of a frame that was not approved',
    breaks: requirements.unexpectedCommandAnswered,
    shortest: 14,
    deep: true,
    answers: {
      'refusal.misplaced': (scene) =>
        askedCode(scene) === messages.ecInitialization.code &&
        recall(scene.context).frameUuid !== null
          ? instead('refusal.misplaced', scene, say('ecReady'))
          : honest('refusal.misplaced', scene),
    },
  }),
  aliceMutant({
    id: 'alice-confuses-blocks',
    title: 'answers EC_REMAINING like EC_BLOCK',
    breaks: requirements.remainingAnswered,
    shortest: 16,
    deep: true,
    answers: conversational('errorCorrection.answeringRemaining', 'ecBlockAck', memberless),
  }),
  aliceMutant({
    id: 'alice-does-not-explain-denied-matrices',
    title: 'sends EC_DENIED without a message',
    breaks: requirements.correctionErrorsExplained,
    shortest: 14,
    deep: true,
    bends: (utterance) =>
      utterance.message === 'ecDenied' ? { ...utterance, content: undefined } : utterance,
  }),
  aliceMutant({
    id: 'alice-does-not-explain-amplification',
    title: 'sends PA_ERROR without a message',
    breaks: requirements.amplificationErrorExplained,
    shortest: 18,
    deep: true,
    bends: (utterance) =>
      utterance.message === 'paError' ? { ...utterance, content: undefined } : utterance,
  }),
  aliceMutant({
    id: 'alice-amplifies-twice',
    title: 'answers a second PA_REQUEST for the same frame',
    breaks: requirements.unexpectedCommandAnswered,
    shortest: 20,
    deep: true,
    answers: {
      'refusal.misplaced': (scene) =>
        askedCode(scene) === messages.paRequest.code && recall(scene.context).frameUuid !== null
          ? instead('refusal.misplaced', scene, say('paSuccess'))
          : honest('refusal.misplaced', scene),
    },
  }),
  aliceMutant({
    id: 'alice-forgets-symbols',
    title: 'gives the symbols in the order of the frame, not of the indices',
    breaks: requirements.symbolsMatchIndices,
    shortest: 14,
    deep: true,
    answers: {
      'parameterEstimation.answeringIndices': ({ context, memory }) => {
        const list = [...numbers(member(recall(context).asked.content, 'indices'))];
        const found = memory.transmitter.symbolsAt(list.toSorted((left, right) => left - right));
        if (found === null) return say('peSymbolsError', { error_message: 'Out of bound.' });
        return say('peSymbolsResponse', { symbols_real: found.real, symbols_imag: found.imag });
      },
    },
  }),
  aliceMutant({
    id: 'alice-forgets-parameters',
    title: 'tells a change of a parameter and keeps the old value',
    breaks: requirements.parameterChangedContent,
    shortest: 6,
    answers: {
      'parameterChange.answering': ({ context, memory }) => {
        const { content } = recall(context).asked;
        const name = String(member(content, 'parameter'));
        const before = memory.parameters.find(name)?.value;
        const answer = changeParameter(memory.parameters, content);
        if (before !== undefined) memory.parameters.set(name, before);
        return answer;
      },
    },
  }),
];

/** An abortion that changes nothing: the machine takes it for a complaint. */
function harmless(perceived: Perceived): Perceived {
  return { ...perceived, message: 'invalidResponse' };
}
