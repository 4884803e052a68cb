import { errorCodes, requirements } from '#models/central-kms/index.ts';
import type { Deed, Mutant, SideScene } from '#src/contract/side.ts';
import { batchesIn, recall } from '../context.ts';
import { failure, say } from '../say.ts';
import { oldestCall, refusalOf } from '../refusals.ts';
import { store } from '../reference/central-kms.ts';
import { changing, changingIn, kmsMutant } from './mutant.ts';

/** Refuses what is wrong with such a code, or another id. */
function refusing(code: number, id?: unknown) {
  return ({ context }: Pick<SideScene, 'context'>): Deed => {
    const conversation = recall(context);
    const call = oldestCall(conversation, 'sidecar', 'stray');
    const truth = call === null ? {} : refusalOf(call, conversation);
    const content = failure(id ?? call?.id, code, 'wrong');
    return { ...say('kmsError', content), standsFor: { message: 'kmsError', content: truth } };
  };
}

/** KMSs that are wrong about calls in one place. */
export const kmsCallMutants: readonly Mutant[] = [
  kmsMutant({
    id: 'kms-id-as-text',
    title: 'answers numeric ids as texts',
    breaks: requirements.idKept,
    shortest: 4,
    bends: changing('registered', ({ id, ...rest }) => ({
      ...rest,
      id: typeof id === 'number' ? String(id) : id,
    })),
  }),
  kmsMutant({
    id: 'kms-id-lower-case',
    title: 'answers in lower case, whatever the id',
    breaks: requirements.idKept,
    shortest: 4,
    bends: changing('registered', ({ id, ...rest }) => ({
      ...rest,
      id: typeof id === 'string' ? id.toLowerCase() : id,
    })),
  }),
  kmsMutant({
    id: 'kms-version-missing',
    title: 'leaves jsonrpc out of its answers to batches',
    breaks: requirements.versionGiven,
    shortest: 8,
    deep: true,
    bends: changing('batchStored', ({ id, result }) => ({ id, result })),
  }),
  kmsMutant({
    id: 'kms-result-and-error',
    title: 'says error null beside every result of a batch',
    breaks: requirements.resultOrError,
    shortest: 8,
    deep: true,
    bends: changing('batchStored', (content) => ({ ...content, error: null })),
  }),
  kmsMutant({
    id: 'kms-batch-id-other',
    title: 'answers batch with another id',
    breaks: requirements.batchIdEchoed,
    shortest: 8,
    deep: true,
    bends: changingIn('batchStored', 'result', () => ({
      id: '00000000-0000-4000-8000-000000000000',
    })),
  }),
  kmsMutant({
    id: 'kms-fifth-batch-lost',
    title: 'does not answer the fifth batch',
    breaks: requirements.batchStored,
    shortest: 15,
    deep: true,
    answers: {
      'batches.waiting': (scene) =>
        batchesIn(recall(scene.context)).length >= 5 ? [] : store(scene),
    },
  }),
  kmsMutant({
    id: 'kms-second-batch-internal',
    title: 'answers a batch that is there already with -32603',
    breaks: requirements.secondBatchNotInternal,
    shortest: 10,
    deep: true,
    answers: {
      'batches.waiting': (scene) => {
        const call = oldestCall(recall(scene.context), 'sidecar', 'batches');
        if (call?.again !== true) return store(scene);
        const content = failure(call.id, errorCodes.internalError, 'Internal error');
        return { ...say('kmsError', content), standsFor: { message: 'batchStored' } };
      },
    },
  }),
  kmsMutant({
    id: 'kms-parse-error-with-id',
    title: 'answers text that is no JSON with the id 0',
    breaks: requirements.parseErrorTold,
    shortest: 4,
    answers: { 'stray.unparsed': refusing(errorCodes.parseError, 0) },
  }),
  kmsMutant({
    id: 'kms-parse-error-closes',
    title: 'leaves after text that is no JSON',
    breaks: requirements.kmsKeepsServing,
    shortest: 4,
    answers: {
      'stray.unparsed': () => ({
        ...say('closeFrame', { code: 1007 }),
        standsFor: { message: 'kmsError' },
      }),
    },
  }),
  kmsMutant({
    id: 'kms-invalid-as-unknown',
    title: 'answers what is no call with -32601',
    breaks: requirements.invalidRequestTold,
    shortest: 4,
    answers: { 'stray.invalid': refusing(errorCodes.methodNotFound) },
  }),
  kmsMutant({
    id: 'kms-array-as-unknown',
    title: 'answers arrays with -32601',
    breaks: requirements.arraysAnswered,
    shortest: 4,
    answers: { 'stray.array': refusing(errorCodes.methodNotFound) },
  }),
  kmsMutant({
    id: 'kms-unknown-as-internal',
    title: 'answers an unknown method with -32603',
    breaks: requirements.unknownMethodTold,
    shortest: 4,
    answers: { 'stray.unknownMethod': refusing(errorCodes.internalError) },
  }),
  kmsMutant({
    id: 'kms-unknown-unanswered',
    title: 'does not answer a call of an unknown method',
    breaks: requirements.unknownMethodTold,
    shortest: 3,
    answers: { 'stray.unknownMethod': () => [] },
  }),
  kmsMutant({
    id: 'kms-params-as-internal',
    title: 'answers invalid params with -32603',
    breaks: requirements.invalidParamsTold,
    shortest: 4,
    answers: { 'stray.unfit': refusing(errorCodes.internalError) },
  }),
  kmsMutant({
    id: 'kms-error-code-text',
    title: 'says the codes of errors as texts',
    breaks: requirements.errorFormat,
    shortest: 4,
    bends: changingIn('kmsError', 'error', ({ code }) => ({ code: String(code) })),
  }),
  kmsMutant({
    id: 'kms-error-texts-other',
    title: 'has texts of its own for errors',
    breaks: requirements.errorTexts,
    shortest: 4,
    bends: changingIn('kmsError', 'error', () => ({ message: 'that was wrong' })),
  }),
  kmsMutant({
    id: 'kms-healthcheck-without-level',
    title: 'asks for health without a level',
    breaks: requirements.healthcheckContent,
    shortest: 7,
    bends: changing('healthcheck', (content) => ({ ...content, params: {} })),
  }),
  kmsMutant({
    id: 'kms-healthcheck-id-counted',
    title: 'counts the ids of healthchecks',
    breaks: requirements.healthCheckIdIsUuid,
    shortest: 7,
    bends: changing('healthcheck', (content) => ({ ...content, id: '1' })),
  }),
  kmsMutant({
    id: 'kms-inquiry-time-local',
    title: 'asks for times without a time zone',
    breaks: requirements.inquiryTimes,
    shortest: 10,
    deep: true,
    bends: changingIn('inquiry', 'params', () => ({ startTime: '2018-01-01T00:00:00' })),
  }),
];
