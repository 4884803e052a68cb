import { conversation, newConversation } from './conversation.ts';
import { abort } from './phases/abort.ts';
import { challengeChain, distrust } from './phases/authentication.ts';
import { disconnection } from './phases/disconnection.ts';
import { endOfFrame } from './phases/end-of-frame.ts';
import { errorCorrection } from './phases/error-correction.ts';
import { complaint, refusal, stranded } from './phases/errors.ts';
import { identification, mayIdentify } from './phases/identification.ts';
import { initialization } from './phases/initialization.ts';
import { parameterChange } from './phases/parameter-change.ts';
import { parameterEstimation } from './phases/parameter-estimation.ts';
import { polarisationRecovery } from './phases/polarisation-recovery.ts';
import { privacyAmplification } from './phases/privacy-amplification.ts';
import { quantumInformationExchange } from './phases/quantum-information-exchange.ts';
import { requirements } from './requirements.ts';

/** Bob could make nothing of Alice's answer, or does not believe that it is hers. */
const unusableAnswer = {
  'alice.malformed': '#stranded.garbled',
  'alice.unknown': '#stranded',
  'alice.unfit': '#stranded',
  'alice.misplaced': [
    { guard: 'saysUnauthentic', target: '#distrust' },
    { guard: 'saysRefusal', target: '#stranded.refused' },
    { guard: 'abortsNothing', target: '#identified', reenter: true, actions: 'dropFrame' },
    { target: '#stranded' },
  ],
  'alice.unauthentic': '#distrust',
} as const;

/** The work on one frame, phase by phase. */
const frame = conversation.createStateConfig({
  initial: 'initialization',
  on: {
    'bob.initializationRequest': {
      guard: 'frameRestarts',
      target: '#initialization.answering',
      actions: 'beginFrame',
    },
    'bob.abort': { target: '#initialization', actions: 'dropFrame' },
  },
  states: {
    initialization: { id: 'initialization', ...initialization },
    quantumInformationExchange: {
      id: 'quantumInformationExchange',
      ...quantumInformationExchange,
    },
    parameterEstimation: { id: 'parameterEstimation', ...parameterEstimation },
    errorCorrection: { id: 'errorCorrection', ...errorCorrection },
    privacyAmplification: { id: 'privacyAmplification', ...privacyAmplification },
    endOfFrame: { id: 'endOfFrame', ...endOfFrame },
  },
});

/** Who the peers are to each other, and inside an identified session all they may do at once. */
const link = conversation.createStateConfig({
  initial: 'unidentified',
  on: unusableAnswer,
  states: {
    unidentified: {
      id: 'unidentified',
      meta: { covers: [requirements.identificationFirst] },
      on: {
        ...mayIdentify,
        'bob.closes': { guard: 'identificationRefused', target: '#disconnection.closed' },
        'bob.disconnection': { guard: 'disconnectsUnidentified', target: '#disconnection' },
      },
    },
    identification: { id: 'identification', ...identification },
    identified: {
      id: 'identified',
      type: 'parallel',
      on: {
        ...mayIdentify,
        'bob.disconnection': '#disconnection',
        'bob.unauthentic': '#unidentified',
        'alice.abort': {
          guard: 'aliceAbortsAnywhere',
          target: '#identified',
          reenter: true,
          actions: 'dropFrame',
        },
      },
      states: {
        frame,
        parameterChange,
        polarisationRecovery,
        abort,
        complaint,
        before: { type: 'history', history: 'deep' },
      },
    },
    stranded: { id: 'stranded', ...stranded },
    distrust: { id: 'distrust', ...distrust, on: { ...mayIdentify, ...distrust.on } },
    disconnection: { id: 'disconnection', ...disconnection },
  },
});

/**
 * One connection between Bob (client) and Alice (server), from its first byte to its last:
 * the link with its phases, beside it what Alice owes for wrong frames and the challenge chain.
 */
export const session = conversation.createMachine({
  id: 'qosst',
  type: 'parallel',
  context: ({ input }) => newConversation(input),
  states: { link, refusal, challengeChain },
});
