import { requirements } from '#models/qosst/index.ts';
import type { Case } from '#src/contract/case.ts';
import type { QosstBend } from '../compose.ts';
import { aliceTable, identified } from './table.ts';

const covers = [
  requirements.abortAcknowledged,
  requirements.abortKeepsSession,
  requirements.abortDropsFrame,
];

const abortions = aliceTable(
  'abort',
  { from: 'quantumInformationExchange.ready', covers },
  {
    'drops-the-frame': {
      title: 'Alice does not go on with a frame that was aborted',
      play: async (bob) => {
        await bob.say('abort');
        await bob.say('qieTrigger');
        await bob.say('qieRequest', { content: undefined });
      },
    },
    'keeps-the-session': {
      title: 'Alice begins the next frame after an abortion, without another identification',
      play: async (bob) => {
        await bob.say('abort');
        await bob.walk('parameterEstimation.estimating');
        await bob.say('peNphotonRequest');
      },
    },
    'without-a-reason': {
      title: 'Alice acknowledges an abortion without a reason',
      play: (bob) => bob.say('abort', { content: undefined }),
    },
    'without-a-frame': {
      title: 'Alice acknowledges an abortion when there is no frame',
      from: identified,
      reusable: true,
      play: (bob) => bob.say('abort'),
    },
    twice: {
      title: 'Alice acknowledges a second abortion',
      play: async (bob) => {
        await bob.say('abort');
        await bob.say('abort');
        await bob.say('initializationRequest');
      },
    },
    'late-in-a-frame': {
      title: 'Alice drops a frame that is aborted just before its end',
      from: 'endOfFrame.requesting',
      play: async (bob) => {
        await bob.say('abort');
        await bob.say('frameEnded', {
          content: { frame_uuid: '00000000-0000-4000-8000-000000000000' },
        });
        await bob.say('initializationRequest');
      },
    },
    'estimates-are-forgotten': {
      title: 'Alice forgets the approval of a frame that was aborted',
      from: 'errorCorrection.requesting',
      play: async (bob) => {
        await bob.say('abort');
        await bob.say('initializationRequest');
        await bob.say('ecInitialization');
        await bob.say('peNphotonRequest');
      },
    },
    'within-a-recovery': {
      title: 'Alice acknowledges an abortion during a polarisation recovery',
      from: 'polarisationRecovery.recovering',
      play: (bob) => bob.say('abort'),
    },
    'a-reason-of-another-type': {
      title: 'Alice refuses a reason that is no text, or passes it over',
      tags: ['hostile'],
      play: (bob) => bob.say('abort', { content: { abort_message: 5 } }),
    },
    'ten-frames': {
      title: 'Alice begins ten frames that are all aborted',
      from: identified,
      play: async (bob) => {
        for (let count = 0; count < 10; count += 1) {
          await bob.say('initializationRequest');
          await bob.say('qieRequest');
          await bob.say('abort');
        }
      },
    },
  },
);

const complaints = aliceTable(
  'complaint',
  { from: identified, covers: [requirements.invalidResponseAcknowledged] },
  {
    acknowledged: {
      title: 'Alice acknowledges INVALID_RESPONSE',
      reusable: true,
      play: (bob) => bob.say('invalidResponse'),
    },
    'without-a-reason': {
      title: 'Alice acknowledges INVALID_RESPONSE without a reason',
      reusable: true,
      play: (bob) => bob.say('invalidResponse', { content: undefined }),
    },
    'within-a-frame': {
      title: 'Alice goes on with the frame after INVALID_RESPONSE',
      from: 'quantumInformationExchange.emitting',
      play: async (bob) => {
        await bob.say('invalidResponse');
        await bob.say('qieAcquisitionEnded');
        await bob.say('invalidResponse');
        await bob.say('peNphotonRequest');
      },
    },
    'then-leave': {
      title: 'Alice takes leave of a Bob who could not use her answer',
      covers: [requirements.disconnectionAcknowledged],
      play: async (bob) => {
        await bob.say('invalidResponse');
        await bob.say('disconnection');
        await bob.reconnect();
      },
    },
    'a-reason-of-another-type': {
      title: 'Alice refuses a complaint whose reason is no text, or passes it over',
      tags: ['hostile'],
      play: (bob) => bob.say('invalidResponse', { content: { error_message: ['no', 'text'] } }),
    },
  },
);

export const abort: readonly Case<QosstBend>[] = [...abortions, ...complaints];
