import type { RequirementRow } from '#models/language/index.ts';

const errors = { document: 'qosst-control-protocol', section: 'Error codes' } as const;
const list = { document: 'qosst-control-protocol', section: 'List of codes' } as const;
const constants = { document: 'qosst-control-protocol-api', section: 'Control protocol' } as const;
const sockets = { document: 'qosst-control-protocol-api', section: 'Sockets' } as const;

/** Which codes exist, whose they are, and what the API page adds to the prose. */
export const codes = {
  codesInReservedRanges: {
    level: 'MUST',
    basis: 'stated',
    binds: 'any',
    cite: list,
    text: 'Every message has a listed code, within the range that is reserved for its subject.',
  },
  codesOfTheirSide: {
    level: 'MUST',
    basis: 'implied',
    binds: 'any',
    cite: list,
    text: 'Each side sends only codes that are its own: Bob those of requests, Alice those of answers.',
  },
  errorCodesStayLocal: {
    level: 'MUST',
    basis: 'implied',
    binds: 'any',
    cite: errors,
    text: 'The negative codes of the low layers are not sent.',
  },
  lowLayersReport: {
    level: 'MAY',
    basis: 'stated',
    binds: 'any',
    cite: errors,
    text: 'A low layer reports a lost peer, an unreadable frame, a failed check or an unknown code by an error code.',
    unobservable: 'Error codes pass between the layers of one side.',
  },

  versionSpoken: {
    level: 'MUST',
    basis: 'stated',
    binds: 'any',
    cite: constants,
    text: 'The version of the control protocol is QOSST/0.2.',
    unobservable:
      'The version that a side speaks is a setting of its profile; refusing another has its own rows.',
  },
  defaultPort: {
    level: 'SHOULD',
    basis: 'stated',
    binds: 'alice',
    cite: constants,
    text: 'Alice listens on port 8181 unless told otherwise.',
    unobservable: 'The port is given to the harness before a trace begins.',
  },
  challengeLength: {
    level: 'SHOULD',
    basis: 'stated',
    binds: 'any',
    cite: constants,
    text: 'A challenge is 15 characters long.',
    unobservable:
      'A constant of one implementation; the challenges in the prose have other lengths.',
  },
  readingBuffer: {
    level: 'MAY',
    basis: 'stated',
    binds: 'any',
    cite: constants,
    text: 'A side reads at most 2048 bytes at a time.',
    unobservable: 'How a side cuts what it reads does not show on the wire.',
  },
  clientReconnects: {
    level: 'SHOULD',
    basis: 'stated',
    binds: 'bob',
    cite: sockets,
    text: 'Bob tries to reconnect after a disconnection.',
    unobservable: 'No time is given within which he tries.',
  },
  serverClosesItsEnd: {
    level: 'SHOULD',
    basis: 'stated',
    binds: 'alice',
    cite: sockets,
    text: 'Alice closes the socket of a client that has disconnected.',
    unobservable: 'The client has gone and does not see it.',
  },
} as const satisfies Record<string, RequirementRow>;
