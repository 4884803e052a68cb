import { requirements } from '#models/qosst/index.ts';
import type { Case } from '#src/contract/case.ts';
import type { QosstBend } from '../compose.ts';
import { aliceTable, awaited, identified } from './table.ts';

const request = 'identificationRequest';
const start = 'requestPolarisationRecovery';
const stop = 'endPolarisationRecovery';

/** Alice keeps running, and forgets a session with its connection. */
export const robustness: readonly Case<QosstBend>[] = aliceTable(
  'robustness',
  { covers: [requirements.serverDoesNotStop, requirements.answersEveryRequest] },
  {
    'fifty-connections': {
      title: 'Alice outlives fifty connections on which nothing is said',
      play: async (bob) => {
        for (let count = 0; count < 50; count += 1) await bob.reconnect();
      },
    },
    'twenty-resets': {
      title: 'Alice outlives twenty connections that are reset after an identification',
      play: async (bob) => {
        for (let count = 0; count < 20; count += 1) {
          await bob.say(request);
          await bob.reconnect('reset');
        }
      },
    },
    'reset-within-a-frame': {
      title: 'Alice serves the next client after one who broke off within an exchange',
      from: 'quantumInformationExchange.emitting',
      play: async (bob) => {
        await bob.reconnect('reset');
        await bob.walk('quantumInformationExchange.emitting');
      },
    },
    'session-is-forgotten': {
      title: 'Alice does not hold the next client for identified',
      from: identified,
      covers: [requirements.unexpectedCommandAnswered],
      play: async (bob) => {
        await bob.reconnect();
        await bob.say('initializationRequest');
      },
    },
    'session-cannot-be-resumed': {
      title: 'Alice does not go on with a session whose last challenge the next client knows',
      from: 'quantumInformationExchange.ready',
      tags: ['hostile'],
      covers: [requirements.unexpectedCommandAnswered, requirements.challengeEchoed],
      play: async (bob) => {
        const last = awaited(bob);
        await bob.reconnect('reset');
        await bob.say('qieTrigger', { frame: { challenge: last } });
      },
    },
    'frame-is-forgotten': {
      title: 'Alice does not go on with the frame of another connection',
      from: 'parameterEstimation.estimating',
      covers: [requirements.unexpectedCommandAnswered],
      play: async (bob) => {
        await bob.reconnect();
        await bob.say(request);
        await bob.say('peNphotonRequest');
      },
    },
    'after-disconnection': {
      title: 'Alice serves the next client after one who took his leave',
      covers: [requirements.disconnectionAcknowledged],
      play: async (bob) => {
        for (let count = 0; count < 3; count += 1) {
          await bob.say(request);
          await bob.say('disconnection');
          await bob.reconnect();
        }
      },
    },
    'idle-within-a-frame': {
      title: 'Alice goes on after a silence of Bob',
      from: 'quantumInformationExchange.ready',
      play: async (bob) => {
        await bob.pause(200);
        await bob.say('qieTrigger');
      },
    },
    'three-hundred-messages': {
      title: 'Alice answers three hundred requests of one session',
      from: identified,
      play: async (bob) => {
        for (let count = 0; count < 150; count += 1) {
          await bob.say(start);
          await bob.say(stop);
        }
      },
    },
    'twenty-wrong-challenges': {
      title: 'Alice identifies Bob again after twenty wrong challenges',
      from: identified,
      tags: ['hostile'],
      covers: [requirements.unauthenticAnswered],
      play: async (bob) => {
        for (let count = 0; count < 20; count += 1) {
          await bob.say(start, { frame: { challenge: `NeverIssued${count}` } });
        }
        await bob.say(request);
        await bob.say('initializationRequest');
      },
    },
    'every-refusal-in-turn': {
      title: 'Alice serves a Bob who does everything wrong, one thing after another',
      from: identified,
      tags: ['hostile'],
      covers: [requirements.invalidContentAnswered, requirements.unknownCommandAnswered],
      play: async (bob) => {
        for (let count = 0; count < 5; count += 1) {
          await bob.say(start, { frame: { code: 1000 + count } });
          await bob.say('paRequest');
          await bob.say('initializationRequest', { content: { frame_uuid: count } });
          await bob.say('abort', { frame: { content: Buffer.from('{"abort') } });
          await bob.say(request, { content: { serial_number: 'x', qosst_version: 'QOSST/9.9' } });
          await bob.say(request);
        }
      },
    },
  },
);
