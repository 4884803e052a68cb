import type { RequirementRow } from '#models/language/index.ts';

const connect = { document: 'central-kms-socket', section: 'Connect to socket' } as const;
const register = { document: 'central-kms-socket', section: 'Register' } as const;
const inquiry = { document: 'central-kms-socket', section: 'Inquiry' } as const;

/** What a reader of a report should know: never a failure. */
export const security = {
  keysInClear: {
    level: 'MAY',
    basis: 'observed',
    binds: 'central-kms',
    cite: connect,
    text: 'Note: over ws the private signing key and the row key travel in clear.',
    unobservable: 'A note: reported, never judged.',
  },
  signingKeyShared: {
    level: 'MAY',
    basis: 'observed',
    binds: 'central-kms',
    cite: register,
    text: "Note: the KMS makes the sidecar's private key, and so could sign in its name.",
    unobservable: 'A note: reported, never judged.',
  },
  registrationOpen: {
    level: 'MAY',
    basis: 'observed',
    binds: 'central-kms',
    cite: register,
    text: 'Note: whoever can connect can register, under any service name.',
    unobservable: 'A note: reported, never judged.',
  },
  weakChallenge: {
    level: 'MAY',
    basis: 'observed',
    binds: 'central-kms',
    cite: register,
    text: 'Note: the challenge proves the algorithms, not who the sidecar is: its keys came along with it.',
    unobservable: 'A note: reported, never judged.',
  },
  unlimitedSidecars: {
    level: 'MAY',
    basis: 'observed',
    binds: 'central-kms',
    cite: register,
    text: 'Note: nothing limits how many sidecars register.',
    unobservable: 'A note: reported, never judged.',
  },
  noDeadlines: {
    level: 'MAY',
    basis: 'observed',
    binds: 'central-kms',
    cite: inquiry,
    text: 'Note: an inquiry has no time limit, and no time stamp of its own.',
    unobservable: 'A note: reported, never judged.',
  },
} as const satisfies Record<string, RequirementRow>;
