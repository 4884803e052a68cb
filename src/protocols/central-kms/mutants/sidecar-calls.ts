import { member, requirements } from '#models/central-kms/index.ts';
import type { Deed, Mutant, SideScene } from '#src/contract/side.ts';
import { signedBatch } from '../bodies.ts';
import { proofFor } from '../contents.ts';
import { batchesIn, recall } from '../context.ts';
import { oldestCall, refusalOf } from '../refusals.ts';
import { reportHealth } from '../reference/sidecar.ts';
import { say, success } from '../say.ts';
import { changing, changingIn, sidecarMutant } from './mutant.ts';

/** Signs another text than the challenge. */
const signing = (text: (challenge: string, grant: unknown) => string) =>
  changingIn('challenge', 'params', (_, { grants }) => {
    const grant = Object(grants.at(-1));
    const other = text(String(member(grant, 'challenge')), grant);
    return { ...proofFor({ ...grant, challenge: other }) };
  });

/** Says that a call succeeded which had to be refused. */
function served({ context }: Pick<SideScene, 'context'>): Deed {
  const conversation = recall(context);
  const call = oldestCall(conversation, 'central-kms', 'kmsStray');
  const truth = call === null ? {} : refusalOf(call, conversation);
  return {
    ...say('healthReport', success(call?.id, {})),
    standsFor: { message: 'sidecarError', content: truth },
  };
}

