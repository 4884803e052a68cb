import type { RequirementRow } from '#models/language/index.ts';

const amplifying = {
  document: 'qosst-control-protocol',
  section: 'Privacy amplification',
} as const;
const error = { document: 'qosst-control-protocol', section: 'PA_ERROR' } as const;
const course = { document: 'qosst-control-protocol', section: 'Full sequence diagram' } as const;

/** The course of privacy amplification. */
export const amplification = {
  amplificationAfterCorrection: {
    level: 'MUST',
    basis: 'implied',
    binds: 'bob',
    cite: course,
    text: 'Bob sends PA_REQUEST only after EC_VERIFICATION_SUCCESS.',
  },
  amplificationContent: {
    level: 'MUST',
    basis: 'stated',
    binds: 'bob',
    cite: amplifying,
    text: 'PA_REQUEST has the parameters that privacy amplification needs.',
  },
  amplificationAnswered: {
    level: 'MUST',
    basis: 'stated',
    binds: 'alice',
    cite: amplifying,
    text: 'Alice answers PA_REQUEST with PA_SUCCESS, or PA_ERROR if there was an error.',
  },
  amplificationOutcomeTrue: {
    level: 'MUST',
    basis: 'stated',
    binds: 'alice',
    cite: amplifying,
    text: 'Alice answers PA_SUCCESS only if the privacy amplification was done.',
    unobservable: 'The amplified key does not show on the wire.',
  },
  amplificationErrorExplained: {
    level: 'SHOULD',
    basis: 'implied',
    binds: 'alice',
    cite: error,
    text: 'PA_ERROR has an error_message.',
  },
} as const satisfies Record<string, RequirementRow>;
