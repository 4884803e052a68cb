import type { RequirementRow } from '#models/language/index.ts';
import { permission } from './permission.ts';

const unknownCommand = { document: 'qosst-control-protocol', section: 'UNKNOWN_COMMAND' } as const;
const unexpectedCommand = {
  document: 'qosst-control-protocol',
  section: 'UNEXPECTED_COMMAND',
} as const;
const invalidContent = { document: 'qosst-control-protocol', section: 'INVALID_CONTENT' } as const;
const invalidResponse = {
  document: 'qosst-control-protocol',
  section: 'INVALID_RESPONSE',
} as const;
const errorCodes = { document: 'qosst-control-protocol', section: 'Error codes' } as const;

/** How the sides refuse what they cannot take. */
export const refusals = {
  unknownCommandAnswered: {
    level: 'MUST',
    basis: 'stated',
    binds: 'alice',
    cite: unknownCommand,
    text: 'Alice answers a code that is not in the description of the protocol with UNKNOWN_COMMAND.',
  },
  unknownCommandReturnsCode: {
    level: 'MUST',
    basis: 'stated',
    binds: 'alice',
    cite: unknownCommand,
    text: 'UNKNOWN_COMMAND has the code that was sent.',
  },
  unexpectedCommandAnswered: {
    level: 'MUST',
    basis: 'stated',
    binds: 'alice',
    cite: unexpectedCommand,
    text: 'Alice answers a command that makes no sense in the current context with UNEXPECTED_COMMAND.',
  },
  unexpectedCommandReturnsCode: {
    level: 'MUST',
    basis: 'stated',
    binds: 'alice',
    cite: unexpectedCommand,
    text: 'UNEXPECTED_COMMAND has the code of the command.',
  },
  unexpectedMayExplain: {
    level: 'MAY',
    basis: 'stated',
    binds: 'alice',
    cite: unexpectedCommand,
    text: 'UNEXPECTED_COMMAND has an error message.',
    unobservable: permission,
  },
  invalidContentAnswered: {
    level: 'MUST',
    basis: 'stated',
    binds: 'alice',
    cite: invalidContent,
    text: 'Alice answers content that is not valid for its message with INVALID_CONTENT.',
  },
  invalidContentReturnsCode: {
    level: 'MUST',
    basis: 'stated',
    binds: 'alice',
    cite: invalidContent,
    text: 'INVALID_CONTENT has the code of the command.',
  },
  invalidContentMayExplain: {
    level: 'MAY',
    basis: 'stated',
    binds: 'alice',
    cite: invalidContent,
    text: 'INVALID_CONTENT has an error message.',
    unobservable: permission,
  },
  malformedFrameAnswered: {
    level: 'SHOULD',
    basis: 'observed',
    binds: 'alice',
    cite: errorCodes,
    text: 'Alice answers a frame that she cannot read with INVALID_CONTENT.',
  },

  invalidResponseSent: {
    level: 'MUST',
    basis: 'stated',
    binds: 'bob',
    cite: invalidResponse,
    text: 'Bob answers a response with an unexpected code or malformed content with INVALID_RESPONSE.',
  },
  invalidResponseMayExplain: {
    level: 'MAY',
    basis: 'stated',
    binds: 'bob',
    cite: invalidResponse,
    text: 'INVALID_RESPONSE has an error message.',
    unobservable: permission,
  },
  invalidResponseAcknowledged: {
    level: 'MUST',
    basis: 'stated',
    binds: 'alice',
    cite: invalidResponse,
    text: 'Alice answers INVALID_RESPONSE with INVALID_RESPONSE_ACK.',
  },
  invalidResponseDisconnects: {
    level: 'SHOULD',
    basis: 'stated',
    binds: 'bob',
    cite: invalidResponse,
    text: 'Bob disconnects after INVALID_RESPONSE.',
    unobservable: 'The document says that he probably has to: a Bob who goes on breaks nothing.',
  },
} as const satisfies Record<string, RequirementRow>;
