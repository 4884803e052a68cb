import { requirements } from '#models/qosst/index.ts';
import type { Mutant } from '#src/contract/side.ts';
import { aliceMutant, overlooks } from './mutant.ts';
import { say } from '../say.ts';

/** Alice, wrong in one place: one row a mutant. */
export const aliceMutants: readonly Mutant[] = [
  aliceMutant({
    id: 'alice-ignores-digest',
    title: 'accepts a frame whose digest is wrong',
    breaks: requirements.unauthenticAnswered,
    shortest: 2,
    perceives: overlooks(requirements.digestMatches),
  }),
  aliceMutant({
    id: 'alice-accepts-any-version',
    title: 'answers every version with IDENTIFICATION_RESPONSE',
    breaks: requirements.versionRefused,
    shortest: 2,
    answers: {
      'identification.refusing': ({ memory }) => ({
        ...say('identificationResponse', { serial_number: memory.serialNumber }),
        standsFor: { message: 'invalidQosstVersion', content: { qosst_version: memory.version } },
      }),
    },
  }),
];
