import { errorCodes, isRefutation, kmsCodes, requirements } from '#models/central-kms/index.ts';
import type { Deed, Mutant, SideScene } from '#src/contract/side.ts';
import { recall } from '../context.ts';
import { failure, say, success } from '../say.ts';
import { oldestCall, refusalOf } from '../refusals.ts';
import { changing, changingIn, kmsMutant, trusting } from './mutant.ts';

/** Refuses a failed challenge with such a code. */
function refutingWith(code: number) {
  return ({ context }: Pick<SideScene, 'context'>): Deed => {
    const conversation = recall(context);
    const call = conversation.calls.find(isRefutation);
    const truth = call === undefined ? {} : refusalOf(call, conversation);
    return {
      ...say('kmsError', failure(call?.id, code, 'wrong')),
      standsFor: { message: 'kmsError', content: truth },
    };
  };
}

/** KMSs that are wrong about registrations in one place. */
export const kmsRegistrationMutants: readonly Mutant[] = [
  kmsMutant({
    id: 'kms-challenge-the-same',
    title: 'gives every sidecar the same challenge',
    breaks: requirements.challengeFresh,
    shortest: 8,
    deep: true,
    bends: changingIn('registered', 'result', () => ({
      challenge: '3f8c2d0e-7a4b-4b55-9a55-0d2b9d6f1c11',
    })),
  }),
  kmsMutant({
    id: 'kms-row-key-the-same',
    title: 'gives every sidecar the same row key',
    breaks: requirements.keysFresh,
    shortest: 8,
    deep: true,
    bends: changingIn('registered', 'result', () => ({ rowKey: '07'.repeat(32) })),
  }),
  kmsMutant({
    id: 'kms-challenge-short',
    title: 'gives a challenge of four characters',
    breaks: requirements.challengeRandom,
    shortest: 4,
    bends: changingIn('registered', 'result', ({ challenge }) => ({
      challenge: String(challenge).slice(0, 4),
    })),
  }),
  kmsMutant({
    id: 'kms-key-swapped',
    title: 'gives the public key before the seed',
    breaks: requirements.seedFirst,
    shortest: 4,
    bends: changingIn('registered', 'result', ({ batchKey }) => ({
      batchKey: `${String(batchKey).slice(64)}${String(batchKey).slice(0, 64)}`,
    })),
  }),
  kmsMutant({
    id: 'kms-key-no-pair',
    title: 'gives a batchKey whose halves are no pair',
    breaks: requirements.keyPairRight,
    shortest: 4,
    bends: changingIn('registered', 'result', ({ batchKey }) => ({
      batchKey: `${String(batchKey).slice(0, 64)}${'11'.repeat(32)}`,
    })),
  }),
  kmsMutant({
    id: 'kms-row-key-cut',
    title: 'gives a rowKey of 31 bytes',
    breaks: requirements.rowKeyForm,
    shortest: 4,
    bends: changingIn('registered', 'result', ({ rowKey }) => ({
      rowKey: String(rowKey).slice(2),
    })),
  }),
  kmsMutant({
    id: 'kms-id-taken-again',
    title: 'gives keys to a second sidecar of the same id',
    breaks: requirements.idTakenRefused,
    shortest: 8,
    deep: true,
    answers: { 'connection.registering': () => say('registered') },
  }),
  kmsMutant({
    id: 'kms-sidecar-id-other',
    title: 'answers register with another id',
    breaks: requirements.sidecarIdEchoed,
    shortest: 4,
    bends: changingIn('registered', 'result', () => ({
      id: '00000000-0000-4000-8000-000000000000',
    })),
  }),
  kmsMutant({
    id: 'kms-any-signature',
    title: 'accepts any signatures',
    breaks: requirements.wrongBatchSignatureRefused,
    shortest: 6,
    perceives: trusting(({ kind }) => kind === 'unauthentic'),
  }),
  kmsMutant({
    id: 'kms-any-row-signature',
    title: 'looks at the batch signature alone',
    breaks: requirements.wrongRowSignatureRefused,
    shortest: 6,
    perceives: trusting((_, { payload }) => payload['proof'] === 'wrongRow'),
  }),
  kmsMutant({
    id: 'kms-codes-confused',
    title: 'tells of a wrong batch signature as of a wrong row signature',
    breaks: requirements.wrongBatchSignatureRefused,
    shortest: 6,
    answers: { 'connection.refuting': refutingWith(kmsCodes.invalidRowSignature) },
  }),
  kmsMutant({
    id: 'kms-failure-as-params',
    title: 'tells of wrong signatures as of invalid params',
    breaks: requirements.wrongRowSignatureRefused,
    shortest: 6,
    answers: { 'connection.refuting': refutingWith(errorCodes.invalidParams) },
  }),
  kmsMutant({
    id: 'kms-failure-stays',
    title: 'stays after a failed challenge',
    breaks: requirements.failureTerminates,
    shortest: 6,
    answers: { 'connection.suspended': () => [] },
  }),
  kmsMutant({
    id: 'kms-failure-unsaid',
    title: 'closes after a failed challenge without an error',
    breaks: requirements.errorBeforeEnd,
    shortest: 6,
    answers: {
      'connection.refuting': () => [say('closeFrame', { code: 1000 }), { do: 'close' }],
    },
  }),
  kmsMutant({
    id: 'kms-second-register-served',
    title: 'serves a second register',
    breaks: requirements.wrongStateRefused,
    shortest: 6,
    answers: { 'stray.misplaced': servedAgain },
  }),
  kmsMutant({
    id: 'kms-status-other',
    title: 'accepts a challenge with the status ok',
    breaks: requirements.challengeAcceptedContent,
    shortest: 6,
    bends: changing('challengeAccepted', ({ id }) => success(id, { status: 'ok' })),
  }),
];

/** Keys for a call that had to be refused. */
function servedAgain({ context, random }: Pick<SideScene, 'context' | 'random'>): Deed {
  const conversation = recall(context);
  const call = oldestCall(conversation, 'sidecar', 'stray');
  const truth = call === null ? {} : refusalOf(call, conversation);
  const said = Object(conversation.grants.at(-1));
  const result =
    call?.method === 'register' ? { ...said, challenge: random.uuid() } : { status: 'OK' };
  const message = call?.method === 'register' ? 'registered' : 'challengeAccepted';
  return {
    ...say(message, success(call?.id, result)),
    standsFor: { message: 'kmsError', content: truth },
  };
}
