import { requirements } from '#models/qosst/index.ts';
import type { Json } from '#src/base/json.ts';
import type { Case } from '#src/contract/case.ts';
import type { QosstBend } from '../compose.ts';
import { answersTo } from './expect.ts';
import { aliceTable, type Row } from './table.ts';

const from = 'parameterEstimation.estimating';

/** Lists of indices that are within every frame. */
const within: Readonly<Record<string, readonly Json[]>> = {
  first: [0],
  'in-any-order': [3, 1, 2, 0],
  repeated: [1, 1, 1],
  none: [],
  'many-times-the-same': Array.from({ length: 2000 }, (_, index) => index % 4),
};

/** Lists with an index that is in no frame. */
const beyond: Readonly<Record<string, readonly Json[]>> = {
  'four-thousand-million': [4_000_000_000],
  'last-of-several': [0, 1, 4_000_000_000],
  negative: [-1],
  'negative-among-others': [0, -2000, 1],
  'two-to-the-32': [2 ** 32],
  'beyond-a-double': [2n ** 53n + 1n],
  'two-to-the-64': [2n ** 64n],
};

/** Key rates without any key in them. */
const worthless: Readonly<Record<string, Json>> = {
  zero: 0,
  'minus-zero': -0,
  negative: -1,
  'very-negative': -1e300,
};

const estimates = {
  n_photon: 1.54,
  transmittance: 0.5,
  excess_noise: 0.1,
  electronic_noise: 0.05,
  eta: 0.8,
  key_rate: 200,
};

export const estimation: readonly Case<QosstBend>[] = [
  ...aliceTable(
    'estimation/symbols',
    {
      from,
      reusable: true,
      covers: [
        requirements.symbolsAnswered,
        requirements.symbolsContent,
        requirements.symbolsMatchIndices,
      ],
    },
    table(within, (name, indices) => ({
      title: `Alice sends a symbol for each index: ${name.replaceAll('-', ' ')}`,
      play: (bob) => bob.say('peSymbolsRequest', { content: { indices } }),
    })),
  ),
  ...aliceTable(
    'estimation/out-of-bounds',
    {
      from,
      reusable: true,
      covers: [requirements.symbolsOutOfBounds, requirements.symbolsErrorExplained],
    },
    table(beyond, (name, indices) => ({
      title: `Alice answers PE_SYMBOLS_ERROR to an index out of bounds: ${name.replaceAll('-', ' ')}`,
      play: (bob) => bob.say('peSymbolsRequest', { content: { indices } }),
    })),
  ),
  ...aliceTable(
    'estimation/photon-number',
    { from, reusable: true },
    {
      answered: {
        title: 'Alice sends the mean photon number as often as she is asked',
        covers: [requirements.photonNumberAnswered, requirements.photonNumberContent],
        play: async (bob) => {
          await bob.say('peNphotonRequest');
          await bob.say('peNphotonRequest');
        },
      },
      'before-the-symbols': {
        title: 'Alice answers requests of the estimation in any order',
        covers: [requirements.photonNumberAnswered, requirements.symbolsAnswered],
        play: async (bob) => {
          await bob.say('peNphotonRequest');
          await bob.say('peSymbolsRequest');
          await bob.say('peNphotonRequest');
          await bob.say('peSymbolsRequest');
        },
      },
    },
  ),
  ...aliceTable(
    'estimation/no-key',
    {
      from,
      covers: [requirements.zeroKeyRateDenied, requirements.estimatesDenialExplained],
    },
    table(worthless, (name, key_rate) => ({
      title: `Alice denies estimates without a key in them: ${name.replaceAll('-', ' ')}`,
      play: (bob) => bob.say('peFinished', { content: { ...estimates, key_rate } }),
    })),
  ),
  ...aliceTable(
    'estimation/verdict',
    { from, covers: [requirements.estimatesJudged] },
    {
      given: {
        title: 'Alice approves or denies estimates with a key in them',
        play: (bob) => bob.say('peFinished'),
      },
      'after-error': {
        title: 'Alice judges estimates after indices that were out of bounds',
        play: async (bob) => {
          await bob.say('peSymbolsRequest', { content: { indices: [4_000_000_000] } });
          await bob.say('peSymbolsRequest');
          await bob.say('peFinished');
        },
      },
      'with-more-members': {
        title: 'Alice judges estimates with members of which she knows nothing',
        play: (bob) =>
          bob.say('peFinished', { content: { ...estimates, block: 7, note: 'hello' }, frame: {} }),
      },
      'tiny-key-rate': {
        title: 'Alice judges a key rate that is next to nothing',
        play: (bob) => bob.say('peFinished', { content: { ...estimates, key_rate: 1e-300 } }),
      },
      'invalid-then-valid': {
        title: 'Alice judges estimates after some that lacked the key rate',
        covers: [requirements.invalidContentAnswered],
        tags: ['hostile'],
        play: async (bob) => {
          const { key_rate: _, ...rest } = estimates;
          await bob.say('peFinished', { content: rest });
          await bob.say('peFinished');
        },
      },
      'not-a-number': {
        title: 'Alice refuses or denies a key rate that is not a number',
        tags: ['hostile'],
        covers: [requirements.zeroKeyRateDenied],
        play: (bob) =>
          bob.say('peFinished', {
            frame: { content: Buffer.from(JSON.stringify(estimates).replace('200', 'NaN')) },
          }),
        expect: answersTo(requirements.zeroKeyRateDenied, 'peFinished', [
          'peDenied',
          'invalidContent',
        ]),
      },
    },
  ),
  ...aliceTable(
    'estimation/denial',
    { covers: [requirements.denialEndsFrame] },
    {
      'ends-the-frame': {
        title: 'Alice does no more work on a frame that she denied',
        from: 'parameterEstimation.denied',
        play: async (bob) => {
          await bob.say('ecInitialization');
          await bob.say('paRequest');
        },
      },
      'leaves-the-next-frame': {
        title: 'Alice works on the next frame after she denied one',
        from: 'parameterEstimation.denied',
        covers: [requirements.initializationAnswered],
        play: async (bob) => {
          await bob.say('initializationRequest');
          await bob.walk('parameterEstimation.estimating');
          await bob.say('peFinished');
        },
      },
    },
  ),
];

function table<Value>(
  entries: Readonly<Record<string, Value>>,
  row: (name: string, value: Value) => Row,
): Readonly<Record<string, Row>> {
  return Object.fromEntries(
    Object.entries(entries).map(([name, value]) => [name, row(name, value)]),
  );
}
