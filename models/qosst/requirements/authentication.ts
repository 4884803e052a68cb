import type { RequirementRow } from '#models/language/index.ts';

const invalid = { document: 'qosst-control-protocol', section: 'AUTHENTICATION_INVALID' } as const;

/** What follows when a message is not authentic. */
export const authentication = {
  unauthenticAnswerReidentifies: {
    level: 'MUST',
    basis: 'stated',
    binds: 'bob',
    cite: invalid,
    text: 'Bob identifies himself again when a message of Alice is not authentic.',
  },
  unauthenticAnswered: {
    level: 'MUST',
    basis: 'stated',
    binds: 'alice',
    cite: invalid,
    text: 'Alice answers a message whose digest or challenge is wrong with AUTHENTICATION_INVALID.',
  },
  unauthenticReidentifies: {
    level: 'MUST',
    basis: 'stated',
    binds: 'bob',
    cite: invalid,
    text: 'Bob identifies himself again after AUTHENTICATION_INVALID.',
  },
  failuresCounted: {
    level: 'MUST',
    basis: 'stated',
    binds: 'alice',
    cite: invalid,
    text: 'Alice concludes that there is a man in the middle after a number of failures.',
    unobservable: 'Neither the number nor what follows from the conclusion is given.',
  },
  failuresCountedByBob: {
    level: 'MUST',
    basis: 'stated',
    binds: 'bob',
    cite: invalid,
    text: 'Bob concludes that there is a man in the middle after a number of failures.',
    unobservable: 'Neither the number nor what follows from the conclusion is given.',
  },
} as const satisfies Record<string, RequirementRow>;
