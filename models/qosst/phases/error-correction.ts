import { conversation } from '../conversation.ts';
import { requirements } from '../requirements.ts';

/** Where the loop stands after an error. */
const afterError = <const State extends string>(goesOn: State) =>
  [{ guard: 'correctionEnds', target: 'failed' }, { target: goesOn }] as const;

/**
 * Block by block, then what remains, then the two keys' hashes are compared.
 * @see QOSST control protocol, Error correction
 */
export const errorCorrection = conversation.createStateConfig({
  initial: 'requesting',
  states: {
    requesting: {
      on: {
        'bob.ecInitialization': 'answering',
        'bob.peSymbolsRequest': {
          guard: 'estimationReopens',
          target: '#parameterEstimation.answeringIndices',
        },
        'bob.peNphotonRequest': {
          guard: 'estimationReopens',
          target: '#parameterEstimation.answeringPhotonNumber',
        },
        'bob.peFinished': { guard: 'estimationReopens', target: '#parameterEstimation.judging' },
        'bob.qieRequest': [
          { guard: 'exchangeRepeatsLateForFrame', target: '#quantumInformationExchange.preparing' },
          { guard: 'exchangeRepeatsLate', target: 'refusingExchange' },
        ],
      },
    },
    refusingExchange: {
      tags: ['owes:alice'],
      meta: {
        covers: [requirements.exchangeRequestNamesFrame, requirements.invalidContentAnswered],
      },
      on: {
        'alice.invalidContent': { guard: 'codeReturned', target: 'requesting' },
        'alice.unexpectedCommand': { guard: 'codeReturned', target: 'requesting' },
      },
    },
    answering: {
      tags: ['owes:alice'],
      meta: { covers: [requirements.correctionAnswered] },
      on: { 'alice.ecReady': 'correcting', 'alice.ecDenied': 'denied' },
    },
    denied: {
      on: {
        'bob.ecInitialization': { guard: 'correctionRetries', target: 'answering' },
        'bob.frameEnded': { guard: 'endsAfterError', target: '#endOfFrame.acknowledging' },
      },
    },
    correcting: {
      on: {
        'bob.ecBlock': 'answeringBlock',
        'bob.ecRemaining': 'answeringRemaining',
        'bob.ecVerification': 'verifying',
      },
    },
    answeringBlock: {
      tags: ['owes:alice'],
      meta: { covers: [requirements.blockAnswered] },
      on: { 'alice.ecBlockAck': 'correcting', 'alice.ecBlockError': afterError('correcting') },
    },
    answeringRemaining: {
      tags: ['owes:alice'],
      meta: { covers: [requirements.remainingAnswered] },
      on: {
        'alice.ecRemainingAck': 'remaining',
        'alice.ecRemainingError': afterError('remaining'),
      },
    },
    remaining: {
      on: {
        'bob.ecRemaining': { guard: 'remainingRepeats', target: 'answeringRemaining' },
        'bob.ecVerification': 'verifying',
        'bob.ecBlock': { guard: 'blockAfterRemaining', target: 'answeringBlock' },
      },
    },
    verifying: {
      tags: ['owes:alice'],
      meta: { covers: [requirements.verificationAnswered] },
      on: {
        'alice.ecVerificationSuccess': '#privacyAmplification',
        'alice.ecVerificationFail': 'failed',
      },
    },
    failed: {
      on: {
        'bob.frameEnded': { guard: 'endsAfterError', target: '#endOfFrame.acknowledging' },
        'bob.ecBlock': { guard: 'correctionAfterFail', target: 'answeringBlock' },
        'bob.ecRemaining': { guard: 'correctionAfterFail', target: 'answeringRemaining' },
        'bob.ecVerification': { guard: 'correctionAfterFail', target: 'verifying' },
      },
    },
  },
});
