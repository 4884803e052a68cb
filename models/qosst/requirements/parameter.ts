import type { RequirementRow } from '#models/language/index.ts';
import { permission } from './permission.ts';

const changing = { document: 'qosst-control-protocol', section: 'Parameter change' } as const;

/** How Bob has Alice change a parameter. */
export const parameter = {
  parameterRequestContent: {
    level: 'MUST',
    basis: 'stated',
    binds: 'bob',
    cite: changing,
    text: 'CHANGE_PARAMETER_REQUEST has the name of the parameter and the requested value.',
  },
  parameterAnswered: {
    level: 'MUST',
    basis: 'stated',
    binds: 'alice',
    cite: changing,
    text: 'Alice answers CHANGE_PARAMETER_REQUEST with one of its four answers.',
  },
  parameterAnswerNamesRequested: {
    level: 'MUST',
    basis: 'implied',
    binds: 'alice',
    cite: changing,
    text: 'The answer names the parameter of the request, and PARAMETER_CHANGED the requested value as the new one.',
  },
  parameterChangedContent: {
    level: 'MUST',
    basis: 'stated',
    binds: 'alice',
    cite: changing,
    text: 'PARAMETER_CHANGED has the name of the parameter, the old value and the new value.',
  },
  parameterNotFound: {
    level: 'MUST',
    basis: 'stated',
    binds: 'alice',
    cite: changing,
    text: 'Alice answers the name of a parameter that she does not have with PARAMETER_UNKNOWN.',
  },
  parameterUnknownContent: {
    level: 'MUST',
    basis: 'stated',
    binds: 'alice',
    cite: changing,
    text: 'PARAMETER_UNKNOWN has the name of the parameter.',
  },
  parameterValueRefused: {
    level: 'MUST',
    basis: 'stated',
    binds: 'alice',
    cite: changing,
    text: 'Alice answers a value that makes no sense, or is out of her range, with PARAMETER_INVALID_VALUE.',
    unobservable: 'What Alice can make sense of, and her range, is known to her alone.',
  },
  parameterInvalidContent: {
    level: 'MUST',
    basis: 'stated',
    binds: 'alice',
    cite: changing,
    text: 'PARAMETER_INVALID_VALUE has the name of the parameter and the old value.',
  },
  parameterPolicyKept: {
    level: 'MUST',
    basis: 'stated',
    binds: 'alice',
    cite: changing,
    text: 'Alice answers a valid value that her policy forbids with PARAMETER_UNCHANGED.',
    unobservable: 'The policy of Alice is known to her alone.',
  },
  parameterUnchangedContent: {
    level: 'MUST',
    basis: 'stated',
    binds: 'alice',
    cite: changing,
    text: 'PARAMETER_UNCHANGED has the name of the parameter and the old value.',
  },
  parameterRefusalMayExplain: {
    level: 'MAY',
    basis: 'stated',
    binds: 'alice',
    cite: changing,
    text: 'PARAMETER_INVALID_VALUE and PARAMETER_UNCHANGED have an error message.',
    unobservable: permission,
  },
} as const satisfies Record<string, RequirementRow>;
