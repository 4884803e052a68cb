import { defineAmbiguity, deviant } from '#models/language/index.ts';

const emptyAnswers = {
  document: 'rfc-9110',
  section: '204 No Content, 205 Reset Content',
} as const;
const getKey = { document: 'etsi-004-push', section: 'get-key' } as const;
const readme = { document: 'etsi-004-push', section: 'Transport and error codes' } as const;
const server = { document: 'etsi-004-push', section: 'Server description' } as const;
const keyMaterial = { document: 'etsi-004-push-kms', section: 'key-material' } as const;
const clientErrors = { document: 'rfc-9110', section: 'Client Error 4xx' } as const;
const statusTable = { document: 'etsi-004-push', section: 'Status codes' } as const;
const json = { document: 'rfc-8259', section: 'JSON grammar' } as const;
const standardStatus = { document: 'etsi-gs-qkd-004', section: 'Status' } as const;

/** How the calls lie in HTTP. */
export const transport = {
  closeBody: defineAmbiguity('etsi-004/closeBody', {
    cite: emptyAnswers,
    question:
      'The document shows content with the code 204 of close, HTTP forbids it. What is there?',
    readings: {
      none: 'None: 204 means status 0.',
      otherCode: 'The content, with another code of the 200s.',
      sent: 'The content all the same, as the document shows it: whoever can passes it over.',
    },
    assumed: 'none',
  }), // facts 1.2.1
  resetBody: defineAmbiguity('etsi-004/resetBody', {
    cite: emptyAnswers,
    question:
      'The document shows content with the code 205 of get-key, HTTP forbids it. What is there?',
    readings: {
      sent: 'The content: whoever can reads it.',
      none: 'None: 205 means status 0.',
    },
    assumed: 'sent',
  }), // facts 1.2.1
  getKeyMethod: defineAmbiguity('etsi-004/getKeyMethod', {
    cite: getKey,
    question: 'get-key is a GET with content, which many clients cannot send. How is it sent?',
    readings: {
      getWithBody: 'As GET with content, as the document has it.',
      getWithQuery: deviant('As GET, its members in the query.'),
      post: deviant('As POST.'),
    },
    assumed: 'getWithBody',
  }), // facts 1.2.2
  successCode: defineAmbiguity('etsi-004/successCode', {
    cite: readme,
    question:
      'Is success told by 200, as the table of statuses says, or by 201, 205 and 204, as the calls say?',
    readings: {
      listed: 'By those of the calls.',
      described: 'By 200.',
      any: 'By any code of the 200s.',
    },
    assumed: 'listed',
  }), // facts 1.2.3
  serverName: defineAmbiguity('etsi-004/serverName', {
    cite: server,
    question: 'The page of the KMS gives it the address of the QKD server. Who hosts key-material?',
    readings: {
      kms: 'The KMS.',
      device: deviant('The QKD device.'),
    },
    assumed: 'kms',
  }), // facts 1.2.16
  pushUrl: defineAmbiguity('etsi-004/pushUrl', {
    cite: keyMaterial,
    question: 'Where does the QKD device find the KMS?',
    readings: {
      configured: 'It is configured.',
      sourceUri: 'At the URI in source.',
    },
    assumed: 'configured',
  }), // facts 1.2.13
  authentication: defineAmbiguity('etsi-004/authentication', {
    cite: readme,
    question: 'Who authenticates whom?',
    readings: {
      transport: 'Nobody, or TLS does, with certificates of both sides.',
      http: 'HTTP does, by a field of the call.',
    },
    assumed: 'transport',
  }), // facts 1.2.14
  mediaType: defineAmbiguity('etsi-004/mediaType', {
    cite: readme,
    question: 'What becomes of content that does not say application/json?',
    readings: {
      read: 'It is read all the same.',
      refused: 'It is refused.',
    },
    assumed: 'read',
  }), // facts 1.2.14
  malformedAnswer: defineAmbiguity('etsi-004/malformedAnswer', {
    cite: clientErrors,
    question: 'How is a call answered that is no HTTP?',
    readings: {
      refused: 'With an error code.',
      closed: 'By the end of the connection, without an answer or after it.',
    },
    assumed: 'closed',
  }),
  errorBody: defineAmbiguity('etsi-004/errorBody', {
    cite: readme,
    question:
      'No status says that a call is malformed, or that a stream is unknown. Does the answer to what is no call of the interface, or has another content, have a status, and one with 404 or 410?',
    readings: {
      free: 'As it likes.',
      status: 'Yes, as every error answer.',
    },
    assumed: 'free',
  }), // facts 1.2.14
  refusalContent: defineAmbiguity('etsi-004/refusalContent', {
    cite: keyMaterial,
    question: 'No refusal of key-material is declared. Does one have a status in its content?',
    readings: {
      free: 'As it likes.',
      status: 'Yes, as every error answer.',
    },
    assumed: 'free',
  }), // facts 1.1
  edition: defineAmbiguity('etsi-004/edition', {
    cite: statusTable,
    question: 'Which table of statuses is meant?',
    readings: {
      second: 'That of V2.1.1, 0 to 8.',
      first: deviant('That of V1.1.1, 0 to 4.'),
    },
    assumed: 'second',
  }), // facts 2.1
  swappedTexts: defineAmbiguity('etsi-004/swappedTexts', {
    cite: statusTable,
    question: 'The texts of status 6 and 7 are garbled. Which one is the time limit?',
    readings: {
      sixIsTimeout: '6; 7 is the counter proposal.',
      sevenIsTimeout: deviant('7; 6 is the counter proposal.'),
    },
    assumed: 'sixIsTimeout',
  }), // facts 1.2.11
  integerForm: defineAmbiguity('etsi-004/integerForm', {
    cite: json,
    question: 'Is 1.0 or 1e3 an unsigned 32-bit integer?',
    readings: {
      anyForm: 'Yes: JSON knows numbers only.',
      plain: 'No: digits only.',
    },
    assumed: 'anyForm',
  }), // facts 5.6
  unlistedStatus: defineAmbiguity('etsi-004/unlistedStatus', {
    cite: standardStatus,
    question: 'May an answer have a status that the table does not give its call?',
    readings: {
      tolerated: 'Yes, as long as success stays success.',
      refused: 'No.',
    },
    assumed: 'refused',
  }), // facts 2.4
};
