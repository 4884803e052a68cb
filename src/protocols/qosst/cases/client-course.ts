import { requirements, type SaidBy } from '#models/qosst/index.ts';
import type { Case } from '#src/contract/case.ts';
import type { QosstBend } from '../compose.ts';
import { qosstCase, type QosstPlayer } from './case.ts';
import { answerCase, keepAnswering } from './client-case.ts';

/** Long enough for a client that does not wait, ms. */
const waitMs = 150;
/** How a connection ends before its time. */
const broken = { end: 'closed', reset: 'reset' } as const;
/** Rounds of denials: more than a client needs to give up. */
const manyRounds = 12;

const waits: readonly string[] = [
  'identification.answering',
  'initialization.answering',
  'quantumInformationExchange.preparing',
  'parameterEstimation.answeringIndices',
];

/** Codes that are none of the protocol's. */
const unknownCodes: Readonly<Record<string, number | bigint>> = {
  zero: 0,
  'reserved-18': 18,
  'reserved-103': 103,
  'reserved-255': 255,
  'beyond-1000': 1000,
  negative: -1,
  huge: 123_456_789_012_345_678_901n,
};

/** Refusals of a request that was in order: what Bob does about them is his affair. */
const refused: readonly (readonly [SaidBy<'alice'>, string])[] = [
  ['unknownCommand', 'polarisationRecovery.starting'],
  ['invalidContent', 'parameterChange.answering'],
  ['unexpectedCommand', 'initialization.answering'],
  ['unexpectedCommand', 'errorCorrection.answering'],
];

