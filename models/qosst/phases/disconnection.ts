import { conversation } from '../conversation.ts';
import { requirements } from '../requirements.ts';

/**
 * Bob takes his leave; after the acknowledgement either side may close the connection.
 * @see QOSST control protocol, End of communication
 */
export const disconnection = conversation.createStateConfig({
  initial: 'acknowledging',
  states: {
    acknowledging: {
      tags: ['owes:alice'],
      meta: { covers: [requirements.disconnectionAcknowledged] },
      on: { 'alice.disconnectionAck': 'ended' },
    },
    ended: {
      id: 'ended',
      on: { 'alice.closes': 'closed', 'bob.closes': 'closed' },
    },
    closed: {},
  },
});
