import { conversation } from '../conversation.ts';
import { requirements } from '../requirements.ts';

/**
 * Bob gives the current frame up, at any time once identified, and stays. What becomes of the
 * frame stands in session.ts, with Alice's own ABORT, which nobody acknowledges.
 * @see QOSST control protocol, ABORT
 */
export const abort = conversation.createStateConfig({
  initial: 'none',
  states: {
    none: { on: { 'bob.abort': 'acknowledging' } },
    acknowledging: {
      tags: ['owes:alice'],
      meta: { covers: [requirements.abortAcknowledged] },
      on: {
        'alice.abortAck': [
          { guard: 'connectionDiesAtAbort', target: '#ended', actions: 'takeLeave' },
          { target: 'none' },
        ],
      },
    },
  },
});
