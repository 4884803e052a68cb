import { requirements } from '#models/qosst/index.ts';
import type { Case } from '#src/contract/case.ts';
import type { QosstBend } from '../compose.ts';
import { qosstCase } from './case.ts';
import { answerCase, keepAnswering, takes } from './client-case.ts';

const distrusts = [requirements.unauthenticAnswerReidentifies, requirements.lostChainReidentifies];
const early = { from: 'initialization.answering', message: 'initializationAccepted' } as const;
/** Deep in a session, where a client may have become careless. */
const late = { from: 'parameterEstimation.judging', message: 'peApproved' } as const;

/** Challenges that an answer returns instead of the one that Bob issued. */
const wrong: readonly { name: string; what: string; challenge: string }[] = [
  { name: 'empty', what: 'an empty challenge', challenge: '' },
  { name: 'invented', what: 'a challenge that nobody issued', challenge: 'NobodyIssuedIt1' },
  { name: 'blank', what: 'a challenge of blanks', challenge: ' '.repeat(15) },
];

/** Rounds of failures: more than a client needs to conclude that somebody is in the middle. */
const manyRounds = 12;

/** What Bob makes of the challenges in Alice's answers, and of her doubts about his. */
export const clientChallenge: readonly Case<QosstBend>[] = [
  ...[early, late].flatMap((where) =>
    wrong.map(({ name, what, challenge }) =>
      answerCase({
        id: `client-challenge/${name}-in-${where.message}`,
        title: `Bob identifies himself again after an answer with ${what}`,
        covers: distrusts,
        ...where,
        bend: { frame: { challenge } },
      }),
    ),
  ),
  answerCase({
    id: 'client-challenge/replayed',
    title: 'Bob identifies himself again after a recorded answer',
    covers: distrusts,
    from: 'initialization.answering',
    message: 'initializationAccepted',
    play: async (alice) => {
      const recorded = alice.compose('initializationAccepted');
      await alice.say('initializationDenied');
      const heard = await alice.hear();
      if (heard.kind === 'frame' && heard.perceived.message === 'initializationRequest') {
        alice.write(recorded);
        await alice.hear();
      }
    },
  }),
  answerCase({
    id: 'client-challenge/number',
    title: 'Bob objects to a challenge that is a number',
    covers: [requirements.invalidResponseSent],
    ...early,
    bend: { frame: { challenge: 7 } },
  }),
  answerCase({
    id: 'client-challenge/issued-number',
    title: 'Bob objects to an answer that issues a number',
    covers: [requirements.invalidResponseSent],
    ...early,
    bend: { frame: { nextChallenge: 123_456 } },
  }),
  answerCase({
    id: 'client-challenge/issued-long',
    title: 'Bob returns a challenge of a thousand characters',
    covers: [requirements.challengeEchoed],
    ...early,
    bend: { frame: { nextChallenge: 'Long'.repeat(250) } },
    expect: takes(requirements.challengeEchoed, early.message),
    tags: [],
  }),
  answerCase({
    id: 'client-challenge/issued-short',
    title: 'Bob returns a challenge of one character',
    covers: [requirements.challengeEchoed],
    ...early,
    bend: { frame: { nextChallenge: '7' } },
    expect: takes(requirements.challengeEchoed, early.message),
    tags: [],
  }),
  answerCase({
    id: 'client-challenge/issued-foreign',
    title: 'Bob returns a challenge with letters beyond ASCII, quotes and backslashes',
    covers: [requirements.challengeEchoed],
    ...early,
    bend: { frame: { nextChallenge: 'Zürich "Ω" \\ \u{1F511}' } },
    expect: takes(requirements.challengeEchoed, early.message),
    tags: [],
  }),
  ...[
    'identification.answering',
    'parameterChange.answering',
    'initialization.answering',
    'parameterEstimation.judging',
    'endOfFrame.acknowledging',
  ].map((from) =>
    answerCase({
      id: `client-challenge/disbelieved-in-${from}`,
      title: `Bob identifies himself again after AUTHENTICATION_INVALID in ${from}`,
      covers: [requirements.unauthenticReidentifies, requirements.lostChainReidentifies],
      from,
      message: 'authenticationInvalid',
      tags: [],
    }),
  ),
  answerCase({
    id: 'client-challenge/disbelieved-unauthentically',
    title: 'Bob identifies himself again after AUTHENTICATION_INVALID that is not authentic itself',
    covers: distrusts,
    from: 'initialization.answering',
    message: 'authenticationInvalid',
    bend: { frame: { challenge: 'NobodyIssuedIt1' } },
  }),
  qosstCase({
    id: 'client-challenge/disbelieved-again-and-again',
    title: 'Bob does nothing but identify himself, or leaves, while Alice never believes him',
    covers: [requirements.unauthenticReidentifies],
    against: 'bob',
    play: (alice) => keepAnswering(alice, 'authenticationInvalid', { rounds: manyRounds }),
  }),
  qosstCase({
    id: 'client-challenge/unauthentic-again-and-again',
    title: 'Bob does nothing but identify himself, or leaves, while no answer is authentic',
    covers: [requirements.unauthenticAnswerReidentifies],
    against: 'bob',
    tags: ['hostile'],
    play: (alice) =>
      keepAnswering(alice, 'identificationResponse', {
        rounds: manyRounds,
        bend: { frame: { digest: (honest) => honest.map((byte) => byte ^ 0xff) } },
      }),
  }),
];
