import { requirements } from '#models/etsi-004/index.ts';
import type { Mutant } from '#src/contract/side.ts';
import { say } from '../say.ts';
import { kmsMutant } from './mutant.ts';

/** KMSs that are wrong in one place. */
export const kmsMutants: readonly Mutant[] = [
  kmsMutant({
    id: 'kms-accepts-malformed',
    title: 'accepts a push that is no JSON',
    breaks: requirements.badPushRefused,
    shortest: 8,
    deep: true,
    answers: {
      'stray.badPush': () => ({
        ...say('keyAccepted', { status: 0 }),
        standsFor: { message: 'keyRefused', content: { status: 3 } },
      }),
    },
  }),
];
