import type { RequirementRow } from '#models/language/index.ts';

const errors = { document: 'central-kms-socket', section: 'Errors' } as const;
const connect = { document: 'central-kms-socket', section: 'Connect to socket' } as const;
const register = { document: 'central-kms-socket', section: 'Register' } as const;
const inquiry = { document: 'central-kms-socket', section: 'Inquiry' } as const;

/** What is told to whom; notes say what a reader of a report should know: never a failure. */
export const security = {
  keysToldOnce: {
    level: 'MUST',
    basis: 'implied',
    binds: 'central-kms',
    cite: register,
    text: 'The keys of a sidecar are told in the result of its register, and nowhere else.',
  },
  keysKept: {
    level: 'SHOULD',
    basis: 'implied',
    binds: 'sidecar',
    cite: register,
    text: 'A sidecar tells its keys to nobody.',
  },
  errorsDiscreet: {
    level: 'SHOULD',
    basis: 'implied',
    binds: 'central-kms',
    cite: errors,
    text: 'An error tells neither the signatures that were wanted, nor the insides of the KMS.',
  },
  keysInClear: {
    level: 'MAY',
    basis: 'observed',
    binds: 'central-kms',
    cite: connect,
    text: 'Over ws the private signing key and the row key travel in clear.',
    unobservable: 'A note: reported, never judged.',
  },
  signingKeyShared: {
    level: 'MAY',
    basis: 'observed',
    binds: 'central-kms',
    cite: register,
    text: "The KMS makes the sidecar's private key, and so could sign in its name.",
    unobservable: 'A note: reported, never judged.',
  },
  registrationOpen: {
    level: 'MAY',
    basis: 'observed',
    binds: 'central-kms',
    cite: register,
    text: 'Whoever can connect can register, under any service name.',
    unobservable: 'A note: reported, never judged.',
  },
  weakChallenge: {
    level: 'MAY',
    basis: 'observed',
    binds: 'central-kms',
    cite: register,
    text: 'The challenge proves the algorithms, not who the sidecar is: its keys came along with it.',
    unobservable: 'A note: reported, never judged.',
  },
  unlimitedSidecars: {
    level: 'MAY',
    basis: 'observed',
    binds: 'central-kms',
    cite: register,
    text: 'Nothing limits how many sidecars register.',
    unobservable: 'A note: reported, never judged.',
  },
  noDeadlines: {
    level: 'MAY',
    basis: 'observed',
    binds: 'central-kms',
    cite: inquiry,
    text: 'An inquiry has no time limit, and no time stamp of its own.',
    unobservable: 'A note: reported, never judged.',
  },
} as const satisfies Record<string, RequirementRow>;
