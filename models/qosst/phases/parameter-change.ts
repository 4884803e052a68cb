import { conversation } from '../conversation.ts';
import { requirements } from '../requirements.ts';

/** Alice's four answers, wherever she may give one. */
const answers = {
  'alice.parameterChanged': [
    { guard: 'changeTakenAndMore', target: 'draining' },
    { guard: 'parameterTaken', target: 'waiting' },
  ],
  'alice.parameterUnknown': [
    { guard: 'parameterNamedAndMore', target: 'draining' },
    { guard: 'parameterNamed', target: 'waiting' },
  ],
  'alice.parameterInvalidValue': { guard: 'parameterNamed', target: 'waiting' },
  'alice.parameterUnchanged': { guard: 'parameterNamed', target: 'waiting' },
} as const;

/**
 * Bob asks for another value of one of Alice's parameters, at any time once identified.
 * @see QOSST control protocol, Parameter change
 */
export const parameterChange = conversation.createStateConfig({
  initial: 'waiting',
  states: {
    waiting: { on: { 'bob.changeParameterRequest': 'answering' } },
    answering: {
      tags: ['owes:alice'],
      meta: { covers: [requirements.parameterAnswered] },
      /** Bob can do without: a refusal leaves everything as it was. */
      on: { ...answers, 'alice.misplaced': { guard: 'saysRefusal', target: 'waiting' } },
    },
    /** Software that answers one request several times, where a profile says so. */
    draining: {
      tags: ['may:alice'],
      meta: { aside: 'Entered only under the reading answersPerChange=several.' },
      on: { 'bob.changeParameterRequest': 'answering', ...answers },
    },
  },
});
