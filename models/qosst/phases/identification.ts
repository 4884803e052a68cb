import { conversation } from '../conversation.ts';
import { requirements } from '../requirements.ts';

/**
 * Bob names himself and his version; Alice answers, or refuses the version. A session that is
 * already identified may be identified again.
 * @see QOSST control protocol, Authentication and identification
 */
export const identification = conversation.createStateConfig({
  initial: 'answering',
  states: {
    answering: {
      tags: ['owes:alice'],
      meta: { covers: [requirements.identificationAnswered] },
      on: {
        'alice.identificationResponse': [
          { guard: 'frameSurvives', target: '#identified.before', actions: 'identify' },
          { target: '#identified', actions: ['identify', 'dropFrame'] },
        ],
      },
    },
    refusing: {
      tags: ['owes:alice'],
      meta: { covers: [requirements.versionRefused] },
      on: {
        'alice.invalidQosstVersion': [
          { guard: 'identificationKept', target: '#identified.before' },
          {
            guard: 'versionNamed',
            target: '#unidentified',
            actions: ['forgetIdentity', 'loseFrame'],
          },
        ],
      },
    },
  },
});

/** Where an identification may begin: merged into each state in which Bob may ask for one. */
export const mayIdentify = {
  'bob.identificationRequest': [
    { guard: 'versionKnown', target: '#identification.answering' },
    { target: '#identification.refusing' },
  ],
} as const;
