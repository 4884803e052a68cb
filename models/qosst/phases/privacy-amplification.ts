import { conversation } from '../conversation.ts';
import { requirements } from '../requirements.ts';

/**
 * Bob names the parameters of the hash, both sides apply it.
 * @see QOSST control protocol, Privacy amplification
 */
export const privacyAmplification = conversation.createStateConfig({
  initial: 'requesting',
  states: {
    requesting: { on: { 'bob.paRequest': 'answering' } },
    answering: {
      tags: ['owes:alice'],
      meta: { covers: [requirements.amplificationAnswered] },
      on: { 'alice.paSuccess': '#endOfFrame', 'alice.paError': 'refused' },
    },
    refused: {
      on: {
        'bob.paRequest': { guard: 'amplificationRetries', target: 'answering' },
        'bob.frameEnded': { guard: 'endsAfterError', target: '#endOfFrame.acknowledging' },
      },
    },
  },
});
