import { messages, requirements } from '#models/qosst/index.ts';
import type { Flaw, Perceived } from '#src/contract/frame.ts';
import type { Mutant, SideRecord } from '#src/contract/side.ts';
import { recall } from '../context.ts';
import type { AliceMemory } from '../reference/alice.ts';
import { say } from '../say.ts';
import { askedCode, conversational, counter, honest, instead, memberless } from './alice-habits.ts';
import { aliceMutant, overlooks } from './mutant.ts';

const framesOf = counter();
const inOrder = counter();
const word = 'AliceSaysItAgai';

/** Alice, wrong about challenges, identification, and who is who. */
export const aliceTrust: readonly Mutant[] = [
  aliceMutant({
    id: 'alice-ignores-challenge',
    title: 'accepts every challenge',
    breaks: requirements.unauthenticAnswered,
    shortest: 4,
    perceives: overlooks(requirements.challengeEchoed),
  }),
  aliceMutant({
    id: 'alice-identifies-once',
    title: 'refuses an identification after the first, whose challenge she looks at',
    breaks: requirements.identificationAnswered,
    shortest: 4,
    perceives: (perceived, { context }) =>
      perceived.message === 'identificationRequest' && recall(context).identifiedAs !== null
        ? distrusted(perceived)
        : perceived,
  }),
  aliceMutant({
    id: 'alice-returns-her-own-challenge',
    title: 'returns in refusals the challenge that she was waiting for herself',
    breaks: requirements.challengeEchoed,
    shortest: 2,
    bends: ownChallenge('unknownCommand', 'invalidContent', 'authenticationInvalid'),
  }),
  aliceMutant({
    id: 'alice-returns-no-challenge-to-complaints',
    title: 'returns an empty challenge with INVALID_RESPONSE_ACK',
    breaks: requirements.challengeEchoed,
    shortest: 4,
    bends: (utterance) =>
      utterance.message === 'invalidResponseAck'
        ? { ...utterance, frame: { challenge: '' } }
        : utterance,
  }),
  aliceMutant({
    id: 'alice-cuts-long-challenges',
    title: 'returns the first 64 characters of a challenge',
    breaks: requirements.challengeEchoed,
    shortest: 2,
    bends: (utterance, { context }) => {
      const issued = String(recall(context).challengeFor.alice);
      return issued.length > 64
        ? { ...utterance, frame: { challenge: issued.slice(0, 64) } }
        : utterance;
    },
  }),
  aliceMutant({
    id: 'alice-repeats-her-challenge',
    title: 'issues the same challenge with every frame',
    breaks: requirements.challengeUnique,
    shortest: 4,
    bends: (utterance) => ({ ...utterance, frame: { nextChallenge: word } }),
  }),
  aliceMutant({
    id: 'alice-runs-out-of-challenges',
    title: 'issues the same challenge from her tenth frame on',
    breaks: requirements.challengeUnique,
    shortest: 22,
    deep: true,
    bends: (utterance, scene) =>
      framesOf(scene) < 10 ? utterance : { ...utterance, frame: { nextChallenge: word } },
  }),
  aliceMutant({
    id: 'alice-issues-what-bob-issued',
    title: 'issues to Bob the challenge that he issued to her, in refusals',
    breaks: requirements.challengeUnique,
    shortest: 2,
    bends: (utterance, { context }) =>
      utterance.message === 'unexpectedCommand'
        ? { ...utterance, frame: { nextChallenge: String(recall(context).challengeFor.alice) } }
        : utterance,
  }),
  aliceMutant({
    id: 'alice-stays-identified',
    title: 'holds Bob identified after a wrong challenge',
    breaks: requirements.unexpectedCommandAnswered,
    shortest: 6,
    perceives: (perceived, { context }) =>
      recall(context).identifiedAs === null ? perceived : forgiven(perceived),
    answers: {
      'refusal.unknown': (scene) =>
        Object.values(messages).some(({ code }) => code === askedCode(scene))
          ? instead('refusal.unknown', scene, say('authenticationInvalid'))
          : honest('refusal.unknown', scene),
    },
  }),
  aliceMutant({
    id: 'alice-accepts-any-version',
    title: 'answers every version with IDENTIFICATION_RESPONSE',
    breaks: requirements.versionRefused,
    shortest: 2,
    answers: conversational('identification.refusing', 'identificationResponse', ({ memory }) => ({
      serial_number: memory.serialNumber,
    })),
  }),
  aliceMutant({
    id: 'alice-repeats-the-version-of-bob',
    title: 'names in INVALID_QOSST_VERSION the version that she refuses',
    breaks: requirements.versionRefusedContent,
    shortest: 2,
    answers: conversational('identification.refusing', 'invalidQosstVersion', ({ context }) => {
      const version: unknown = Reflect.get(Object(recall(context).asked.content), 'qosst_version');
      return { qosst_version: version };
    }),
  }),
  aliceMutant({
    id: 'alice-keeps-her-name-to-herself',
    title: 'sends no serial number',
    breaks: requirements.identificationResponseContent,
    shortest: 2,
    answers: conversational('identification.answering', 'identificationResponse', memberless),
  }),
  aliceMutant({
    id: 'alice-aborts-for-strangers',
    title: 'acknowledges ABORT before identification',
    breaks: requirements.unexpectedCommandAnswered,
    shortest: 2,
    answers: {
      'refusal.misplaced': (scene) =>
        askedCode(scene) === messages.abort.code
          ? instead('refusal.misplaced', scene, say('abortAck'))
          : honest('refusal.misplaced', scene),
    },
  }),
  aliceMutant({
    id: 'alice-begins-every-connection-alike',
    title: 'issues the same challenges in the same order on every connection',
    breaks: requirements.challengeUnique,
    shortest: 4,
    bends: (utterance, scene) => ({
      ...utterance,
      frame: { nextChallenge: `Challenge${String(inOrder(scene)).padStart(6, '0')}` },
    }),
  }),
  aliceMutant({
    id: 'alice-resumes-sessions',
    title: 'goes on with the session of an earlier connection',
    breaks: requirements.unauthenticAnswered,
    shortest: 8,
    deep: true,
    keepsSession: true,
    perceives: (perceived) =>
      perceived.message === 'disconnection' && perceived.flaws.length === 0
        ? { ...perceived, message: 'invalidResponse' }
        : perceived,
    answers: {
      'complaint.acknowledging': (scene) =>
        askedCode(scene) === messages.disconnection.code
          ? instead('complaint.acknowledging', scene, say('disconnectionAck'))
          : honest('complaint.acknowledging', scene),
    },
  }),
];

function ownChallenge(...only: readonly string[]): NonNullable<SideRecord<AliceMemory>['bends']> {
  return (utterance, { context }) =>
    only.includes(utterance.message)
      ? { ...utterance, frame: { challenge: String(recall(context).challengeFor.bob) } }
      : utterance;
}

function distrusted(perceived: Perceived): Perceived {
  const { challengeEchoed } = requirements;
  const flaw: Flaw = { kind: 'unauthentic', requirement: challengeEchoed, detail: 'not expected' };
  return { ...perceived, flaws: [flaw] };
}

/** What is not authentic is only not understood. */
function forgiven(perceived: Perceived): Perceived {
  const flaws = perceived.flaws.map((flaw): Flaw =>
    flaw.kind === 'unauthentic' ? { ...flaw, kind: 'unknown' } : flaw,
  );
  return { ...perceived, flaws };
}