/** How Bob bears what goes wrong in the course of a session. */
export const clientCourse: readonly Case<QosstBend>[] = [
  ...waits.map((from) =>
    bob({
      id: `client-course/waits-in-${from}`,
      title: `Bob waits for the answer that he is owed in ${from}`,
      covers: [requirements.speaksOnlyWhenAsked],
      from,
      play: (alice) => alice.hear(waitMs),
    }),
  ),
  bob({
    id: 'client-course/waits-for-farewell',
    title: 'Bob says nothing more while DISCONNECTION is not answered',
    covers: [requirements.speaksOnlyWhenAsked, requirements.disconnectionEndsTalk],
    from: 'disconnection.acknowledging',
    play: (alice) => alice.hear(waitMs),
  }),

  ...Object.entries(unknownCodes).map(([name, code]) =>
    answerCase({
      id: `client-course/unknown-code-${name}`,
      title: `Bob objects to the code ${code}, which is none of the protocol's`,
      covers: [requirements.invalidResponseSent],
      from: 'initialization.answering',
      message: 'initializationAccepted',
      bend: { frame: { code } },
    }),
  ),
  answerCase({
    id: 'client-course/unknown-code-late',
    title: 'Bob objects to an unknown code late in a frame',
    covers: [requirements.invalidResponseSent],
    from: 'privacyAmplification.answering',
    message: 'paSuccess',
    bend: { frame: { code: 219 } },
  }),
  answerCase({
    id: 'client-course/local-error-code',
    title: 'Bob objects to an answer with the code of a local error',
    covers: [requirements.invalidResponseSent, requirements.errorCodesStayLocal],
    from: 'quantumInformationExchange.ending',
    message: 'qieEnded',
    bend: { frame: { code: -3 } },
  }),

  ...refused.map(([message, from]) =>
    answerCase({
      id: `client-course/${message}-in-${from}`,
      title: `Bob stays within the protocol when Alice refuses what he asks in ${from}`,
      covers: [requirements.disconnectBeforeLeaving],
      from,
      message,
      tags: [],
    }),
  ),
  answerCase({
    id: 'client-course/version-refused',
    title: 'Bob asks for nothing when Alice refuses his version',
    covers: [requirements.identificationFirst],
    from: 'identification.answering',
    message: 'invalidQosstVersion',
    bend: { content: { qosst_version: 'QOSST/9.9' } },
    tags: [],
  }),
  bob({
    id: 'client-course/denied-again-and-again',
    title: 'Bob proposes another frame, or leaves, each time that Alice denies one',
    covers: [requirements.frameBeginsWithInitialization],
    from: 'initialization.answering',
    play: async (alice) => {
      alice.send('initializationDenied');
      await keepAnswering(
        alice,
        { initializationRequest: 'initializationDenied' },
        { rounds: manyRounds },
      );
    },
  }),
  bob({
    id: 'client-course/proposals-again-and-again',
    title: 'Bob asks for the configuration, proposes or leaves, each time that Alice proposes',
    covers: [requirements.configurationOnlyAfterProposal],
    from: 'initialization.answering',
    play: async (alice) => {
      alice.send('initializationProposal');
      await keepAnswering(
        alice,
        {
          initializationRequest: 'initializationProposal',
          initializationRequestConfig: 'initializationConfig',
        },
        { rounds: manyRounds },
      );
    },
  }),
  bob({
    id: 'client-course/aborted-again-and-again',
    title: 'Bob begins another frame, or leaves, each time that Alice aborts one',
    covers: [requirements.aliceAbortObeyed, requirements.abortKeepsSession],
    from: 'quantumInformationExchange.preparing',
    play: async (alice) => {
      alice.send('abort');
      await keepAnswering(
        alice,
        { initializationRequest: 'initializationAccepted', qieRequest: 'abort' },
        { rounds: manyRounds },
      );
    },
  }),
  bob({
    id: 'client-course/errors-again-and-again',
    title: 'Bob stays in error correction while no block can be corrected',
    covers: [requirements.correctionOrder],
    from: 'errorCorrection.answeringBlock',
    play: async (alice) => {
      alice.send('ecBlockError');
      await keepAnswering(
        alice,
        {
          ecBlock: 'ecBlockError',
          ecRemaining: 'ecRemainingError',
          ecVerification: 'ecVerificationFail',
        },
        { rounds: manyRounds },
      );
    },
  }),
  bob({
    id: 'client-course/objection-ignored',
    title: 'Bob takes his leave although Alice does not acknowledge that her answer was wrong',
    covers: [requirements.invalidResponseSent, requirements.disconnectBeforeLeaving],
    from: 'initialization.answering',
    tags: ['hostile'],
    play: async (alice) => {
      alice.send('qieReady');
      await keepAnswering(alice, 'qieReady', { rounds: 3 });
    },
  }),
  bob({
    id: 'client-course/objection-disbelieved',
    title: 'Bob identifies himself again when Alice does not believe that he objects',
    covers: [requirements.unauthenticReidentifies],
    from: 'initialization.answering',
    tags: ['hostile'],
    play: async (alice) => {
      alice.send('qieReady');
      await keepAnswering(alice, { invalidResponse: 'authenticationInvalid' }, { rounds: 1 });
    },
  }),
  bob({
    id: 'client-course/abort-unacknowledged',
    title: 'Bob objects when his ABORT is answered by something else',
    covers: [requirements.invalidResponseSent, requirements.abortDropsFrame],
    from: 'parameterEstimation.answeringIndices',
    tags: ['hostile'],
    play: async (alice) => {
      alice.send('peSymbolsError');
      await keepAnswering(alice, { abort: 'qieReady' }, { rounds: 1 });
    },
  }),
  bob({
    id: 'client-course/abort-acknowledged',
    title: 'Bob begins another frame, or leaves, after an ABORT of his own',
    covers: [requirements.abortDropsFrame, requirements.abortKeepsSession],
    from: 'parameterEstimation.answeringIndices',
    play: async (alice) => {
      alice.send('peSymbolsError');
      await keepAnswering(alice, { abort: 'abortAck' }, { rounds: 1 });
    },
  }),

  answerCase({
    id: 'client-course/answered-twice',
    title: 'Bob is not led on by a second answer to one request',
    covers: [requirements.speaksOnlyWhenAsked, requirements.unauthenticAnswerReidentifies],
    from: 'initialization.answering',
    message: 'initializationAccepted',
    play: async (alice) => {
      const second = alice.compose('qieReady');
      alice.write(Buffer.concat([alice.compose('initializationAccepted'), second]));
      await alice.hear();
      await alice.hear(waitMs);
    },
  }),
  answerCase({
    id: 'client-course/answered-unasked',
    title: 'Bob is not led on by a message that he did not ask for',
    covers: [requirements.speaksOnlyWhenAsked],
    from: 'quantumInformationExchange.triggering',
    message: 'qieEmissionStarted',
    play: async (alice) => {
      alice.send('qieEmissionStarted');
      alice.send('qieEnded');
      await alice.hear();
      await alice.hear(waitMs);
    },
  }),

  ...(['end', 'reset'] as const).flatMap((how) => [
    bob({
      id: `client-course/${how}-instead-of-answer`,
      title: `Bob bears a connection that is ${broken[how]} instead of an answer`,
      covers: [requirements.abortKeepsSession],
      from: 'quantumInformationExchange.triggering',
      play: (alice) => alice.reconnect(how),
    }),
    bob({
      id: `client-course/${how}-amid-answer`,
      title: `Bob bears a connection that is ${broken[how]} amid an answer`,
      covers: [requirements.bodyOrder],
      from: 'parameterEstimation.answeringIndices',
      tags: ['hostile'],
      play: async (alice) => {
        const answer = alice.compose('peSymbolsResponse');
        alice.write(answer.subarray(0, answer.length >> 1));
        await alice.pause(5);
        await alice.reconnect(how);
      },
    }),
  ]),
];

function bob(row: {
  readonly id: string;
  readonly title: string;
  readonly covers: Case['covers'];
  readonly from: string;
  readonly tags?: readonly string[];
  readonly play: (alice: QosstPlayer) => Promise<unknown>;
}): Case<QosstBend> {
  return qosstCase({ ...row, against: 'bob' });
}
