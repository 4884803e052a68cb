import type { RequirementRow } from '#models/language/index.ts';

/** What is computed. */
export const cryptography = {
  usageMaskKept: {
    level: 'MUST',
    basis: 'stated',
    binds: 'server',
    cite: { document: 'kmip-2.1', section: 'Cryptographic Usage Mask' },
    text: 'A key is used only as its Cryptographic Usage Mask allows.',
  },
  stateAllowsUse: {
    level: 'MUST',
    basis: 'stated',
    binds: 'server',
    cite: { document: 'kmip-2.1', section: 'State' },
    text: 'A key protects data only while it is Active, and processes it while it is Active or Deactivated.',
  },
  decryptReturns: {
    level: 'MUST',
    basis: 'stated',
    binds: 'server',
    cite: { document: 'kmip-2.1', section: 'Decrypt' },
    text: 'Decrypt returns what was encrypted.',
  },
  encryptRight: {
    level: 'MUST',
    basis: 'stated',
    binds: 'server',
    cite: { document: 'kmip-2.1', section: 'Encrypt' },
    text: 'Encrypt does what the algorithm says.',
  },
  signatureVerified: {
    level: 'MUST',
    basis: 'stated',
    binds: 'server',
    cite: { document: 'kmip-2.1', section: 'Signature Verify' },
    text: 'A signature of the key over the data is valid, any other is not.',
  },
  signatureRight: {
    level: 'MUST',
    basis: 'stated',
    binds: 'server',
    cite: { document: 'kmip-2.1', section: 'Sign' },
    text: 'Sign does what the algorithm says.',
  },
  macRight: {
    level: 'MUST',
    basis: 'stated',
    binds: 'server',
    cite: { document: 'kmip-2.1', section: 'MAC' },
    text: 'MAC does what the algorithm says.',
  },
  macVerified: {
    level: 'MUST',
    basis: 'stated',
    binds: 'server',
    cite: { document: 'kmip-2.1', section: 'MAC Verify' },
    text: 'A MAC of the key over the data is valid, any other is not.',
  },
  hashRight: {
    level: 'MUST',
    basis: 'stated',
    binds: 'server',
    cite: { document: 'kmip-2.1', section: 'Hash' },
    text: 'Hash does what the algorithm says.',
  },
  randomLength: {
    level: 'MUST',
    basis: 'stated',
    binds: 'server',
    cite: { document: 'kmip-2.1', section: 'RNG Retrieve' },
    text: 'RNG Retrieve returns as many bytes as were asked for, or fewer.',
  },
  randomFresh: {
    level: 'MUST',
    basis: 'implied',
    binds: 'server',
    cite: { document: 'kmip-2.1', section: 'RNG Retrieve' },
    text: 'Random bytes do not repeat.',
  },
  tamperedRefused: {
    level: 'MUST',
    basis: 'stated',
    binds: 'server',
    cite: { document: 'kmip-2.1', section: 'Decrypt' },
    text: 'Data whose authentication tag is wrong is not decrypted.',
  },
} as const satisfies Readonly<Record<string, RequirementRow>>;
