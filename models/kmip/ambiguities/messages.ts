import { defineAmbiguity, deviant } from '#models/language/index.ts';

/** How messages are read and refused. */
export const messages = {
  badMessageEnds: defineAmbiguity('kmip/badMessageEnds', {
    cite: { document: 'kmip-2.1', section: 'Error Handling' },
    question: 'What becomes of the connection after a message that cannot be read?',
    readings: {
      answered: 'It is answered with an error, and the connection goes on or ends.',
      closed: 'It ends without an answer.',
    },
    assumed: 'answered',
  }),
  rejectedVersion: defineAmbiguity('kmip/rejectedVersion', {
    cite: { document: 'kmip-2.1', section: 'Protocol Version' },
    question: 'Which version does a response have that refuses the version of the request?',
    readings: { own: 'Any that the server has.', echoed: 'That of the request.' },
    assumed: 'own',
  }),
  refusalVersion: defineAmbiguity('kmip/refusalVersion', {
    cite: { document: 'kmip-2.1', section: 'Protocol Version' },
    question: 'Which version does a response have that refuses a whole message of a known version?',
    readings: { echoed: 'That of the request.', any: deviant('Any that the server has.') },
    assumed: 'echoed',
  }),
  badItemScope: defineAmbiguity('kmip/badItemScope', {
    cite: { document: 'kmip-1.4', section: 'Error Handling' },
    question: 'What is refused where an item of a batch is wrong?',
    readings: { item: 'The item.', message: 'The whole message.' },
    assumed: 'item',
  }),
  unknownOperationScope: defineAmbiguity('kmip/unknownOperationScope', {
    cite: { document: 'kmip-1.4', section: 'Error Handling' },
    question: 'What is refused where an operation is not known?',
    readings: {
      item: 'The item: Operation Not Supported.',
      message: deviant('The whole message.'),
    },
    assumed: 'item',
  }),
  unknownFields: defineAmbiguity('kmip/unknownFields', {
    cite: { document: 'kmip-1.4', section: 'Error Handling' },
    question: 'What becomes of fields that the version does not know?',
    readings: { refused: 'They are refused.', ignored: 'They are passed over.' },
    assumed: 'refused',
  }),
  fieldOrder: defineAmbiguity('kmip/fieldOrder', {
    cite: { document: 'kmip-2.1', section: 'Message Structure' },
    question: 'What becomes of fields in another order than that of the document?',
    readings: { refused: 'They are refused.', taken: 'They are taken.' },
    assumed: 'refused',
  }),
  nonZeroPadding: defineAmbiguity('kmip/nonZeroPadding', {
    cite: { document: 'kmip-2.1', section: 'Value' },
    question: 'Must padding be of zero bytes?',
    readings: {
      any: 'No: the document does not say of which.',
      zero: 'Yes: other padding is refused.',
    },
    assumed: 'any',
  }),
  unknownEnumerations: defineAmbiguity('kmip/unknownEnumerations', {
    cite: { document: 'kmip-2.1', section: 'Enumerations' },
    question: 'What becomes of enumerations that are not known?',
    readings: { refused: 'They are refused.', taken: 'They are passed over, or fail later.' },
    assumed: 'refused',
  }),
  resultMessage: defineAmbiguity('kmip/resultMessage', {
    cite: { document: 'kmip-2.1', section: 'Result Message' },
    question: 'May an item that succeeded have a Result Message?',
    readings: { allowed: 'Yes.', never: 'No.' },
    assumed: 'allowed',
  }),
  correlationEchoed: defineAmbiguity('kmip/correlationEchoed', {
    cite: { document: 'kmip-2.1', section: 'Client Correlation Value' },
    question: 'Is a Client Correlation Value returned?',
    readings: { optional: 'It may be.', always: 'Always.' },
    assumed: 'optional',
  }),
  timeStampSkew: defineAmbiguity('kmip/timeStampSkew', {
    cite: { document: 'kmip-2.1', section: 'Time Stamp' },
    question: 'What becomes of a request whose Time Stamp is not the time?',
    readings: { ignored: 'It is served.', refused: 'It may be refused.' },
    assumed: 'ignored',
  }),
  maximumSizeUnit: defineAmbiguity('kmip/maximumSizeUnit', {
    cite: { document: 'kmip-2.1', section: 'Maximum Response Size' },
    question: 'What is counted?',
    readings: {
      ttlv: 'Bytes of TTLV, whatever the encoding.',
      written: deviant('Bytes as they are written.'),
    },
    assumed: 'ttlv',
  }),
  tooLargeScope: defineAmbiguity('kmip/tooLargeScope', {
    cite: { document: 'kmip-2.1', section: 'Maximum Response Size' },
    question: 'What is refused where a response would be too large?',
    readings: { item: 'The items that do not fit.', message: 'The whole message.' },
    assumed: 'item',
  }),
  httpErrors: defineAmbiguity('kmip/httpErrors', {
    cite: { document: 'cosmian-bulk', section: 'Bulk mode with Messages' },
    question: 'How is a message refused that cannot be read, over HTTP?',
    readings: {
      kmip: 'With a KMIP response and status 200.',
      http: 'With a status of HTTP, 400 or more.',
    },
    assumed: 'kmip',
  }),
  bareResults: defineAmbiguity('kmip/bareResults', {
    cite: { document: 'cosmian-bulk', section: 'Bulk mode with Messages' },
    question: 'What answers an operation that was posted to /kmip/2_1 alone?',
    readings: {
      operation: 'Its response alone, called as it: CreateResponse.',
      message: 'A Response Message of one item, as at /kmip.',
    },
    assumed: 'operation',
  }),
  bareFailures: defineAmbiguity('kmip/bareFailures', {
    cite: { document: 'cosmian-bulk', section: 'Bulk mode with Messages' },
    question: 'How is told that an operation posted alone has failed?',
    readings: {
      http: 'By a status of HTTP of 400 or more; which one tells of which error is not said.',
      message: 'By a Response Message of one failed item, and the status 200.',
    },
    assumed: 'http',
  }),
  jsonHeaderName: defineAmbiguity('kmip/jsonHeaderName', {
    cite: { document: 'cosmian-bulk', section: 'Bulk mode with Messages' },
    question: 'What is the header called in JSON?',
    readings: { standard: 'RequestHeader and ResponseHeader.', header: deviant('Header.') },
    assumed: 'standard',
  }),
  jsonItems: defineAmbiguity('kmip/jsonItems', {
    cite: { document: 'cosmian-bulk', section: 'Bulk mode with Messages' },
    question: 'How do the items of a batch lie in JSON?',
    readings: {
      repeated: 'One BatchItem each, side by side.',
      nested: deviant('Items in a BatchItem, the next BatchItem inside.'),
    },
    assumed: 'repeated',
  }),
  jsonTimeStamp: defineAmbiguity('kmip/jsonTimeStamp', {
    cite: { document: 'cosmian-bulk', section: 'Bulk mode with Messages' },
    question: 'What is the Time Stamp in JSON?',
    readings: {
      dateTime: 'TimeStamp, a DateTime.',
      number: deviant('Timestamp, a LongInteger written as a number.'),
    },
    assumed: 'dateTime',
  }),
  reasonNames: defineAmbiguity('kmip/reasonNames', {
    cite: { document: 'kmip-encodings', section: 'JSON Encoding' },
    question: 'How are the names of enumerations written in JSON?',
    readings: {
      normalised: 'As the document normalises them.',
      underscored: deviant('With underscores between words.'),
    },
    assumed: 'normalised',
  }),
  extraResponseFields: defineAmbiguity('kmip/extraResponseFields', {
    cite: { document: 'kmip-2.1', section: 'Message Structure' },
    question: 'May a response have fields that the document does not list?',
    readings: { never: 'No.', extensions: 'Extensions only.' },
    assumed: 'extensions',
  }),
  idleEnd: defineAmbiguity('kmip/idleEnd', {
    cite: { document: 'kmip-2.1', section: 'Transport' },
    question: 'May a server end a connection on which no request awaits its response?',
    readings: { kept: 'No.', ended: 'Yes.' },
    assumed: 'kept',
  }),
  pipelining: defineAmbiguity('kmip/pipelining', {
    cite: { document: 'kmip-2.1', section: 'Transport' },
    question: 'May a client say a request before the response to the one before it?',
    readings: {
      served: 'Yes: they are answered in order.',
      serial: deviant('No: it is passed over or refused.'),
    },
    assumed: 'served',
  }),
} as const;
