import { conversation } from '../conversation.ts';
import { requirements } from '../requirements.ts';

/**
 * What Alice owes for a frame of Bob's that is wrong: codes 10, 11, 12 and 17. A region beside
 * the phases: a refusal leaves the phase where it is. Before identification AUTHENTICATION_INVALID
 * is as good an answer as the code of the fault.
 * @see QOSST control protocol, Other messages
 */
export const refusal = conversation.createStateConfig({
  initial: 'none',
  on: {
    'bob.malformed': [{ guard: 'streamLost', target: '.lost' }, { target: '.malformed' }],
    'bob.unauthentic': '.unauthentic',
    'bob.unknown': '.unknown',
    'bob.misplaced': '.misplaced',
    'bob.unfit': '.unfit',
  },
  states: {
    none: {},
    malformed: {
      tags: ['owes:alice'],
      meta: { covers: [requirements.invalidContentAnswered] },
      on: {
        'alice.invalidContent': { guard: 'codeReturnedIfRead', target: 'doubtful' },
        'alice.closes': { guard: 'malformedMayClose', target: '#disconnection.closed' },
      },
    },
    /** After a broken frame it is uncertain where the next begins: Alice may give up. */
    doubtful: {
      on: {
        'alice.closes': '#disconnection.closed',
        'alice.*': 'none',
      },
    },
    /** A frame so long that Alice need not read it: she may answer, and may close. */
    lost: {
      tags: ['owes:alice'],
      meta: { covers: [requirements.limitsRespected] },
      on: { 'alice.invalidContent': 'doubtful', 'alice.closes': '#disconnection.closed' },
    },
    unauthentic: {
      tags: ['owes:alice'],
      meta: { covers: [requirements.unauthenticAnswered] },
      on: {
        'alice.authenticationInvalid': 'none',
        'alice.closes': { guard: 'failuresMayClose', target: '#disconnection.closed' },
      },
    },
    unknown: {
      tags: ['owes:alice'],
      meta: {
        covers: [requirements.unknownCommandAnswered, requirements.unknownCommandReturnsCode],
      },
      on: {
        'alice.unknownCommand': { guard: 'codeReturned', target: 'none' },
        'alice.unexpectedCommand': { guard: 'codeReturnedUnidentified', target: 'none' },
        'alice.authenticationInvalid': { guard: 'unidentified', target: 'none' },
      },
    },
    misplaced: {
      tags: ['owes:alice'],
      meta: {
        covers: [requirements.unexpectedCommandAnswered, requirements.unexpectedCommandReturnsCode],
      },
      on: {
        'alice.unexpectedCommand': { guard: 'codeReturned', target: 'none' },
        'alice.authenticationInvalid': { guard: 'unidentified', target: 'none' },
      },
    },
    unfit: {
      tags: ['owes:alice'],
      meta: {
        covers: [requirements.invalidContentAnswered, requirements.invalidContentReturnsCode],
      },
      on: { 'alice.invalidContent': { guard: 'codeReturned', target: 'none' } },
    },
  },
});

/**
 * Bob says that Alice's last answer made no sense, at any time once identified.
 * @see QOSST control protocol, INVALID_RESPONSE
 */
export const complaint = conversation.createStateConfig({
  initial: 'none',
  states: {
    none: { on: { 'bob.invalidResponse': 'acknowledging' } },
    acknowledging: {
      tags: ['owes:alice'],
      meta: { covers: [requirements.invalidResponseAcknowledged] },
      on: { 'alice.invalidResponseAck': 'none' },
    },
  },
});

/**
 * Alice's last answer was none that Bob could use: he says so, then leaves, aborts or begins anew.
 * @see QOSST control protocol, INVALID_RESPONSE
 */
export const stranded = conversation.createStateConfig({
  initial: 'bewildered',
  states: {
    bewildered: {
      meta: { covers: [requirements.invalidResponseSent] },
      on: {
        'bob.invalidResponse': 'complaining',
        'bob.abort': 'aborting',
        'bob.disconnection': { guard: 'leavesWithoutComplaint', target: '#disconnection' },
      },
    },
    complaining: {
      tags: ['owes:alice'],
      meta: { covers: [requirements.invalidResponseAcknowledged] },
      on: { 'alice.invalidResponseAck': 'settled' },
    },
    settled: {
      on: {
        'bob.disconnection': '#disconnection',
        'bob.abort': 'aborting',
        'bob.invalidResponse': 'complaining',
      },
    },
    aborting: {
      tags: ['owes:alice'],
      meta: { covers: [requirements.abortAcknowledged] },
      on: { 'alice.abortAck': { target: '#identified', actions: 'dropFrame' } },
    },
  },
});
