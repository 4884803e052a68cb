import { conversation } from '../conversation.ts';
import { requirements } from '../requirements.ts';

/**
 * Alice prepares, Bob triggers, Alice emits, Bob says when he has acquired.
 * @see QOSST control protocol, Quantum Information Exchange
 */
export const quantumInformationExchange = conversation.createStateConfig({
  initial: 'requesting',
  states: {
    requesting: {
      on: {
        'bob.qieRequest': [
          { guard: 'exchangeFrameNamed', target: 'preparing' },
          { target: 'refusing' },
        ],
      },
    },
    preparing: {
      tags: ['owes:alice'],
      meta: { covers: [requirements.exchangeReady] },
      on: { 'alice.qieReady': { target: 'ready', actions: 'prepareEmitter' } },
    },
    refusing: {
      tags: ['owes:alice'],
      meta: {
        covers: [requirements.exchangeRequestNamesFrame, requirements.invalidContentAnswered],
      },
      on: { 'alice.invalidContent': { guard: 'codeReturned', target: 'requesting' } },
    },
    ready: {
      on: {
        'bob.qieTrigger': 'triggering',
        'bob.qieRequest': { guard: 'requestRepeats', target: 'preparing' },
      },
    },
    triggering: {
      tags: ['owes:alice'],
      meta: { covers: [requirements.emissionStarted] },
      on: { 'alice.qieEmissionStarted': { target: 'emitting', actions: 'startEmitter' } },
    },
    emitting: {
      on: {
        'bob.qieAcquisitionEnded': 'ending',
        'bob.qieTrigger': { guard: 'triggerRepeats', target: 'triggering' },
      },
    },
    ending: {
      tags: ['owes:alice'],
      meta: { covers: [requirements.exchangeEnded] },
      on: { 'alice.qieEnded': { target: '#parameterEstimation', actions: 'darkenEmitter' } },
    },
  },
});
