import { messages, requirements, type MessageName } from '#models/qosst/index.ts';
import type { Mutant } from '#src/contract/side.ts';
import { say } from '../say.ts';
import { askedCode, conversational, honest, instead, memberless } from './alice-habits.ts';
import { aliceMutant, overlooks } from './mutant.ts';

/** Misplaced requests of one kind are answered as if they were not. */
const misplaced = (code: number, message: MessageName) => ({
  'refusal.misplaced': (scene: Parameters<typeof askedCode>[0]) =>
    askedCode(scene) === code
      ? instead('refusal.misplaced', scene, say(message))
      : honest('refusal.misplaced', scene),
});

/** Alice, wrong in which message she answers with, or what it says. */
export const aliceAnswers: readonly Mutant[] = [
  aliceMutant({
    id: 'alice-answers-with-a-request',
    title: 'answers INITIALIZATION_REQUEST with the same code',
    breaks: requirements.codesOfTheirSide,
    shortest: 4,
    answers: conversational('initialization.answering', 'initializationRequest', () => ({
      frame_uuid: '9f0b6ea4-9e8c-11ed-8b23-0028f86a9730',
    })),
  }),
  aliceMutant({
    id: 'alice-sends-error-codes',
    title: 'sends -3 in place of AUTHENTICATION_INVALID',
    breaks: requirements.errorCodesStayLocal,
    shortest: 2,
    bends: (utterance) =>
      utterance.message === 'authenticationInvalid'
        ? { ...utterance, frame: { code: -3 } }
        : utterance,
  }),
  aliceMutant({
    id: 'alice-sends-reserved-codes',
    title: 'sends 74 in place of POLARISATION_RECOVERY_ENDED',
    breaks: requirements.codesInReservedRanges,
    shortest: 6,
    bends: (utterance) =>
      utterance.message === 'polarisationRecoveryEnded'
        ? { ...utterance, frame: { code: 74 } }
        : utterance,
  }),
  aliceMutant({
    id: 'alice-forgets-the-unknown-code',
    title: 'does not say which code was unknown',
    breaks: requirements.unknownCommandReturnsCode,
    shortest: 4,
    answers: conversational('refusal.unknown', 'unknownCommand', memberless),
  }),
  aliceMutant({
    id: 'alice-knows-every-code',
    title: 'calls an unknown code unexpected',
    breaks: requirements.unknownCommandAnswered,
    shortest: 4,
    answers: conversational('refusal.unknown', 'unexpectedCommand', (scene) => ({
      code: askedCode(scene),
    })),
  }),
  aliceMutant({
    id: 'alice-cuts-codes-to-sixteen-bits',
    title: 'returns the lowest sixteen bits of an unknown code',
    breaks: requirements.unknownCommandReturnsCode,
    shortest: 4,
    answers: conversational('refusal.unknown', 'unknownCommand', (scene) => {
      const code = askedCode(scene);
      return { code: typeof code === 'number' ? code & 0xffff : code };
    }),
  }),
  aliceMutant({
    id: 'alice-names-another-code',
    title: 'returns the next higher code with UNEXPECTED_COMMAND',
    breaks: requirements.unexpectedCommandReturnsCode,
    shortest: 2,
    answers: conversational('refusal.misplaced', 'unexpectedCommand', (scene) => ({
      code: Number(askedCode(scene)) + 1,
    })),
  }),
  aliceMutant({
    id: 'alice-calls-misplaced-invalid',
    title: 'answers a misplaced message with INVALID_CONTENT',
    breaks: requirements.unexpectedCommandAnswered,
    shortest: 2,
    answers: conversational('refusal.misplaced', 'invalidContent', (scene) => ({
      code: askedCode(scene),
    })),
  }),
  aliceMutant({
    id: 'alice-calls-invalid-unexpected',
    title: 'answers invalid content with UNEXPECTED_COMMAND',
    breaks: requirements.invalidContentAnswered,
    shortest: 2,
    answers: conversational('refusal.unfit', 'unexpectedCommand', (scene) => ({
      code: askedCode(scene),
    })),
  }),
  aliceMutant({
    id: 'alice-names-no-code-of-invalid-content',
    title: 'returns code 12 with INVALID_CONTENT',
    breaks: requirements.invalidContentReturnsCode,
    shortest: 2,
    answers: conversational('refusal.unfit', 'invalidContent', () => ({
      code: messages.invalidContent.code,
    })),
  }),
  aliceMutant({
    id: 'alice-calls-unauthentic-invalid',
    title: 'answers a frame that is not authentic with INVALID_CONTENT',
    breaks: requirements.unauthenticAnswered,
    shortest: 2,
    answers: conversational('refusal.unauthentic', 'invalidContent', memberless),
  }),
  aliceMutant({
    id: 'alice-begins-nameless-frames',
    title: 'accepts an initialization whose UUID is none',
    breaks: requirements.invalidContentAnswered,
    shortest: 4,
    perceives: overlooks(requirements.initializationRequestContent),
  }),
  aliceMutant({
    id: 'alice-takes-any-identification',
    title: 'calls an identification without members one of a wrong version',
    breaks: requirements.invalidContentAnswered,
    shortest: 2,
    perceives: overlooks(requirements.identificationRequestContent),
  }),
  aliceMutant({
    id: 'alice-emits-unprepared',
    title: 'answers QIE_TRIGGER without QIE_REQUEST',
    breaks: requirements.unexpectedCommandAnswered,
    shortest: 4,
    answers: misplaced(messages.qieTrigger.code, 'qieEmissionStarted'),
  }),
  aliceMutant({
    id: 'alice-recovers-at-any-time',
    title: 'acknowledges a recovery during the exchange',
    breaks: requirements.unexpectedCommandAnswered,
    shortest: 8,
    deep: true,
    answers: misplaced(messages.requestPolarisationRecovery.code, 'qieReady'),
  }),
  aliceMutant({
    id: 'alice-ends-what-she-should-begin',
    title: 'answers the beginning of a recovery like its end',
    breaks: requirements.recoveryAcknowledged,
    shortest: 4,
    answers: conversational(
      'polarisationRecovery.starting',
      'polarisationRecoveryEnded',
      memberless,
    ),
  }),
  aliceMutant({
    id: 'alice-confuses-recoveries',
    title: 'answers the end of a recovery like its beginning',
    breaks: requirements.recoveryEnded,
    shortest: 6,
    answers: conversational('polarisationRecovery.stopping', 'polarisationRecoveryAck', memberless),
  }),
  aliceMutant({
    id: 'alice-names-another-parameter',
    title: 'names another parameter than that of the request',
    breaks: requirements.parameterAnswered,
    shortest: 4,
    answers: conversational('parameterChange.answering', 'parameterUnknown', () => ({
      parameter: 'frame.quantum.roll_on',
    })),
  }),
  aliceMutant({
    id: 'alice-changes-what-is-not-there',
    title: 'answers every change with PARAMETER_CHANGED',
    breaks: requirements.parameterNotFound,
    shortest: 4,
    answers: {
      'parameterChange.answering': ({ heard }) => {
        const content = Object(heard?.payload['content']);
        const value: unknown = Reflect.get(content, 'value');
        const parameter: unknown = Reflect.get(content, 'parameter');
        return say('parameterChanged', { parameter, old_value: 0, new_value: value });
      },
    },
  }),
  aliceMutant({
    id: 'alice-answers-changes-twice',
    title: 'answers a change with PARAMETER_UNKNOWN and once more',
    breaks: requirements.speaksOnlyWhenAsked,
    shortest: 5,
    answers: {
      'parameterChange.answering': async (scene) => {
        const answer = await honest('parameterChange.answering', scene);
        return [answer, answer];
      },
    },
  }),
  aliceMutant({
    id: 'alice-is-silent-about-malformed-frames',
    title: 'does not answer a frame that she cannot read',
    breaks: requirements.invalidContentAnswered,
    shortest: 1,
    answers: { 'refusal.malformed': () => [] },
  }),
  aliceMutant({
    id: 'alice-is-silent-about-complaints',
    title: 'does not answer INVALID_RESPONSE',
    breaks: requirements.invalidResponseAcknowledged,
    shortest: 3,
    answers: { 'complaint.acknowledging': () => [] },
  }),
  aliceMutant({
    id: 'alice-hangs-up-on-unknown-codes',
    title: 'closes the connection on an unknown code',
    breaks: requirements.unknownCommandAnswered,
    shortest: 3,
    answers: { 'refusal.unknown': () => ({ do: 'close' }) },
  }),
  aliceMutant({
    id: 'alice-breaks-off-on-misplaced-messages',
    title: 'resets the connection on a misplaced message',
    breaks: requirements.unexpectedCommandAnswered,
    shortest: 1,
    answers: { 'refusal.misplaced': () => ({ do: 'reset' }) },
  }),
  aliceMutant({
    id: 'alice-leaves-without-a-word',
    title: 'closes the connection on DISCONNECTION without an answer',
    breaks: requirements.disconnectionAcknowledged,
    shortest: 3,
    answers: { 'disconnection.acknowledging': () => ({ do: 'close' }) },
  }),
];
