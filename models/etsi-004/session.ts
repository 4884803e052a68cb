import { conversation, newConversation, type Region } from './conversation.ts';
import { closing } from './phases/closing.ts';
import { keyDelivery } from './phases/key-delivery.ts';
import { opening } from './phases/opening.ts';
import { stray } from './phases/stray.ts';

/** One stream at one end, from open-connect to close. */
const stream = (region: Region) =>
  conversation.createStateConfig({
    initial: 'idle',
    states: { ...opening(region), ...keyDelivery(region), ...closing(region) },
  });

/** Listens to every event: wildcards never make one legal. */
const memory = conversation.createStateConfig({
  on: { 'kms.*': { actions: 'remember' }, 'qkd-device.*': { actions: 'remember' } },
});

/**
 * Everything between a KMS and a QKD device, over all connections at both ends of the link: what
 * is owed for wrong calls, each of two streams at each of its ends, and what all of them remember.
 */
export const session = conversation.createMachine({
  id: 'etsi-004',
  type: 'parallel',
  context: ({ input }) => newConversation(input),
  states: {
    stray,
    oneA: stream('oneA'),
    oneB: stream('oneB'),
    twoA: stream('twoA'),
    twoB: stream('twoB'),
    memory,
  },
});
