import { conversation } from '../conversation.ts';
import { requirements } from '../requirements.ts';

/**
 * Alice emits a classical signal while Bob turns his controller.
 * @see QOSST control protocol, Polarisation recovery
 */
export const polarisationRecovery = conversation.createStateConfig({
  initial: 'idle',
  states: {
    idle: {
      on: {
        'bob.requestPolarisationRecovery': { guard: 'channelFree', target: 'starting' },
        'bob.endPolarisationRecovery': { guard: 'recoveryEndsUnstarted', target: 'stopping' },
      },
    },
    starting: {
      tags: ['owes:alice'],
      meta: { covers: [requirements.recoveryAcknowledged] },
      on: {
        'alice.polarisationRecoveryAck': 'recovering',
        'alice.unexpectedCommand': { guard: 'lightIsInUse', target: 'idle' },
        'alice.misplaced': { guard: 'saysRefusal', target: 'idle' },
      },
    },
    recovering: {
      on: {
        'bob.endPolarisationRecovery': 'stopping',
        'bob.requestPolarisationRecovery': { guard: 'recoveryRestarts', target: 'starting' },
      },
    },
    stopping: {
      tags: ['owes:alice'],
      meta: { covers: [requirements.recoveryEnded] },
      on: {
        'alice.polarisationRecoveryEnded': 'idle',
        'alice.unexpectedCommand': { guard: 'lightIsInUse', target: 'recovering' },
        'alice.misplaced': { guard: 'saysRefusal', target: 'recovering' },
      },
    },
  },
});
