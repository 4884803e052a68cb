import { defineAmbiguity, deviant } from '#models/language/index.ts';

const register = { document: 'central-kms-socket', section: 'Register' } as const;
const errors = { document: 'central-kms-socket', section: 'Errors' } as const;
const common = { document: 'central-kms-socket', section: 'Common Errors' } as const;
const all = { document: 'central-kms-socket', section: 'Central KMS Socket' } as const;
const request = { document: 'json-rpc', section: '4 Request object' } as const;
const notification = { document: 'json-rpc', section: '4.1 Notification' } as const;
const response = { document: 'json-rpc', section: '5 Response object' } as const;
const batch = { document: 'json-rpc', section: '6 Batch' } as const;
const objects = { document: 'rfc-8259', section: '4 Objects' } as const;

/** What the document leaves of JSON-RPC. */
export const jsonRpc = {
  numericIds: defineAmbiguity('central-kms/numericIds', {
    cite: register,
    question:
      "The document's ids are strings, those of JSON-RPC may be numbers. How is a call with a number answered?",
    readings: {
      kept: 'As any other, with the same number.',
      refused: 'It may be refused with -32600.',
      asText: deviant('With the number as a string.'),
    },
    assumed: 'kept',
  }), // facts 4.27
  nullId: defineAmbiguity('central-kms/nullId', {
    cite: request,
    question: 'How is a call with the id null answered?',
    readings: {
      answered: 'As any other, with the id null.',
      refused: 'It may be refused with -32600.',
      notification: deviant('Not at all.'),
    },
    assumed: 'answered',
  }), // facts 5
  notifications: defineAmbiguity('central-kms/notifications', {
    cite: notification,
    question: 'The document wants an id in every call. What becomes of one without?',
    readings: {
      silent: 'It is a notification: nobody answers it.',
      refused: deviant('It is no call of the document: -32600, with id null.'),
    },
    assumed: 'silent',
  }), // facts 4.33, 2.7
  jsonRpcBatch: defineAmbiguity('central-kms/jsonRpcBatch', {
    cite: batch,
    question: 'Are arrays of calls served?',
    readings: {
      rejected: 'No: one error -32600.',
      supported: 'Yes: with an array of responses.',
    },
    assumed: 'rejected',
  }), // facts 4.33, 2.7
  invalidRequestId: defineAmbiguity('central-kms/invalidRequestId', {
    cite: response,
    question: 'Which id has the answer to an invalid call whose id can be read?',
    readings: {
      either: 'Its id, or null.',
      none: 'null.',
      echoed: 'Its id.',
    },
    assumed: 'either',
  }), // facts 4.28, 5
  idlessRequests: defineAmbiguity('central-kms/idlessRequests', {
    cite: response,
    question: 'What becomes of an object that is no call, and has no id?',
    readings: {
      answered: 'It is refused with -32600 and the id null, as in the examples of JSON-RPC.',
      silent: 'Nobody answers it, as if it were a notification.',
    },
    assumed: 'answered',
  }), // facts 5
  unstructuredParams: defineAmbiguity('central-kms/unstructuredParams', {
    cite: request,
    question: 'Which code tells that params are neither object nor array?',
    readings: {
      either: '-32600 or -32602.',
      request: '-32600.',
      params: '-32602.',
    },
    assumed: 'either',
  }), // facts 2.7
  versionCheck: defineAmbiguity('central-kms/versionCheck', {
    cite: request,
    question: 'What becomes of a call whose jsonrpc is not "2.0"?',
    readings: {
      checked: 'It is refused with -32600.',
      ignored: deviant('It is served.'),
    },
    assumed: 'checked',
  }), // facts 2.7; perceive
  duplicateMembers: defineAmbiguity('central-kms/duplicateMembers', {
    cite: objects,
    question: 'What becomes of an object with two members of one name?',
    readings: {
      lastWins: 'The last one counts.',
      refused: 'It is refused with -32600.',
    },
    assumed: 'lastWins',
  }), // facts 5; perceive
  reusedIds: defineAmbiguity('central-kms/reusedIds', {
    cite: request,
    question: 'What becomes of a call with the id of one that still awaits its response?',
    readings: {
      served: 'It is answered as any other.',
      refused: 'It is refused with -32600.',
    },
    assumed: 'served',
  }), // facts 5
  strayResponses: defineAmbiguity('central-kms/strayResponses', {
    cite: response,
    question: 'What does a side do about a response that no call of its own awaits?',
    readings: {
      ignored: 'Nothing.',
      refused: 'It may answer -32600 with id null.',
      closed: 'It may end the connection.',
    },
    assumed: 'ignored',
  }), // facts 2.3, 5
  answerOrder: defineAmbiguity('central-kms/answerOrder', {
    cite: batch,
    question: 'In which order are calls answered?',
    readings: {
      free: 'In any.',
      called: 'In the order in which they came.',
    },
    assumed: 'free',
  }), // facts 2.1
  errorCodeForm: defineAmbiguity('central-kms/errorCodeForm', {
    cite: errors,
    question: 'The template does not quote the code of an error. May it be a string?',
    readings: {
      integer: 'No.',
      text: deviant('Yes.'),
    },
    assumed: 'integer',
  }), // facts 4.36; perceive
  errorTexts: defineAmbiguity('central-kms/errorTexts', {
    cite: common,
    question: 'Are the messages of errors those of the document, word for word?',
    readings: {
      listed: 'Yes, for the codes that it lists.',
      free: deviant('Any text will do.'),
    },
    assumed: 'listed',
  }), // facts 2.4; audits
  internalErrors: defineAmbiguity('central-kms/internalErrors', {
    cite: common,
    question: 'May -32603 answer a call that is good?',
    readings: {
      anytime: 'Yes: it is among the errors of any call.',
      never: 'No.',
    },
    assumed: 'anytime',
  }), // facts 4.13, 4.32
  uuidCase: defineAmbiguity('central-kms/uuidCase', {
    cite: all,
    question: 'Is a UUID the same in upper and lower case?',
    readings: {
      insensitive: 'Yes.',
      exact: 'No: it comes back as it was sent.',
    },
    assumed: 'insensitive',
  }), // facts 4.30
  uuidForm: defineAmbiguity('central-kms/uuidForm', {
    cite: all,
    question: 'Are shorter forms of a UUID taken?',
    readings: {
      whole: 'No.',
      short: deviant('Yes, as Java takes them: 1-1-1-1-1.'),
    },
    assumed: 'whole',
  }), // facts 2.7; perceive
};
