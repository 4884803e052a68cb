import { conversation } from '../conversation.ts';
import { requirements } from '../requirements.ts';
import { mayIdentify } from './identification.ts';

/**
 * Bob takes his leave; after the acknowledgement either side may close the connection. He need
 * not wait for it, and an answer that is none does not hold him.
 * @see QOSST control protocol, End of communication
 */
export const disconnection = conversation.createStateConfig({
  initial: 'acknowledging',
  on: {
    'alice.malformed': '.unacknowledged',
    'alice.unauthentic': '.unacknowledged',
    'alice.unknown': '.unacknowledged',
    'alice.unfit': '.unacknowledged',
    'alice.misplaced': '.unacknowledged',
  },
  states: {
    acknowledging: {
      tags: ['owes:alice'],
      meta: { covers: [requirements.disconnectionAcknowledged] },
      on: {
        'alice.disconnectionAck': { target: 'ended', actions: 'takeLeave' },
        'bob.closes': 'closed',
      },
    },
    unacknowledged: {
      on: {
        ...mayIdentify,
        'bob.disconnection': 'acknowledging',
        'bob.invalidResponse': 'complaining',
        'alice.closes': 'closed',
        'bob.closes': 'closed',
      },
    },
    complaining: {
      tags: ['owes:alice'],
      meta: { covers: [requirements.invalidResponseAcknowledged] },
      on: { 'alice.invalidResponseAck': 'unacknowledged', 'bob.closes': 'closed' },
    },
    ended: {
      id: 'ended',
      on: { 'alice.closes': 'closed', 'bob.closes': 'closed' },
    },
    closed: {},
  },
});
