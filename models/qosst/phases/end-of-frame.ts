import { conversation } from '../conversation.ts';
import { requirements } from '../requirements.ts';

/**
 * Both sides name the frame that is finished.
 * @see QOSST control protocol, End of frame
 */
export const endOfFrame = conversation.createStateConfig({
  initial: 'requesting',
  states: {
    requesting: {
      on: {
        'bob.frameEnded': [
          { guard: 'frameNamed', target: 'acknowledging' },
          { target: 'refusing' },
        ],
      },
    },
    acknowledging: {
      tags: ['owes:alice'],
      meta: { covers: [requirements.frameEndAnswered, requirements.frameEndAckNamesFrame] },
      on: {
        'alice.frameEndedAck': [
          {
            guard: 'frameEchoedAndIdentityLost',
            target: '#unidentified',
            actions: 'forgetIdentity',
          },
          { guard: 'frameEchoed', target: '#initialization', actions: 'dropFrame' },
        ],
      },
    },
    refusing: {
      tags: ['owes:alice'],
      meta: { covers: [requirements.frameEndNamesFrame, requirements.invalidContentAnswered] },
      on: { 'alice.invalidContent': { guard: 'codeReturned', target: 'requesting' } },
    },
  },
});
