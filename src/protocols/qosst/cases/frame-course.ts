import { requirements } from '#models/qosst/index.ts';
import type { Case } from '#src/contract/case.ts';
import type { QosstBend } from '../compose.ts';
import { recall } from '../context.ts';
import type { QosstPlayer } from './case.ts';
import { aliceTable, identified } from './table.ts';

const uuid = '9f0b6ea4-9e8c-11ed-8b23-0028f86a9730';
const covers = [requirements.initializationAnswered];
const nobodys = '00000000-0000-4000-8000-000000000000';

const initialization = aliceTable(
  'initialization',
  { from: identified, covers },
  {
    'optional-parameters': {
      title: 'Alice answers an initialization with optional parameters of all kinds',
      play: (bob) =>
        bob.say('initializationRequest', {
          content: {
            frame_uuid: uuid,
            roll_off: 0.5,
            pilots: [1, 2],
            note: null,
            more: { a: 'b' },
          },
        }),
    },
    'upper-case-uuid': {
      title: 'Alice takes a UUID in capital letters',
      play: (bob) =>
        bob.say('initializationRequest', { content: { frame_uuid: uuid.toUpperCase() } }),
    },
    'answer-of-her-own': {
      title: 'Alice answers an initialization with a code of hers',
      covers: [requirements.codesOfTheirSide],
      play: (bob) => bob.say('initializationRequest'),
    },
    'nil-uuid': {
      title: 'Alice takes the nil UUID',
      play: (bob) =>
        bob.say('initializationRequest', {
          content: { frame_uuid: '00000000-0000-0000-0000-000000000000' },
        }),
    },
    ...Object.fromEntries(
      Object.entries({
        braces: `{${uuid}}`,
        urn: `urn:uuid:${uuid}`,
        'no-dashes': uuid.replaceAll('-', ''),
      }).map(([name, frame_uuid]) => [
        `uuid-with-${name}`,
        {
          title: `Alice refuses a UUID in another spelling, or reads it: ${name}`,
          tags: ['hostile'],
          covers: [requirements.invalidContentAnswered],
          play: (bob: QosstPlayer) => bob.say('initializationRequest', { content: { frame_uuid } }),
        },
      ]),
    ),
    'another-request': {
      title: 'Alice takes another initialization, however she answered the one before',
      covers: [requirements.denialAwaitsRequest, requirements.denialExplained],
      play: async (bob) => {
        for (let count = 0; count < 4; count += 1) await bob.say('initializationRequest');
      },
    },
    'new-frame-forgets-the-old': {
      title: 'Alice no longer works on a frame after the initialization of another',
      covers: [requirements.invalidContentAnswered],
      play: async (bob) => {
        await bob.say('initializationRequest', { content: { frame_uuid: uuid } });
        await bob.say('initializationRequest');
        await bob.say('qieRequest', { content: { frame_uuid: uuid } });
      },
    },
    'proposal-leaves-the-choice': {
      title: 'Alice takes another request after a proposal',
      from: 'initialization.proposed',
      tags: ['choice'],
      covers: [requirements.proposalOffersConfig, requirements.denialExplained],
      play: (bob) => bob.say('initializationRequest'),
    },
    'proposal-offers-configuration': {
      title: 'Alice sends her configuration after a proposal, as often as Bob asks',
      from: 'initialization.proposed',
      tags: ['choice'],
      covers: [
        requirements.proposalOffersConfig,
        requirements.configurationAnswered,
        requirements.configurationContent,
      ],
      play: async (bob) => {
        await bob.say('initializationRequestConfig');
        await bob.say('initializationRequestConfig');
        await bob.say('initializationRequest');
      },
    },
  },
);

const exchange = aliceTable(
  'exchange',
  {
    from: 'quantumInformationExchange.requesting',
    covers: [requirements.exchangeReady],
  },
  {
    'in-order': {
      title: 'Alice readies, emits and ends, each when she is asked',
      covers: [requirements.emissionStarted, requirements.exchangeEnded],
      play: (bob) => exchangeOnce(bob),
    },
    'without-uuid': {
      title: 'Alice takes a request for the exchange that names no frame',
      play: (bob) => bob.say('qieRequest', { content: undefined }),
    },
    'upper-case-uuid': {
      title: 'Alice knows the UUID of the frame in capital letters',
      play: (bob) =>
        bob.say('qieRequest', {
          content: { frame_uuid: recall(bob.context).frameUuid?.toUpperCase() ?? null },
        }),
    },
    'other-frame-then-right': {
      title: 'Alice refuses another frame, then takes the right one',
      covers: [requirements.invalidContentAnswered, requirements.invalidContentReturnsCode],
      play: async (bob) => {
        await bob.say('qieRequest', { content: { frame_uuid: nobodys } });
        await exchangeOnce(bob);
      },
    },
    'trigger-first': {
      title: 'Alice does not emit before she was asked to get ready',
      covers: [requirements.unexpectedCommandAnswered],
      play: async (bob) => {
        await bob.say('qieTrigger');
        await bob.say('qieAcquisitionEnded');
        await exchangeOnce(bob);
      },
    },
    'five-rounds': {
      title: 'Alice takes part in five exchanges of one frame',
      play: async (bob) => {
        for (let round = 0; round < 5; round += 1) {
          await exchangeOnce(bob);
          await bob.say('peSymbolsRequest');
          await bob.say('peNphotonRequest');
        }
      },
    },
    'second-frame': {
      title: 'Alice begins a second frame as she began the first',
      covers: [requirements.initializationAnswered],
      play: async (bob) => {
        await exchangeOnce(bob);
        await bob.say('initializationRequest');
        await bob.say('qieTrigger');
        await exchangeOnce(bob);
      },
    },
  },
);

const recovery = aliceTable(
  'recovery',
  { from: identified, covers: [requirements.recoveryAcknowledged, requirements.recoveryEnded] },
  {
    'start-and-end': {
      title: 'Alice starts and ends a recovery',
      play: (bob) => recoverOnce(bob),
    },
    'three-times': {
      title: 'Alice recovers three times in a row',
      play: async (bob) => {
        for (let count = 0; count < 3; count += 1) await recoverOnce(bob);
      },
    },
    'within-a-frame': {
      title: 'Alice goes on with the frame after a recovery',
      from: 'quantumInformationExchange.requesting',
      play: async (bob) => {
        await recoverOnce(bob);
        await exchangeOnce(bob);
        await recoverOnce(bob);
        await bob.say('peNphotonRequest');
      },
    },
    'not-while-light-is-in-use': {
      title: 'Alice refuses a recovery during the exchange, and goes on with it',
      from: 'quantumInformationExchange.ready',
      covers: [requirements.unexpectedCommandAnswered],
      play: async (bob) => {
        await bob.say('requestPolarisationRecovery');
        await bob.say('qieTrigger');
      },
    },
    'end-without-start': {
      title: 'Alice refuses the end of a recovery that was not started',
      covers: [requirements.unexpectedCommandAnswered],
      play: async (bob) => {
        await bob.say('endPolarisationRecovery');
        await recoverOnce(bob);
        await bob.say('endPolarisationRecovery');
      },
    },
  },
);

export const frameCourse: readonly Case<QosstBend>[] = [
  ...initialization,
  ...exchange,
  ...recovery,
];

async function exchangeOnce(bob: QosstPlayer): Promise<void> {
  await bob.say('qieRequest');
  await bob.say('qieTrigger');
  await bob.say('qieAcquisitionEnded');
}

async function recoverOnce(bob: QosstPlayer): Promise<void> {
  await bob.say('requestPolarisationRecovery');
  await bob.say('endPolarisationRecovery');
}
