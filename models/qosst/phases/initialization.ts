import { conversation } from '../conversation.ts';
import { requirements } from '../requirements.ts';

/**
 * Bob opens a frame by its UUID; Alice accepts, denies, or denies and offers a configuration.
 * @see QOSST control protocol, Initialization
 */
export const initialization = conversation.createStateConfig({
  initial: 'requesting',
  states: {
    requesting: {
      on: {
        'bob.initializationRequest': { target: 'answering', actions: 'beginFrame' },
        'bob.initializationRequestConfig': {
          guard: 'configWithoutProposal',
          target: 'configuring',
        },
      },
    },
    answering: {
      tags: ['owes:alice'],
      meta: { covers: [requirements.initializationAnswered, requirements.denialExplained] },
      on: {
        'alice.initializationAccepted': '#quantumInformationExchange',
        'alice.initializationDenied': { target: 'requesting', actions: 'dropFrame' },
        'alice.initializationProposal': { target: 'proposed', actions: 'dropFrame' },
      },
    },
    proposed: {
      on: {
        'bob.initializationRequest': { target: 'answering', actions: 'beginFrame' },
        'bob.initializationRequestConfig': 'configuring',
      },
    },
    configuring: {
      tags: ['owes:alice'],
      meta: { covers: [requirements.configurationAnswered] },
      on: { 'alice.initializationConfig': 'proposed' },
    },
  },
});
