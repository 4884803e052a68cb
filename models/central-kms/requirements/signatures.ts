import type { RequirementRow } from '#models/language/index.ts';

const register = { document: 'central-kms-socket', section: 'Register' } as const;
const challenge = { document: 'central-kms-socket', section: 'Challenge Response' } as const;
const batch = { document: 'central-kms-socket', section: 'Save Batch' } as const;
const ed25519 = { document: 'rfc-8032', section: '5.1.6 Sign' } as const;
const keys = { document: 'rfc-8032', section: '5.1.5 Key Generation' } as const;
const cmac = { document: 'rfc-4493', section: '2.4 The MAC Generation Algorithm' } as const;

/** What signatures are made of. */
export const signatures = {
  batchSignatureRight: {
    level: 'MUST',
    basis: 'stated',
    binds: 'sidecar',
    cite: challenge,
    text: "batchSignature is the Ed25519 signature of the challenge's text with batchKey.",
  },
  rowSignatureRight: {
    level: 'MUST',
    basis: 'stated',
    binds: 'sidecar',
    cite: challenge,
    text: "rowSignature is the CMAC of the challenge's text with rowKey.",
  },
  signatureLength: {
    level: 'MUST',
    basis: 'implied',
    binds: 'sidecar',
    cite: ed25519,
    text: 'An Ed25519 signature has 64 bytes.',
  },
  signatureIsPure: {
    level: 'MUST',
    basis: 'implied',
    binds: 'sidecar',
    cite: ed25519,
    text: 'The signature is that of pure Ed25519: the text is signed itself, not a digest of it.',
  },
  seedFirst: {
    level: 'MUST',
    basis: 'observed',
    binds: 'central-kms',
    cite: keys,
    text: 'batchKey is the seed of 32 bytes, then the public key of 32.',
  },
  cmacWhole: {
    level: 'MUST',
    basis: 'implied',
    binds: 'sidecar',
    cite: cmac,
    text: 'The CMAC has all its 16 bytes.',
  },
  hexCaseFree: {
    level: 'MUST',
    basis: 'implied',
    binds: 'any',
    cite: register,
    text: 'Hexadecimal digits are read in either case.',
  },
  batchSigned: {
    level: 'MUST',
    basis: 'stated',
    binds: 'sidecar',
    cite: batch,
    text: 'The signature of a batch is the Ed25519 signature of its body with batchKey.',
  },
} as const satisfies Record<string, RequirementRow>;
