import { defineAmbiguity, deviant } from '#models/language/index.ts';

const frame = { document: 'qosst-control-protocol', section: 'Format of frame' } as const;
const errors = { document: 'qosst-control-protocol', section: 'Error codes' } as const;

/** What the bytes of a frame may be. */
export const framing = {
  fixedHeaderOrder: defineAmbiguity('qosst/fixedHeaderOrder', {
    cite: frame,
    question: 'Which length do the first two bytes of the fixed header give?',
    readings: {
      headerFirst: 'That of the header, as every release sends it.',
      digestFirst: deviant('That of the digest, as the prose says.'),
    },
    assumed: 'headerFirst',
  }), // facts 6.1
  contentLengthUnit: defineAmbiguity('qosst/contentLengthUnit', {
    cite: frame,
    question: 'What does content_length count?',
    readings: {
      bytes: 'Bytes of the content as sent.',
      characters: deviant('Characters of the content.'),
    },
    assumed: 'bytes',
  }), // facts 6.11
  exampleLengths: defineAmbiguity('qosst/exampleLengths', {
    cite: frame,
    question:
      'Do the values of content_length in the examples bind, where they are not the length shown?',
    readings: {
      computed: 'No: the length is that of the content sent, and 0 for DISCONNECTION_ACK.',
      printed: deviant('Yes: the printed value is sent.'),
    },
    assumed: 'computed',
  }), // facts 6.12, 6.28
  trailingComma: defineAmbiguity('qosst/trailingComma', {
    cite: frame,
    question: 'Is a trailing comma, as in thirteen examples, allowed in JSON?',
    readings: {
      refused: 'No: a frame with one is malformed.',
      accepted: 'Yes: a receiver reads it as if it were not there.',
    },
    assumed: 'refused',
  }), // facts 6.13
  emptyObjectContent: defineAmbiguity('qosst/emptyObjectContent', {
    cite: frame,
    question: 'Is the empty object as content the same as no content?',
    readings: {
      none: 'Yes: it is sent as no bytes, and one that arrives counts as none.',
      content: 'No: it is content of two bytes.',
    },
    assumed: 'none',
  }), // facts 6.14
  nonObjectContent: defineAmbiguity('qosst/nonObjectContent', {
    cite: frame,
    question: 'Must content be a JSON object?',
    readings: {
      refused: 'Yes: any other value is invalid content.',
      accepted: deviant('No: any JSON value is taken as content.'),
      passedOver: 'Where nothing is wanted of it, anything is passed over.',
    },
    assumed: 'refused',
  }), // facts 6.15
  specialNumbers: defineAmbiguity('qosst/specialNumbers', {
    cite: frame,
    question: 'Are NaN and Infinity allowed as numbers?',
    readings: {
      refused: 'No: they are not JSON.',
      accepted: 'Yes on receipt: Python writes and reads them.',
    },
    assumed: 'refused',
  }), // facts 6.16
  duplicateMembers: defineAmbiguity('qosst/duplicateMembers', {
    cite: frame,
    question: 'What does a member that occurs twice in an object mean?',
    readings: {
      lastWins: 'The last one counts.',
      refused: 'The frame is malformed.',
    },
    assumed: 'lastWins',
  }),
  byteOrderMark: defineAmbiguity('qosst/byteOrderMark', {
    cite: frame,
    question: 'May a byte order mark stand before the JSON?',
    readings: {
      refused: 'No: it is not JSON.',
      ignored: 'It is passed over, as RFC 8259 lets readers do.',
    },
    assumed: 'refused',
  }),
  invalidUtf8: defineAmbiguity('qosst/invalidUtf8', {
    cite: frame,
    question: 'What are bytes in header or content that are not UTF-8?',
    readings: {
      refused: 'No JSON: the frame is malformed.',
      replaced: 'Characters U+FFFD: the document names no encoding.',
    },
    assumed: 'refused',
  }),
  loneSurrogates: defineAmbiguity('qosst/loneSurrogates', {
    cite: frame,
    question: 'Is an escape of half a surrogate pair allowed in a string?',
    readings: {
      accepted: 'Yes: the grammar of JSON has it.',
      refused: 'No: it is no character.',
    },
    assumed: 'accepted',
  }),
  jsonLimits: defineAmbiguity('qosst/jsonLimits', {
    cite: frame,
    question: 'Must a reader take JSON nested 1,000 levels deep, or integers of 4,300 digits?',
    readings: {
      usual: 'No: it may stop there, as Python does.',
      none: 'Yes: both are JSON.',
    },
    assumed: 'usual',
  }),
  nullContent: defineAmbiguity('qosst/nullContent', {
    cite: frame,
    question: 'Is the value null as content the same as no content?',
    readings: {
      refused: 'No: it is content that is no object.',
      none: 'Yes.',
    },
    assumed: 'refused',
  }),
  unfitAnswer: defineAmbiguity('qosst/unfitAnswer', {
    cite: errors,
    question: 'Which refusal is for unfit content of a request that has a refusal of its own?',
    readings: {
      invalidContent: 'INVALID_CONTENT, as for every request.',
      ownRefusal: 'Its own: PE_SYMBOLS_ERROR, PE_DENIED, EC_DENIED, PA_ERROR and the like.',
    },
    assumed: 'invalidContent',
  }),
  reasonTypes: defineAmbiguity('qosst/reasonTypes', {
    cite: errors,
    question: 'Must the reason in ABORT and INVALID_RESPONSE be a string?',
    readings: {
      text: 'Yes: another type is invalid content.',
      any: 'Nobody looks at it: it is for people.',
    },
    assumed: 'text',
  }),
  integralFloatCode: defineAmbiguity('qosst/integralFloatCode', {
    cite: frame,
    question: 'Is a code written as 100.0 the code 100?',
    readings: {
      accepted: 'Yes: both are the same JSON number.',
      refused: 'No: a code is written as an integer.',
    },
    assumed: 'accepted',
  }), // facts 6.48
  integralFloats: defineAmbiguity('qosst/integralFloats', {
    cite: frame,
    question: 'Is -0.0 or 1e300 an integer, where a content wants one?',
    readings: {
      accepted: 'Yes: both are integers as JSON numbers.',
      refused: 'No: an integer is written as one.',
    },
    assumed: 'accepted',
  }), // facts 6.48
  headerMemberTypes: defineAmbiguity('qosst/headerMemberTypes', {
    cite: frame,
    question: 'Of which types are the four members of the header?',
    readings: {
      strict: 'Code and length are integers, both challenges are strings.',
      anyJson: 'A challenge is any JSON value, to be returned as it came.',
    },
    assumed: 'strict',
  }), // facts 6.48
  headerExtras: defineAmbiguity('qosst/headerExtras', {
    cite: frame,
    question: 'May the header have more than the four members?',
    readings: {
      accepted: 'Yes: the four are the least it has.',
      refused: deviant('No: a header has exactly the four.'),
    },
    assumed: 'accepted',
  }), // facts 6.48
  unlistedMembers: defineAmbiguity('qosst/unlistedMembers', {
    cite: frame,
    question: 'May content have members that its description does not list?',
    readings: {
      accepted: 'Yes: a receiver passes them over.',
      refused: 'No: such content is invalid.',
    },
    assumed: 'accepted',
  }),
  contentWhereNone: defineAmbiguity('qosst/contentWhereNone', {
    cite: frame,
    question: 'What becomes of content in a message that is described without any?',
    readings: {
      ignored: 'It is passed over.',
      refused: 'It is invalid content.',
      objectsOnly: 'It is passed over where it is an object, as any content must be.',
    },
    assumed: 'ignored',
  }),
  missingChallenge: defineAmbiguity('qosst/missingChallenge', {
    cite: errors,
    question: 'Is a header without challenge an unreadable frame or a failure of authentication?',
    readings: {
      malformed: 'An unreadable frame, as under FRAME_ERROR.',
      unauthentic: 'A failure of authentication, as the list of codes has it.',
    },
    assumed: 'malformed',
  }),
  malformedAnswer: defineAmbiguity('qosst/malformedAnswer', {
    cite: errors,
    question: 'How does Alice answer a frame that she cannot read?',
    readings: {
      answered: 'With INVALID_CONTENT.',
      closed: 'Not at all: she closes the connection.',
    },
    assumed: 'answered',
  }), // facts 6.19
  overLimit: defineAmbiguity('qosst/overLimit', {
    cite: frame,
    question: 'What does Alice do with content that is longer than she takes?',
    readings: {
      refused: 'She answers INVALID_CONTENT and may close the connection.',
      closed: 'She closes the connection without an answer.',
      served: 'She reads content of any length.',
    },
    assumed: 'refused',
  }), // facts 6.49
  halfFrame: defineAmbiguity('qosst/halfFrame', {
    cite: errors,
    question: 'What is a frame that ends with the connection?',
    readings: {
      disconnection: 'A disconnection: nothing is answered.',
      answered: 'A malformed frame: Alice answers while she still can.',
    },
    assumed: 'disconnection',
  }), // facts 6.46
};
