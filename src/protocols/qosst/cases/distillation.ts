import { requirements } from '#models/qosst/index.ts';
import type { Case } from '#src/contract/case.ts';
import type { QosstBend } from '../compose.ts';
import { recall } from '../context.ts';
import { aliceTable, identified } from './table.ts';

const nobodys = '00000000-0000-4000-8000-000000000000';

const correction = aliceTable(
  'correction',
  {
    from: 'errorCorrection.requesting',
  },
  {
    answered: {
      title: 'Alice accepts or denies the parameters of error correction',
      covers: [requirements.correctionAnswered, requirements.correctionErrorsExplained],
      play: (bob) => bob.say('ecInitialization'),
    },
    'matrix-of-uneven-rows': {
      title: 'Alice denies a matrix that is none, and says why',
      covers: [requirements.correctionAnswered, requirements.correctionErrorsExplained],
      play: (bob) =>
        bob.say('ecInitialization', { content: { matrix: [[1, 1], [1]], noise: 0.1 } }),
    },
    'block-first': {
      title: 'Alice refuses a block before error correction was agreed on',
      covers: [requirements.unexpectedCommandAnswered],
      play: async (bob) => {
        await bob.say('ecBlock');
        await bob.say('ecRemaining');
        await bob.say('ecVerification');
      },
    },
    'many-blocks': {
      title: 'Alice answers each of ten blocks',
      from: 'errorCorrection.correcting',
      covers: [requirements.blockAnswered, requirements.correctionErrorsExplained],
      play: async (bob) => {
        for (let count = 0; count < 10; count += 1) await bob.say('ecBlock');
      },
    },
    'empty-syndrome': {
      title: 'Alice answers a block whose syndrome is empty',
      from: 'errorCorrection.correcting',
      covers: [requirements.blockAnswered, requirements.correctionErrorsExplained],
      play: async (bob) => {
        await bob.say('ecBlock', { content: { syndrome: [] } });
        await bob.say('ecBlock');
      },
    },
    'several-remaining': {
      title: 'Alice answers each message about remaining errors',
      from: 'errorCorrection.correcting',
      covers: [requirements.remainingAnswered, requirements.correctionErrorsExplained],
      play: async (bob) => {
        await bob.say('ecBlock');
        await bob.say('ecRemaining');
        await bob.say('ecRemaining', { content: { anything: [1, 2, 3] } });
        await bob.say('ecVerification');
      },
    },
    'hash-as-text': {
      title: 'Alice answers a hash that is a string',
      from: 'errorCorrection.correcting',
      covers: [requirements.verificationAnswered],
      play: (bob) =>
        bob.say('ecVerification', { content: { hash: '385789897481570657' }, frame: {} }),
    },
    'hash-beyond-a-double': {
      title: 'Alice answers a hash with more digits than a double holds',
      from: 'errorCorrection.correcting',
      covers: [requirements.verificationAnswered, requirements.correctionErrorsExplained],
      play: (bob) => bob.say('ecVerification', { content: { hash: 2n ** 64n - 1n } }),
    },
    'aborted-then-anew': {
      title: 'Alice corrects the next frame after one that was aborted within its correction',
      from: 'errorCorrection.correcting',
      covers: [requirements.abortDropsFrame, requirements.correctionAnswered],
      play: async (bob) => {
        await bob.say('ecBlock');
        await bob.say('abort');
        await bob.say('ecBlock');
        await bob.walk('errorCorrection.requesting');
        await bob.say('ecBlock');
        await bob.say('ecInitialization');
      },
    },
  },
);

const amplification = aliceTable(
  'amplification',
  {
    from: 'privacyAmplification.requesting',
    covers: [requirements.amplificationAnswered],
  },
  {
    answered: {
      title: 'Alice amplifies, or says that there was an error',
      play: (bob) => bob.say('paRequest'),
    },
    'polynomial-of-other-length': {
      title: 'Alice reports an error in the parameters of privacy amplification, and says which',
      covers: [requirements.amplificationErrorExplained],
      play: (bob) =>
        bob.say('paRequest', {
          content: {
            seed: [1, 0, 1, 1, 0],
            secret_key_length: 2000,
            subblock_length: 5,
            feedback_polynomial: [1],
          },
        }),
    },
    'once-only': {
      title: 'Alice amplifies a key once',
      from: 'endOfFrame.requesting',
      covers: [requirements.unexpectedCommandAnswered],
      play: (bob) => bob.say('paRequest'),
    },
  },
);

const ending = aliceTable(
  'ending',
  { from: 'endOfFrame.requesting', covers: [requirements.frameEndAnswered] },
  {
    'names-the-frame': {
      title: 'Alice acknowledges the end of the frame, which she names',
      covers: [requirements.frameEndAckNamesFrame],
      play: (bob) => bob.say('frameEnded'),
    },
    'upper-case-uuid': {
      title: 'Alice knows the UUID of the frame in capital letters at its end',
      covers: [requirements.frameEndAckNamesFrame],
      play: (bob) =>
        bob.say('frameEnded', {
          content: { frame_uuid: recall(bob.context).frameUuid?.toUpperCase() ?? null },
        }),
    },
    'other-frame-then-right': {
      title: 'Alice refuses the end of another frame, then takes that of the right one',
      covers: [requirements.invalidContentAnswered],
      play: async (bob) => {
        await bob.say('frameEnded', { content: { frame_uuid: nobodys } });
        await bob.say('frameEnded');
      },
    },
    'keeps-identification': {
      title: 'Alice takes the next frame after the end of one',
      covers: [requirements.frameEndKeepsIdentification],
      play: async (bob) => {
        await bob.say('frameEnded');
        await bob.say('initializationRequest');
        await bob.say('qieRequest');
      },
    },
    'only-once': {
      title: 'Alice refuses a second end of the same frame',
      covers: [requirements.unexpectedCommandAnswered],
      play: async (bob) => {
        await bob.say('frameEnded');
        await bob.say('frameEnded', { content: { frame_uuid: nobodys } });
      },
    },
    'three-frames': {
      title: 'Alice works on three frames from beginning to end',
      from: identified,
      covers: [requirements.frameEndKeepsIdentification, requirements.frameEndAckNamesFrame],
      play: async (bob) => {
        for (let count = 0; count < 3; count += 1) {
          await bob.walk('endOfFrame.requesting');
          await bob.say('frameEnded');
        }
      },
    },
    'leave-after-a-frame': {
      title: 'Alice takes leave after the end of a frame',
      covers: [requirements.disconnectionAcknowledged],
      play: async (bob) => {
        await bob.say('frameEnded');
        await bob.say('disconnection');
        await bob.reconnect();
      },
    },
  },
);

export const distillation: readonly Case<QosstBend>[] = [
  ...correction,
  ...amplification,
  ...ending,
];
