import { defineAmbiguity, deviant } from '#models/language/index.ts';

const identifying = {
  document: 'qosst-control-protocol',
  section: 'Authentication and identification',
} as const;
const constants = { document: 'qosst-control-protocol-api', section: 'Control protocol' } as const;
const sockets = { document: 'qosst-control-protocol-api', section: 'Sockets' } as const;
const invalid = { document: 'qosst-control-protocol', section: 'AUTHENTICATION_INVALID' } as const;
const unknownCommand = { document: 'qosst-control-protocol', section: 'UNKNOWN_COMMAND' } as const;

/** How the sides identify themselves and trust each other. */
export const identification = {
  protocolVersion: defineAmbiguity('qosst/protocolVersion', {
    cite: constants,
    question: 'Which version is the protocol described?',
    readings: {
      v02: 'QOSST/0.2, as the list of codes and the API page say.',
      v01: 'QOSST/0.1, as the title and an example of the prose say.',
    },
    assumed: 'v02',
  }), // facts 6.2
  versionCompatibility: defineAmbiguity('qosst/versionCompatibility', {
    cite: identifying,
    question: 'Which versions are compatible?',
    readings: {
      sameString: 'Only one and the same: every other string is refused.',
      sameProtocol: 'All that describe the same messages, such as QOSST/0.1 and QOSST/0.2.',
    },
    assumed: 'sameString',
  }), // facts 6.3
  identificationAnswer: defineAmbiguity('qosst/identificationAnswer', {
    cite: identifying,
    question: 'With which message does Alice answer IDENTIFICATION_REQUEST?',
    readings: {
      response: 'IDENTIFICATION_RESPONSE, as heading and diagram say.',
      request: deviant('IDENTIFICATION_REQUEST, as the sentence says.'),
    },
    assumed: 'response',
  }), // facts 6.4
  firstChallenge: defineAmbiguity('qosst/firstChallenge', {
    cite: identifying,
    question: 'Which challenge may the first message have?',
    readings: {
      anyAccepted: 'Any: it is sent empty and never looked at.',
      emptyRequired: deviant('The empty string only.'),
    },
    assumed: 'anyAccepted',
  }), // facts 6.6
  beforeIdentification: defineAmbiguity('qosst/beforeIdentification', {
    cite: identifying,
    question: 'What becomes of other messages before identification?',
    readings: {
      refused: 'They are refused: UNEXPECTED_COMMAND or AUTHENTICATION_INVALID.',
      executed: deviant('ABORT, DISCONNECTION and some others are carried out.'),
    },
    assumed: 'refused',
  }), // facts 6.7
  refusalEcho: defineAmbiguity('qosst/refusalEcho', {
    cite: unknownCommand,
    question: 'Which challenge does a refusal return?',
    readings: {
      requested: 'The one that the refused message issued, or none where it could not be read.',
      pending: deviant('The one that Alice was waiting for herself.'),
    },
    assumed: 'requested',
  }), // facts 6.8
  unreadableEcho: defineAmbiguity('qosst/unreadableEcho', {
    cite: unknownCommand,
    question: 'Which challenge returns the refusal of a frame that could not be read?',
    readings: {
      parsed: 'The one that it issued, where that much could be read; else the empty string.',
      none: 'The empty string.',
      lastKnown: 'The one that the last readable frame issued.',
    },
    assumed: 'parsed',
  }), // facts 6.8
  serialNumberType: defineAmbiguity('qosst/serialNumberType', {
    cite: identifying,
    question: 'Must a serial number be a string?',
    readings: {
      text: 'Yes, as in the examples.',
      any: 'No: it may be any value.',
    },
    assumed: 'text',
  }),
  challengePlace: defineAmbiguity('qosst/challengePlace', {
    cite: identifying,
    question: 'Where do the challenges stand?',
    readings: {
      header: 'In the header.',
      content: deviant('In the content, as the page on authentication says.'),
    },
    assumed: 'header',
  }), // facts 6.50
  sessionAcrossConnections: defineAmbiguity('qosst/sessionAcrossConnections', {
    cite: sockets,
    question:
      'Does an identification outlive its connection, as the one stored challenge suggests?',
    readings: {
      forgotten: 'No: Bob identifies himself on every connection.',
      resumed: deviant('Yes: who knows the last challenge goes on where he was.'),
    },
    assumed: 'forgotten',
  }), // facts 6.47
  reconnection: defineAmbiguity('qosst/reconnection', {
    cite: sockets,
    question: 'Does Bob connect again after a disconnection?',
    readings: {
      tried: 'Yes, as the API page says.',
      left: 'No: he leaves it at that.',
    },
    assumed: 'tried',
  }), // facts 6.47
  frameAfterReidentification: defineAmbiguity('qosst/frameAfterReidentification', {
    cite: identifying,
    question: 'Does the current frame outlive another identification?',
    readings: {
      forgotten: 'No: Bob begins a frame anew.',
      survives: 'Yes: work goes on where it was.',
      survivesFailures: 'Yes, unless a version was refused in between.',
    },
    assumed: 'forgotten',
  }), // facts 6.9
  refusedVersionKeeps: defineAmbiguity('qosst/refusedVersionKeeps', {
    cite: identifying,
    question: 'What does a refused version do to an identification that was made before?',
    readings: {
      identificationLost: 'It is lost.',
      identificationKept: 'It stays.',
    },
    assumed: 'identificationLost',
  }),
  authenticationFailureLimit: defineAmbiguity('qosst/authenticationFailureLimit', {
    cite: invalid,
    question: 'Does a number of authentication failures end the talk?',
    readings: {
      none: 'No: the number is not given, and none is looked for.',
      enforced: 'Yes: Alice closes the connection after a number of her own.',
    },
    assumed: 'none',
  }), // facts 6.10
};
