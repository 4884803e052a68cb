import { requirements } from '#models/qosst/index.ts';
import type { Case } from '#src/contract/case.ts';
import type { QosstBend } from '../compose.ts';
import { recall } from '../context.ts';
import type { QosstPlayer } from './case.ts';
import { aliceTable, awaited, identified, type Row } from './table.ts';

const request = 'identificationRequest';
const known = (bob: QosstPlayer) => recall(bob.context).version;

/** Versions that are not Alice's. */
const others: Readonly<Record<string, (version: string) => string>> = {
  'nine-nine': () => 'QOSST/9.9',
  'one-nought': () => 'QOSST/1.0',
  'lower-case': (version) => version.toLowerCase(),
  'space-behind': (version) => `${version} `,
  'one-digit-more': (version) => `${version}0`,
  'number-only': (version) => version.replace('QOSST/', ''),
  'other-protocol': () => 'HTTP/1.1',
  'very-long': (version) => version.repeat(500),
};

const refusing = {
  covers: [requirements.versionRefused, requirements.versionRefusedContent],
};

export const identification: readonly Case<QosstBend>[] = [
  ...aliceTable('identification/version', refusing, {
    ...Object.fromEntries(
      Object.entries(others).map(([name, change]): [string, Row] => [
        name,
        {
          title: `Alice refuses a version that is not hers: ${name.replaceAll('-', ' ')}`,
          play: (bob) => bob.say(request, { content: naming(change(known(bob))) }),
        },
      ]),
    ),
    'of-the-prose': {
      title: 'Alice refuses the version of the prose, or takes it for the same protocol',
      play: (bob) => bob.say(request, { content: naming('QOSST/0.1') }),
    },
    'refused-then-right': {
      title: 'Alice takes the right version after a wrong one',
      covers: [requirements.identificationAnswered],
      play: async (bob) => {
        await bob.say(request, { content: naming('QOSST/9.9') });
        await bob.say(request);
        await bob.say('initializationRequest');
      },
    },
    'refused-five-times': {
      title: 'Alice refuses a wrong version as often as it comes',
      play: async (bob) => {
        for (let count = 0; count < 5; count += 1) {
          await bob.say(request, { content: naming('QOSST/9.9') });
        }
        await bob.say(request);
      },
    },
    'refused-leaves-unidentified': {
      title: 'Alice holds a Bob whose version she refused for unidentified',
      play: async (bob) => {
        await bob.say(request, { content: naming('QOSST/9.9') });
        await bob.say('initializationRequest');
      },
    },
  }),
  ...aliceTable(
    'identification',
    { covers: [requirements.identificationAnswered] },
    {
      answered: {
        title: 'Alice answers an identification with her serial number',
        covers: [requirements.identificationResponseContent],
        play: (bob) => bob.say(request),
      },
      again: {
        title: 'Alice identifies herself as often as she is asked',
        from: identified,
        play: async (bob) => {
          for (let count = 0; count < 5; count += 1) await bob.say(request);
          await bob.say('initializationRequest');
        },
      },
      'again-within-a-frame': {
        title: 'Alice takes an identification in the middle of a frame',
        from: 'quantumInformationExchange.emitting',
        play: async (bob) => {
          await bob.say(request);
          await bob.say('initializationRequest');
          await bob.say('qieRequest');
        },
      },
      'again-within-a-recovery': {
        title: 'Alice takes an identification in the middle of a polarisation recovery',
        from: 'polarisationRecovery.recovering',
        play: (bob) => bob.say(request),
      },
      'after-other-requests': {
        title: 'Alice refuses other requests before identification, and then identifies Bob',
        covers: [requirements.unexpectedCommandAnswered],
        play: async (bob) => {
          for (const message of ['initializationRequest', 'qieTrigger', 'peFinished'] as const) {
            await bob.say(message, { frame: { challenge: awaited(bob) } });
          }
          await bob.say(request);
          await bob.say('initializationRequest');
        },
      },
      'invalid-then-valid': {
        title: 'Alice identifies Bob after an identification without a version',
        covers: [requirements.invalidContentAnswered],
        tags: ['hostile'],
        play: async (bob) => {
          await bob.say(request, { content: { serial_number: 'QOSST/0002' } });
          await bob.say('initializationRequest');
          await bob.say(request);
          await bob.say('initializationRequest');
        },
      },
    },
  ),
];

function naming(version: string): object {
  return { serial_number: 'QOSST/0002', qosst_version: version };
}
