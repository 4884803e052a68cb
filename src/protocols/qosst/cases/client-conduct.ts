import { messages, requirements } from '#models/qosst/index.ts';
import type { Requirement } from '#models/language/index.ts';
import type { Case, Expectation, JudgedFrame } from '#src/contract/case.ts';
import type { Violation } from '#src/contract/verdict.ts';
import type { QosstBend } from '../compose.ts';
import { member } from '../say.ts';
import { qosstCase } from './case.ts';

/** Finds what is wrong with what Bob said, and with which of his frames. */
type Finding = (said: readonly JudgedFrame[]) => { at: number; what: string } | null;

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
    ([first]) =>
      first !== undefined && first.perceived.payload['nextChallenge'] === ''
        ? { at: first.at, what: 'The first message issues an empty challenge.' }
        : null,
  ),
  conduct(
    'frame-begins',
    'Bob begins each frame with a UUID of its own',
    [
      requirements.initializationRequestContent,
      requirements.frameBeginsWithInitialization,
      requirements.exchangeRequestNamesFrame,
    ],
    repeatedUuid,
  ),
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
  find?: Finding,
): Case<QosstBend> {
  return qosstCase({
    id: `client-conduct/${name}`,
    title,
    covers,
    against: 'bob',
    ...(find === undefined ? {} : { expect: expectation(covers[0], find) }),
  });
}

function expectation(requirement: Requirement, find: Finding): Expectation {
  return {
    text: requirement.text,
    check(frames): Violation | null {
      const found = find(frames.filter(({ by }) => by === 'peer'));
      if (found === null) return null;
      const { at, what } = found;
      return {
        kind: 'content',
        requirement,
        expected: [{ outcome: 'the whole session', why: requirement.text }],
        actual: what,
        explanation: `${requirement.text} [${requirement.id}] ${what}`,
        at,
      };
    },
  };
}

/** A UUID that was ended with its frame must not begin another. */
function repeatedUuid(said: readonly JudgedFrame[]): { at: number; what: string } | null {
  const ended = new Set<unknown>();
  for (const { perceived, at } of said) {
    const { code, content } = perceived.payload;
    const uuid = member(content, 'frame_uuid');
    if (code === messages.frameEnded.code) ended.add(uuid);
    if (code !== messages.initializationRequest.code || !ended.has(uuid)) continue;
    return { at, what: 'Another frame has the UUID of one that was ended.' };
  }
  return null;
}
