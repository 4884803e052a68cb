import { conversation } from '../conversation.ts';
import { requirements } from '../requirements.ts';

/**
 * Bob asks for symbols and for the mean photon number as often as he needs, then gives his
 * estimates; Alice decides whether the frame is worth going on with.
 * @see QOSST control protocol, Parameters estimation
 */
export const parameterEstimation = conversation.createStateConfig({
  initial: 'estimating',
  states: {
    estimating: {
      on: {
        'bob.peSymbolsRequest': [
          { guard: 'indicesImpossible', target: 'refusingIndices' },
          { guard: 'indicesCertain', target: 'answeringSymbols' },
          { target: 'answeringIndices' },
        ],
        'bob.peNphotonRequest': 'answeringPhotonNumber',
        'bob.peFinished': [{ guard: 'keyRatePositive', target: 'judging' }, { target: 'denying' }],
        'bob.qieRequest': [
          { guard: 'exchangeRepeatsForFrame', target: '#quantumInformationExchange.preparing' },
          { guard: 'exchangeRepeats', target: 'refusingExchange' },
        ],
        'bob.qieAcquisitionEnded': {
          guard: 'acquisitionEndRepeats',
          target: '#quantumInformationExchange.ending',
        },
      },
    },
    refusingExchange: {
      tags: ['owes:alice'],
      meta: {
        covers: [requirements.exchangeRequestNamesFrame, requirements.invalidContentAnswered],
      },
      on: {
        'alice.invalidContent': { guard: 'codeReturned', target: 'estimating' },
        'alice.unexpectedCommand': { guard: 'codeReturned', target: 'estimating' },
      },
    },
    answeringSymbols: {
      tags: ['owes:alice'],
      meta: { covers: [requirements.symbolsAnswered] },
      on: { 'alice.peSymbolsResponse': { guard: 'oneSymbolAnIndex', target: 'estimating' } },
    },
    /** Whether the indices are within the frame is known to Alice alone. */
    answeringIndices: {
      tags: ['owes:alice'],
      meta: { covers: [requirements.symbolsAnswered, requirements.symbolsOutOfBounds] },
      on: {
        'alice.peSymbolsResponse': { guard: 'oneSymbolAnIndex', target: 'estimating' },
        'alice.peSymbolsError': 'estimating',
      },
    },
    refusingIndices: {
      tags: ['owes:alice'],
      meta: { covers: [requirements.symbolsOutOfBounds] },
      on: { 'alice.peSymbolsError': 'estimating' },
    },
    answeringPhotonNumber: {
      tags: ['owes:alice'],
      meta: { covers: [requirements.photonNumberAnswered] },
      on: { 'alice.peNphotonResponse': 'estimating' },
    },
    judging: {
      tags: ['owes:alice'],
      meta: { covers: [requirements.estimatesJudged] },
      on: { 'alice.peApproved': '#errorCorrection', 'alice.peDenied': 'denied' },
    },
    denying: {
      tags: ['owes:alice'],
      meta: { covers: [requirements.zeroKeyRateDenied] },
      on: { 'alice.peDenied': 'denied' },
    },
    denied: {
      on: {
        /** No frame is being worked on any more. */
        'bob.initializationRequest': { target: '#initialization.answering', actions: 'beginFrame' },
        'bob.frameEnded': [{ guard: 'endsAfterDenial', target: '#endOfFrame.acknowledging' }],
        'bob.peSymbolsRequest': { guard: 'estimationReopens', target: 'answeringIndices' },
        'bob.peNphotonRequest': { guard: 'estimationReopens', target: 'answeringPhotonNumber' },
        'bob.peFinished': { guard: 'estimationReopens', target: 'judging' },
        'bob.qieRequest': [
          { guard: 'exchangeRepeatsLateForFrame', target: '#quantumInformationExchange.preparing' },
          { guard: 'exchangeRepeatsLate', target: 'refusingExchangeAfterDenial' },
        ],
      },
    },
    refusingExchangeAfterDenial: {
      tags: ['owes:alice'],
      meta: {
        covers: [requirements.exchangeRequestNamesFrame, requirements.invalidContentAnswered],
      },
      on: {
        'alice.invalidContent': { guard: 'codeReturned', target: 'denied' },
        'alice.unexpectedCommand': { guard: 'codeReturned', target: 'denied' },
      },
    },
  },
});
