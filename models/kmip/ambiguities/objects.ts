import { defineAmbiguity, deviant } from '#models/language/index.ts';

/** What becomes of objects. */
export const objects = {
  reasonChoice: defineAmbiguity('kmip/reasonChoice', {
    cite: { document: 'kmip-2.1', section: 'Error Handling' },
    question: 'Which Result Reason tells of an error for which several are listed?',
    readings: { anyListed: 'Any of those that fit.', any: deviant('Any at all.') },
    assumed: 'anyListed',
  }),
  internalFailures: defineAmbiguity('kmip/internalFailures', {
    cite: { document: 'kmip-2.1', section: 'Error Handling' },
    question: 'May a server fail for reasons of its own?',
    readings: { never: 'Not while it is tested.', anytime: deviant('At any time.') },
    assumed: 'never',
  }),
  destroyedObjects: defineAmbiguity('kmip/destroyedObjects', {
    cite: { document: 'kmip-2.1', section: 'Destroy' },
    question: 'What is left of a destroyed object?',
    readings: { attributes: 'Its attributes.', nothing: 'Nothing: it is not found.' },
    assumed: 'attributes',
  }),
  destroyActive: defineAmbiguity('kmip/destroyActive', {
    cite: { document: 'kmip-2.1', section: 'Destroy' },
    question: 'What becomes of an Active object that is to be destroyed?',
    readings: { refused: 'It stays.', destroyed: deviant('It is destroyed.') },
    assumed: 'refused',
  }),
  destroyTwice: defineAmbiguity('kmip/destroyTwice', {
    cite: { document: 'kmip-2.1', section: 'Destroy' },
    question: 'What becomes of a destroyed object that is to be destroyed again?',
    readings: { refused: 'It is refused.', taken: deviant('That succeeds.') },
    assumed: 'refused',
  }),
  revokePreActive: defineAmbiguity('kmip/revokePreActive', {
    cite: { document: 'kmip-2.1', section: 'Revoke' },
    question:
      'What becomes of a Pre-Active object that is revoked for another reason than a compromise?',
    readings: { refused: 'It stays.', deactivated: deviant('It is deactivated.') },
    assumed: 'refused',
  }),
  revokeTwice: defineAmbiguity('kmip/revokeTwice', {
    cite: { document: 'kmip-2.1', section: 'Revoke' },
    question: 'What becomes of a Deactivated or Compromised object that is revoked again?',
    readings: { refused: 'It is refused.', taken: 'That succeeds and changes nothing.' },
    assumed: 'refused',
  }),
  compromisedUse: defineAmbiguity('kmip/compromisedUse', {
    cite: { document: 'kmip-2.1', section: 'State' },
    question: 'May a Compromised key process data?',
    readings: { refused: 'No.', taken: 'Yes.' },
    assumed: 'refused',
  }),
  revokedRead: defineAmbiguity('kmip/revokedRead', {
    cite: { document: 'kmip-2.1', section: 'Get' },
    question: 'May a key be fetched that is deactivated or compromised?',
    readings: { taken: 'Yes.', refused: 'No.' },
    assumed: 'taken',
  }),
  stepsKept: defineAmbiguity('kmip/stepsKept', {
    cite: { document: 'kmip-2.1', section: 'Revocation Reason' },
    question: 'Does an object keep when its state changed, and why it was revoked?',
    readings: { told: 'Yes.', leftOut: deviant('Not to be read.') },
    assumed: 'told',
  }),
  activationAtCreation: defineAmbiguity('kmip/activationAtCreation', {
    cite: { document: 'kmip-2.1', section: 'Activation Date' },
    question: 'Is an object Active that was made with an Activation Date in the past?',
    readings: { active: 'Yes.', preActive: deviant('No, until it is activated.') },
    assumed: 'active',
  }),
  locateDestroyed: defineAmbiguity('kmip/locateDestroyed', {
    cite: { document: 'kmip-2.1', section: 'Locate' },
    question: 'Does Locate find destroyed objects?',
    readings: { never: 'No.', found: 'Yes.' },
    assumed: 'never',
  }),
  nameUniqueness: defineAmbiguity('kmip/nameUniqueness', {
    cite: { document: 'kmip-2.1', section: 'Name' },
    question: 'What becomes of a second object with the same Name?',
    readings: { refused: 'It is refused.', taken: deviant('It is made.') },
    assumed: 'refused',
  }),
  attributeNamesKnown: defineAmbiguity('kmip/attributeNamesKnown', {
    cite: { document: 'kmip-2.1', section: 'Get Attributes' },
    question: 'What becomes of attributes asked for that the object has not?',
    readings: { leftOut: 'They are left out.', refused: 'The operation fails.' },
    assumed: 'leftOut',
  }),
  invalidSignature: defineAmbiguity('kmip/invalidSignature', {
    cite: { document: 'kmip-2.1', section: 'Signature Verify' },
    question: 'How is a signature refused that is not valid?',
    readings: {
      indicator: 'With the Validity Indicator Invalid.',
      failure: 'The operation fails.',
    },
    assumed: 'indicator',
  }),
  decryptWrong: defineAmbiguity('kmip/decryptWrong', {
    cite: { document: 'kmip-2.1', section: 'Decrypt' },
    question: 'What becomes of data that was not encrypted with the key and has no tag?',
    readings: { refused: 'It may be refused.', taken: 'It is decrypted to something.' },
    assumed: 'taken',
  }),
} as const;
