import { conversation } from '../conversation.ts';
import { requirements } from '../requirements.ts';

/** A challenge that was due, and is wrong. */
const wrongProof = { guard: 'failsProof' as const, target: 'refuting' };
/** An answer that the sidecar can make nothing of: where that leads. */
const spoiltAnswersTo = (target: string) => {
  const spoilt = { guard: 'spoilsRegistration' as const, target };
  return {
    'central-kms.malformed': spoilt,
    'central-kms.unknown': spoilt,
    'central-kms.unfit': spoilt,
    'central-kms.misplaced': spoilt,
  };
};
/** What the sidecar does about it is its own affair. */
const spoiltAnswers = spoiltAnswersTo('doubtful');

/**
 * A sidecar registers, gets its keys, and proves once that it can sign with them.
 * @see Central KMS Socket, Register; Challenge Response
 */
export const registration = {
  connected: conversation.createStateConfig({
    on: { 'sidecar.register': { guard: 'registers', target: 'registering' } },
  }),
  registering: conversation.createStateConfig({
    tags: ['owes:central-kms'],
    meta: { covers: [requirements.registerAnswered, requirements.registeredContent] },
    on: {
      'central-kms.registered': { guard: 'grants', target: 'challenged' },
      'central-kms.kmsError': { guard: 'refusesRegister', target: 'connected' },
      ...spoiltAnswers,
    },
  }),
  challenged: conversation.createStateConfig({
    on: {
      'sidecar.challenge': { guard: 'proves', target: 'proving' },
      'sidecar.unauthentic': wrongProof,
      'sidecar.unfit': wrongProof,
      'sidecar.misplaced': wrongProof,
    },
  }),
  proving: conversation.createStateConfig({
    tags: ['owes:central-kms'],
    meta: { covers: [requirements.challengeAnswered, requirements.rightProofAccepted] },
    on: {
      'central-kms.challengeAccepted': { guard: 'accepts', target: 'registered' },
      'central-kms.kmsError': { guard: 'failsInside', target: 'challenged' },
      ...spoiltAnswers,
    },
  }),
  /** The challenge failed: no way leads from here to `registered` but through a new challenge. */
  refuting: conversation.createStateConfig({
    tags: ['owes:central-kms'],
    meta: {
      covers: [
        requirements.challengeAnswered,
        requirements.errorBeforeEnd,
        requirements.oneAttempt,
      ],
    },
    on: {
      'central-kms.kmsError': [
        { guard: 'leavesAttempt', target: 'challenged' },
        { guard: 'refutes', target: 'suspended' },
      ],
      ...spoiltAnswersTo('suspended'),
    },
  }),
  registered: conversation.createStateConfig({}),
  /** The sidecar could not use an answer: it may go on, or try again. */
  doubtful: conversation.createStateConfig({
    on: {
      'sidecar.register': { guard: 'registers', target: 'registering' },
      'sidecar.challenge': { guard: 'proves', target: 'proving' },
      'central-kms.registered': { guard: 'grants', target: 'challenged' },
      'central-kms.challengeAccepted': { guard: 'accepts', target: 'registered' },
      'central-kms.kmsError': { guard: 'refusesRegister' },
    },
  }),
  /** The challenge failed, and the sidecar was told: the KMS must leave. */
  suspended: conversation.createStateConfig({
    tags: ['owes:central-kms'],
    meta: { covers: [requirements.failureTerminates, requirements.oneAttempt] },
    on: { 'central-kms.closes': { guard: 'endsSuspension', target: 'terminated' } },
  }),
};
