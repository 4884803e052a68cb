import { defineAmbiguity, deviant } from '#models/language/index.ts';

/** How batches are done. */
export const batches = {
  stoppedItems: defineAmbiguity('kmip/stoppedItems', {
    cite: { document: 'kmip-2.1', section: 'Batch Error Continuation Option' },
    question: 'What does the response say of the items behind an error that stopped the batch?',
    readings: { leftOut: 'Nothing: they are left out.', failed: 'They are failed items.' },
    assumed: 'leftOut',
  }),
  undoneRest: defineAmbiguity('kmip/undoneRest', {
    cite: { document: 'kmip-2.1', section: 'Batch Error Continuation Option' },
    question: 'What does the response say of the items behind an error that undid the batch?',
    readings: {
      leftOut: 'Nothing: they are left out.',
      undone: 'They are undone items.',
      failed: 'They are failed items.',
    },
    assumed: 'leftOut',
  }),
  undoSupport: defineAmbiguity('kmip/undoSupport', {
    cite: { document: 'kmip-1.4', section: 'Batch Error Continuation Option' },
    question: 'Must a server be able to undo?',
    readings: {
      supported: 'It undoes.',
      refused: 'A batch that asks for it is refused as a whole.',
    },
    assumed: 'supported',
  }),
  stopReading: defineAmbiguity('kmip/stopReading', {
    cite: { document: 'kmip-2.1', section: 'Batch Error Continuation Option' },
    question: 'Does a batch stop at an error?',
    readings: { stops: 'Yes.', goesOn: deviant('No: every item is done.') },
    assumed: 'stops',
  }),
  undoReading: defineAmbiguity('kmip/undoReading', {
    cite: { document: 'kmip-2.1', section: 'Batch Error Continuation Option' },
    question: 'What does Undo change?',
    readings: {
      undoes: 'Everything is as it was before the batch.',
      relabels: deviant('The items are answered as undone, and stay done.'),
    },
    assumed: 'undoes',
  }),
  batchOrderDefault: defineAmbiguity('kmip/batchOrderDefault', {
    cite: { document: 'kmip-2.1', section: 'Batch Order Option' },
    question: 'Is the order of a batch kept where nothing is said of it?',
    readings: { byVersion: 'Since 2.0.', always: 'Always.' },
    assumed: 'byVersion',
  }),
  batchCountWrong: defineAmbiguity('kmip/batchCountWrong', {
    cite: { document: 'kmip-2.1', section: 'Batch Count' },
    question: 'What becomes of a request whose Batch Count is not the number of its items?',
    readings: { refused: 'It is refused.', ignored: deviant('Its items are done.') },
    assumed: 'refused',
  }),
  emptyBatch: defineAmbiguity('kmip/emptyBatch', {
    cite: { document: 'kmip-2.1', section: 'Batch Count' },
    question: 'What becomes of a request without items?',
    readings: { refused: 'It is refused.', answered: 'It is answered without items.' },
    assumed: 'refused',
  }),
  missingItemIds: defineAmbiguity('kmip/missingItemIds', {
    cite: { document: 'kmip-2.1', section: 'Unique Batch Item ID' },
    question: 'Are Unique Batch Item IDs needed in a batch of several items?',
    readings: {
      optional: 'No: the table says yes, the prose says no.',
      required: 'Such a batch is refused.',
    },
    assumed: 'optional',
  }),
  twinItemIds: defineAmbiguity('kmip/twinItemIds', {
    cite: { document: 'kmip-2.1', section: 'Unique Batch Item ID' },
    question: 'What becomes of two items with the same Unique Batch Item ID?',
    readings: {
      refused: 'The batch is refused.',
      taken: 'They are done, and told apart by their order.',
    },
    assumed: 'taken',
  }),
  optionOfSingle: defineAmbiguity('kmip/optionOfSingle', {
    cite: { document: 'kmip-2.1', section: 'Batch Error Continuation Option' },
    question: 'What becomes of the option in a request of one item?',
    readings: { ignored: 'It changes nothing.', refused: 'The request is refused.' },
    assumed: 'ignored',
  }),
  placeholderAfterLocate: defineAmbiguity('kmip/placeholderAfterLocate', {
    cite: { document: 'kmip-2.1', section: 'ID Placeholder' },
    question: 'What is in the ID Placeholder after Locate found none or several?',
    readings: {
      cleared: 'Nothing.',
      kept: 'What was there before.',
      first: deviant('The first that it found.'),
    },
    assumed: 'cleared',
  }),
  placeholderAfterKeyPair: defineAmbiguity('kmip/placeholderAfterKeyPair', {
    cite: { document: 'kmip-2.1', section: 'ID Placeholder' },
    question: 'Which key does the ID Placeholder hold after Create Key Pair?',
    readings: { privateKey: 'The private key.', nothing: deviant('Neither.') },
    assumed: 'privateKey',
  }),
  placeholderUse: defineAmbiguity('kmip/placeholderUse', {
    cite: { document: 'kmip-2.1', section: 'ID Placeholder' },
    question: 'Which operations use the ID Placeholder?',
    readings: {
      all: 'All whose identifier may be left out.',
      some: deviant('Get and the operations on attributes only.'),
    },
    assumed: 'all',
  }),
} as const;
