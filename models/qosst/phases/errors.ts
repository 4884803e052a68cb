import { conversation } from '../conversation.ts';
import { messages } from '../messages.ts';
import { requirements } from '../requirements.ts';
import { mayIdentify } from './identification.ts';

/** After the farewell nothing that Bob says has to be answered, and nothing that Alice says is wrong. */
const afterwards = { guard: 'hasTakenLeave', target: '.afterwards' } as const;
const whateverAliceSays = Object.fromEntries(
  Object.entries(messages)
    .filter(([, row]) => row.saidBy.some((side) => side === 'alice'))
    .map(([name]) => [`alice.${name}`, 'none']),
);

/** ABORT answers any message of Bob's while a frame is being worked on: session.ts drops it. */
const abortsInstead = { guard: 'aliceAbortsFrame', target: 'none' } as const;

/** A request may have a refusal of its own for content that does not fit. */
const ownRefusal = { guard: 'refusesInItsOwnWay', target: 'none' } as const;

/**
 * What Alice owes for a frame of Bob's that is wrong: codes 10, 11, 12 and 17. A region beside
 * the phases: a refusal leaves the phase where it is. Before identification AUTHENTICATION_INVALID
 * is as good an answer as the code of the fault.
 * @see QOSST control protocol, Other messages
 */
export const refusal = conversation.createStateConfig({
  initial: 'none',
  on: {
    'bob.malformed': [
      afterwards,
      { guard: 'streamLost', target: '.lost' },
      { target: '.malformed' },
    ],
    'bob.unauthentic': [afterwards, { target: '.unauthentic' }],
    'bob.unknown': [afterwards, { target: '.unknown' }],
    'bob.misplaced': [afterwards, { target: '.misplaced' }],
    'bob.unfit': [afterwards, { target: '.unfit' }],
  },
  states: {
    none: {},
    afterwards: {
      tags: ['may:alice'],
      meta: { covers: [requirements.disconnectionEndsTalk] },
      on: { ...whateverAliceSays, 'alice.closes': '#disconnection.closed' },
    },
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
        'alice.authenticationInvalid': 'suspicious',
        'alice.closes': { guard: 'failuresMayClose', target: '#disconnection.closed' },
      },
    },
    /** After a failure of authentication Alice may have had enough, where that is a reading. */
    suspicious: {
      on: {
        'alice.closes': { guard: 'failuresMayClose', target: '#disconnection.closed' },
        'alice.*': 'none',
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
        /** Whoever reads the content first finds the UUID of another frame. */
        'alice.invalidContent': { guard: 'namesOtherFrame', target: 'none' },
        'alice.abort': abortsInstead,
      },
    },
    unfit: {
      tags: ['owes:alice'],
      meta: {
        covers: [requirements.invalidContentAnswered, requirements.invalidContentReturnsCode],
      },
      on: {
        'alice.invalidContent': { guard: 'codeReturned', target: 'none' },
        'alice.abort': abortsInstead,
        'alice.initializationDenied': ownRefusal,
        'alice.initializationProposal': ownRefusal,
        'alice.parameterUnknown': ownRefusal,
        'alice.parameterInvalidValue': ownRefusal,
        'alice.peSymbolsError': ownRefusal,
        'alice.peDenied': ownRefusal,
        'alice.ecDenied': ownRefusal,
        'alice.ecBlockError': ownRefusal,
        'alice.ecRemainingError': ownRefusal,
        'alice.ecVerificationFail': ownRefusal,
        'alice.paError': ownRefusal,
      },
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
      on: {
        'alice.invalidResponseAck': [
          {
            guard: 'complaintDropsFrame',
            target: '#identified',
            reenter: true,
            actions: 'dropFrame',
          },
          { target: 'none' },
        ],
      },
    },
  },
});

/** What Bob may do about an answer that he cannot use. */
const objections = {
  'bob.invalidResponse': 'complaining',
  'bob.abort': 'aborting',
  'bob.disconnection': { guard: 'leavesWithoutComplaint', target: '#disconnection' },
} as const;

/** What Bob may do once he has objected, or was refused. DISCONNECTION is for the identified. */
const wayOut = {
  ...mayIdentify,
  'bob.invalidResponse': 'complaining',
  'bob.abort': 'aborting',
  'bob.disconnection': '#disconnection',
  'bob.closes': { guard: 'unidentified', target: '#disconnection.closed' },
  'bob.initializationRequest': {
    guard: 'identified',
    target: '#initialization.answering',
    actions: 'beginFrame',
  },
} as const;

/**
 * Alice's last answer was none that Bob could use: he says so, then leaves, aborts or begins anew.
 * @see QOSST control protocol, INVALID_RESPONSE
 */
export const stranded = conversation.createStateConfig({
  initial: 'bewildered',
  states: {
    bewildered: {
      tags: ['owes:bob'],
      meta: { covers: [requirements.invalidResponseSent] },
      on: objections,
    },
    /** The answer could not even be read: the chain of challenges is lost with it. */
    garbled: {
      tags: ['owes:bob'],
      meta: { covers: [requirements.invalidResponseSent] },
      on: { ...mayIdentify, ...objections },
    },
    /** Alice refused a request that was in order: what follows is Bob's to decide. */
    refused: { on: wayOut },
    complaining: {
      tags: ['owes:alice'],
      meta: { covers: [requirements.invalidResponseAcknowledged] },
      on: {
        'alice.invalidResponseAck': 'settled',
        'alice.malformed': 'settled',
        'alice.unknown': 'settled',
        'alice.unfit': 'settled',
        'alice.misplaced': [{ guard: 'saysUnauthentic', target: '#distrust' }, 'settled'],
      },
    },
    settled: { on: wayOut },
    aborting: {
      tags: ['owes:alice'],
      meta: { covers: [requirements.abortAcknowledged] },
      on: {
        'alice.abortAck': [
          { guard: 'unidentified', target: '#unidentified' },
          { target: '#identified', actions: 'dropFrame' },
        ],
      },
    },
  },
});
