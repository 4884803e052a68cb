import { requirements } from '#models/qosst/index.ts';
import type { Case } from '#src/contract/case.ts';
import type { QosstBend } from '../compose.ts';
import { qosstCase } from './case.ts';

/** What Alice remembers: the judge's audits compare her answers with her earlier ones. */
export const memory: readonly Case<QosstBend>[] = [
  qosstCase({
    id: 'memory/one-index-one-symbol',
    title: 'Alice gives an index the same symbol each time, in the order of the indices',
    covers: [requirements.symbolsMatchIndices],
    against: 'alice',
    from: 'parameterEstimation.estimating',
    tags: ['says:peSymbolsRequest'],
    play: async (bob) => {
      await bob.say('peSymbolsRequest', { content: { indices: [5, 1, 5, 0, 7, 2, 9, 4] } });
      await bob.say('peSymbolsRequest', { content: { indices: [9, 7, 5, 4, 2, 1, 0] } });
      await bob.say('peSymbolsRequest', { content: { indices: [0, 9, 1, 7] } });
    },
  }),
  qosstCase({
    id: 'memory/old-value-is-the-last-new-one',
    title: 'Alice tells the value that she was given last as the old value',
    covers: [requirements.parameterChangedContent],
    against: 'alice',
    from: 'parameterChange.waiting',
    tags: ['says:changeParameterRequest', 'destructive'],
    play: async (bob) => {
      for (const value of [0.3, 0.4, 0.3]) {
        const content = { parameter: 'frame.quantum.roll_off', value };
        await bob.say('changeParameterRequest', { content });
      }
    },
  }),
  qosstCase({
    id: 'memory/key-rate-zero-in-the-second-frame',
    title: 'Alice denies a key rate of 0 in the second frame as in the first',
    covers: [requirements.zeroKeyRateDenied],
    against: 'alice',
    from: 'parameterEstimation.estimating',
    tags: ['says:peFinished'],
    play: async (bob) => {
      const channel = { n_photon: 1.54, transmittance: 0.5, excess_noise: 0.1 };
      const content = { ...channel, electronic_noise: 0.05, eta: 0.8, key_rate: 0 };
      await bob.say('peFinished', { content });
      await bob.walk('parameterEstimation.estimating');
      await bob.say('peFinished', { content });
    },
  }),
];
