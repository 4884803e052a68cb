import { conversation } from '../conversation.ts';
import { brokenOff, lettingGo, spoiledByKms } from '../letting-go.ts';
import { requirements } from '../requirements.ts';

/** An answer that settles a debt of this region, unless another of its kind is left. */
const settles = [
  { guard: 'straySettledOfMany' as const },
  { guard: 'straySettled' as const, target: 'none' },
];
const dismissed = { guard: 'strayDismissed' as const };
const refusals = {
  'central-kms.kmsError': [...settles, dismissed],
  ...spoiledByKms('spoilsStray'),
};

const invalid = { guard: 'isInvalid' as const, target: '.invalid' };
const unfit = { guard: 'isUnfit' as const, target: '.unfit' };
const misplaced = { guard: 'isMisplaced' as const, target: '.misplaced' };
/** Nobody need answer it: a notification, or a response that no call awaits. */
const vain = { guard: 'isVain' as const };

/**
 * What the KMS owes for what of the sidecar is wrong. Beside the connection: what is refused changes
 * nothing in it.
 * @see Central KMS Socket, Common Errors
 */
export const stray = conversation.createStateConfig({
  initial: 'none',
  on: {
    ...lettingGo('.none'),
    'sidecar.malformed': [
      brokenOff('.none'),
      { guard: 'isUnparsed', target: '.unparsed' },
      { guard: 'isArray', target: '.array' },
      invalid,
      unfit,
      vain,
    ],
    'sidecar.unknown': [{ guard: 'isUnknownMethod', target: '.unknownMethod' }, invalid, vain],
    'sidecar.unfit': [unfit, invalid, vain],
    'sidecar.unauthentic': [misplaced, invalid, vain],
    'sidecar.misplaced': [misplaced, invalid, vain],
    'sidecar.array': [{ guard: 'tells' }, { guard: 'calls', target: '.array' }],
    'sidecar.otherCall': { guard: 'asksOther', target: '.unknownMethod' },
    'central-kms.kmsError': dismissed,
  },
  states: {
    none: {},
    unparsed: {
      tags: ['owes:central-kms'],
      meta: { covers: [requirements.parseErrorTold] },
      on: refusals,
    },
    invalid: {
      tags: ['owes:central-kms'],
      meta: { covers: [requirements.invalidRequestTold] },
      on: refusals,
    },
    array: {
      tags: ['owes:central-kms'],
      meta: { covers: [requirements.arraysAnswered] },
      on: { ...refusals, 'central-kms.array': settles },
    },
    unknownMethod: {
      tags: ['owes:central-kms'],
      meta: { covers: [requirements.unknownMethodTold] },
      on: refusals,
    },
    unfit: {
      tags: ['owes:central-kms'],
      meta: { covers: [requirements.invalidParamsTold] },
      on: refusals,
    },
    /** A call that is not possible now; beside one of its kind some KMSs serve it all the same. */
    misplaced: {
      tags: ['owes:central-kms'],
      meta: { covers: [requirements.wrongStateRefused] },
      on: {
        ...refusals,
        'central-kms.registered': settles,
        'central-kms.challengeAccepted': settles,
      },
    },
  },
});
