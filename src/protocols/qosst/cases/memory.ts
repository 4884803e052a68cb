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
];
