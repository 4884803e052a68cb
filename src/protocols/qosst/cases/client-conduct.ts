import { requirements } from '#models/qosst/index.ts';
import type { Requirement } from '#models/language/index.ts';
import type { Case } from '#src/contract/case.ts';
import type { QosstBend } from '../compose.ts';
import { qosstCase } from './case.ts';

/** What Bob says when nothing goes wrong: one whole session a case, looked at for one topic. */
export const clientConduct: readonly Case<QosstBend>[] = [
  conduct('frames', 'Bob frames what he says as described', [
    requirements.fixedHeaderFourBytes,
    requirements.lengthsBigEndian,
    requirements.lengthsInOrder,
    requirements.bodyOrder,
    requirements.digestMatches,
    requirements.limitsRespected,
  ]),
  conduct('headers', 'Bob puts the four members into every header', [
    requirements.headerIsJsonObject,
    requirements.headerMembers,
    requirements.headerMemberTypes,
  ]),
  conduct(
    'contents',
    'Bob says how long a content is in bytes, and sends none where none belongs',
    [
      requirements.contentIsJson,
      requirements.contentLengthCountsBytes,
      requirements.noContentHasLengthZero,
      requirements.contentlessHasNone,
    ],
  ),
  conduct('codes', 'Bob says nothing but what is his to say', [
    requirements.codesInReservedRanges,
    requirements.codesOfTheirSide,
    requirements.errorCodesStayLocal,
  ]),
  conduct('challenges', 'Bob returns each challenge and issues a fresh one each time', [
    requirements.challengeEchoed,
    requirements.challengeUnique,
  ]),
  conduct(
    'first-message',
    'Bob begins by naming himself and his version, and issues the first challenge',
    [
      requirements.firstChallengeIssued,
      requirements.identificationFirst,
      requirements.identificationRequestContent,
    ],
  ),
  conduct('frame-begins', 'Bob begins each frame with a UUID of its own', [
    requirements.initializationRequestContent,
    requirements.frameBeginsWithInitialization,
    requirements.exchangeRequestNamesFrame,
  ]),
  conduct('parameter', 'Bob names a parameter and a value when he wants it changed', [
    requirements.parameterRequestContent,
  ]),
  conduct('recovery', 'Bob ends the recovery that he has begun', [
    requirements.recoveryEndAfterStart,
  ]),
  conduct('exchange', 'Bob asks, triggers and ends the exchange, in this order', [
    requirements.exchangeOrder,
    requirements.triggerAfterReady,
  ]),
  conduct('estimation', 'Bob asks for symbols by index and gives all his estimates', [
    requirements.estimationAfterExchange,
    requirements.symbolsRequestContent,
    requirements.estimatesContent,
  ]),
  conduct('correction', 'Bob corrects block by block, then verifies', [
    requirements.correctionAfterApproval,
    requirements.correctionContent,
    requirements.correctionOrder,
  ]),
  conduct('amplification', 'Bob names the parameters of the hash once the keys are equal', [
    requirements.amplificationAfterCorrection,
    requirements.amplificationContent,
  ]),
  conduct('frame-ends', 'Bob ends the frame by its UUID after privacy amplification', [
    requirements.frameEndAfterAmplification,
    requirements.frameEndNamesFrame,
  ]),
  conduct('turns', 'Bob waits for each answer before he asks again', [
    requirements.speaksOnlyWhenAsked,
  ]),
  conduct('farewell', 'Bob takes his leave before he goes, and then says nothing more', [
    requirements.disconnectBeforeLeaving,
    requirements.disconnectionEndsTalk,
  ]),
];

function conduct(
  name: string,
  title: string,
  covers: readonly [Requirement, ...Requirement[]],
): Case<QosstBend> {
  return qosstCase({
    id: `client-conduct/${name}`,
    title,
    covers,
    against: 'bob',
  });
}
