import { defineAmbiguity } from '#models/language/index.ts';

const batch = { document: 'central-kms-socket', section: 'Save Batch' } as const;

/**
 * What may be stored. That the text about batch is a copy of that about challenge, and that the KMS
 * commands itself, makes no difference on the wire.
 */
export const batches = {
  duplicateBatch: defineAmbiguity('central-kms/duplicateBatch', {
    cite: batch,
    question: 'What becomes of a batch whose id is there already?',
    readings: {
      either: 'It is refused, or taken as the same.',
      refused: 'It is refused.',
      taken: 'It is taken as the same.',
    },
    assumed: 'either',
  }), // facts 4.13, 2.4
  batchSignatureForm: defineAmbiguity('central-kms/batchSignatureForm', {
    cite: batch,
    question: 'Is the signature of a batch looked at when it is stored?',
    readings: {
      any: 'No: its body comes later.',
      hex: 'One that is not 128 hexadecimal digits may be refused, with -32602 or 40004.',
    },
    assumed: 'any',
  }), // facts 4.14, 2.5
};