/** Sidecars that are wrong about signatures and calls in one place. */
export const sidecarCallMutants: readonly Mutant[] = [
  sidecarMutant({
    id: 'sidecar-signs-key-too',
    title: 'signs the challenge with its key behind it',
    breaks: requirements.batchSignatureRight,
    shortest: 5,
    bends: signing((challenge, grant) => `${challenge}${String(member(grant, 'batchKey'))}`),
  }),
  sidecarMutant({
    id: 'sidecar-signs-latin-1',
    title: 'signs what of the challenge is ASCII',
    breaks: requirements.batchSignatureRight,
    shortest: 5,
    bends: signing((challenge) => challenge.replace(/[^ -~]/g, '?')),
  }),
  sidecarMutant({
    id: 'sidecar-signature-cut',
    title: 'cuts its signature off',
    breaks: requirements.signatureLength,
    shortest: 5,
    bends: changingIn('challenge', 'params', ({ batchSignature }) => ({
      batchSignature: String(batchSignature).slice(0, 126),
    })),
  }),
  sidecarMutant({
    id: 'sidecar-cmac-cut',
    title: 'gives the first 12 bytes of the CMAC',
    breaks: requirements.cmacWhole,
    shortest: 5,
    bends: changingIn('challenge', 'params', ({ rowSignature }) => ({
      rowSignature: String(rowSignature).slice(0, 24),
    })),
  }),
  sidecarMutant({
    id: 'sidecar-row-signature-wrong',
    title: 'takes another text for the CMAC',
    breaks: requirements.rowSignatureRight,
    shortest: 5,
    bends: changingIn('challenge', 'params', (_, { grants }) => {
      const other = proofFor({ ...Object(grants.at(-1)), challenge: 'another' });
      return { rowSignature: other?.rowSignature };
    }),
  }),
  sidecarMutant({
    id: 'sidecar-batch-ids-the-same',
    title: 'saves every batch under the same id',
    breaks: requirements.batchIdUnique,
    shortest: 9,
    deep: true,
    bends: changingIn('batch', 'params', () => ({ id: '2b0c9d8e-7f6a-4b5c-9d4e-3f2a1b0c9d8e' })),
  }),
  sidecarMutant({
    id: 'sidecar-healthchecks-unanswered',
    title: 'does not answer healthchecks',
    breaks: requirements.healthcheckAnswered,
    shortest: 7,
    answers: { 'healthChecks.waiting': () => [] },
  }),
  sidecarMutant({
    id: 'sidecar-level-unanswered',
    title: 'does not answer a healthcheck of another level than ping',
    breaks: requirements.healthcheckAnswered,
    shortest: 7,
    answers: {
      'healthChecks.waiting': (scene) => {
        const call = oldestCall(recall(scene.context), 'central-kms', 'healthChecks');
        const level = member(member(call?.content, 'params'), 'level');
        return level === 'ping' ? reportHealth(scene) : [];
      },
    },
  }),
  sidecarMutant({
    id: 'sidecar-report-as-text',
    title: 'reports its health as a text',
    breaks: requirements.healthReportContent,
    shortest: 8,
    deep: true,
    bends: changing('healthReport', ({ id }) => ({ jsonrpc: '2.0', id, result: 'well' })),
  }),
  sidecarMutant({
    id: 'sidecar-report-id-other',
    title: 'reports its health under another id',
    breaks: requirements.idKept,
    shortest: 8,
    deep: true,
    bends: changing('healthReport', ({ id, ...rest }) => ({ ...rest, id: `${String(id)} ` })),
  }),
  sidecarMutant({
    id: 'sidecar-unknown-served',
    title: 'answers an unknown method with a result',
    breaks: requirements.unknownMethodOfKmsTold,
    shortest: 8,
    deep: true,
    answers: { 'kmsStray.unknownMethod': served },
  }),
  sidecarMutant({
    id: 'sidecar-params-unanswered',
    title: 'does not answer a call whose params it cannot use',
    breaks: requirements.invalidParamsOfKmsTold,
    shortest: 7,
    answers: { 'kmsStray.unfit': () => [] },
  }),
  sidecarMutant({
    id: 'sidecar-finds-one',
    title: 'finds the first of its batches and no other',
    breaks: requirements.inquiryAnswered,
    shortest: 11,
    deep: true,
    answers: {
      'inquiries.waiting': ({ context }) => {
        const call = oldestCall(recall(context), 'central-kms', 'inquiries');
        return (call?.answers ?? 0) > 0 ? [] : say('inquiryResult');
      },
    },
  }),
  sidecarMutant({
    id: 'sidecar-items-the-same',
    title: 'tells every batch as the first',
    breaks: requirements.itemsDistinct,
    shortest: 12,
    deep: true,
    bends: changingIn('inquiryResult', 'result', ({ item }) => ({
      item: Number(item) > 0 ? 1 : 0,
    })),
  }),
  sidecarMutant({
    id: 'sidecar-total-counts-down',
    title: 'tells how many batches are left as total',
    breaks: requirements.totalConstant,
    shortest: 12,
    deep: true,
    bends: changingIn('inquiryResult', 'result', ({ total, item }) => ({
      total: Number(item) > 1 ? Number(total) + 1 : total,
    })),
  }),
  sidecarMutant({
    id: 'sidecar-counts-as-fractions',
    title: 'tells its counts with a fraction',
    breaks: requirements.countsAreIntegers,
    shortest: 10,
    deep: true,
    bends: changingIn('inquiryResult', 'result', ({ total }) => ({ total: Number(total) + 0.5 })),
  }),
  sidecarMutant({
    id: 'sidecar-inquiry-other',
    title: 'answers an inquiry under another id',
    breaks: requirements.inquiryIdEchoed,
    shortest: 10,
    deep: true,
    bends: changingIn('inquiryResult', 'result', () => ({
      inquiry: '00000000-0000-4000-8000-000000000000',
    })),
  }),
  sidecarMutant({
    id: 'sidecar-finds-nothing',
    title: 'says that there is nothing, whatever it has saved',
    breaks: requirements.totalRight,
    shortest: 10,
    deep: true,
    bends: changing('inquiryResult', ({ id, result }) => ({
      jsonrpc: '2.0',
      id,
      result: { inquiry: member(result, 'inquiry'), total: 0, item: 0 },
    })),
  }),
  sidecarMutant({
    id: 'sidecar-finds-at-any-time',
    title: 'finds a batch of whatever time it is asked about',
    breaks: requirements.foundInTime,
    shortest: 10,
    deep: true,
    bends: changingIn('inquiryResult', 'result', ({ total }, conversation) => {
      const [id] = batchesIn(conversation);
      if (total !== 0 || id === undefined) return {};
      const body = signedBatch(conversation.grants.at(-1), id)?.body;
      return { id, body, total: 1, item: 1 };
    }),
  }),
  sidecarMutant({
    id: 'sidecar-keys-in-report',
    title: 'tells its key with its health',
    breaks: requirements.keysKept,
    shortest: 8,
    deep: true,
    bends: changingIn('healthReport', 'result', (_, { grants }) => ({
      rowKey: member(grants.at(-1), 'rowKey'),
    })),
  }),
  sidecarMutant({
    id: 'sidecar-body-other',
    title: 'tells another body than it has signed',
    breaks: requirements.bodyVerifies,
    shortest: 10,
    deep: true,
    bends: changingIn('inquiryResult', 'result', ({ body }) => ({
      body: typeof body === 'string' ? `${body} ` : body,
    })),
  }),
];
