import { conversation } from '../conversation.ts';
import { requirements } from '../requirements.ts';

/** An answer that settles a debt of this region, unless another of its kind is left. */
const settles = [
  { guard: 'isStrayOfMany' as const },
  { guard: 'isStray' as const, target: 'none' },
];

/** The device refuses, as what the call was meant to be or as none of its calls. */
const refusals = {
  'qkd-device.openRefused': settles,
  'qkd-device.getKeyRefused': settles,
  'qkd-device.closeRefused': settles,
  'qkd-device.callRefused': settles,
};
const hangsUp = { 'qkd-device.hungUp': { guard: 'hangsUp' as const, target: 'none' } };
const pushRefusals = { 'kms.keyRefused': settles, 'kms.callRefused': settles };

/** The device's call is wrong: what the KMS owes for it. */
const wrongPush = { guard: 'callIsWrong' as const, target: '.badPush' };

const beyond = 'The machine follows two streams: of others it demands nothing but answers.';

/**
 * Calls that are wrong, that concern no stream, or one beyond those that are followed: what their
 * receiver owes. Beside the streams: a refused call changes nothing in them.
 * @see RFC 9110, Client Error 4xx
 */
export const stray = conversation.createStateConfig({
  initial: 'none',
  on: {
    'kms.malformed': { guard: 'callIsWrong', target: '.malformed' },
    'kms.unauthentic': { guard: 'callIsWrong', target: '.malformed' },
    'kms.unknown': [
      { guard: 'methodIsUnknown', target: '.wrongMethod' },
      { guard: 'callIsWrong', target: '.notFound' },
    ],
    'kms.unfit': { guard: 'callIsWrong', target: '.unfit' },
    'kms.misplaced': [
      { guard: 'closesAgain', target: '.closedStream' },
      { guard: 'namesNoStream', target: '.unknownStream' },
      { guard: 'callIsWrong', target: '.misplaced' },
    ],
    'kms.openConnect': { guard: 'opensBeyond', target: '.beyond' },
    'kms.getKey': { guard: 'concernsUntracked', target: '.beyond' },
    'kms.close': { guard: 'concernsUntracked', target: '.beyond' },
    'kms.withdraws': [{ guard: 'withdrawsStray', target: '.none' }, {}],
    'qkd-device.withdraws': [{ guard: 'withdrawsStray', target: '.none' }, {}],
    'kms.closes': { guard: 'nothingOpen', target: '.left' },
    /** A wrong call that came behind it has taken its place here. */
    'qkd-device.opened': { guard: 'answersBeyond' },
    'qkd-device.counterProposed': { guard: 'answersBeyond' },
    'qkd-device.getKeyAccepted': { guard: 'answersBeyond' },
    'qkd-device.closeAccepted': { guard: 'answersBeyond' },
    'qkd-device.keyMaterial': [
      { guard: 'concernsUntracked', target: '.pushBeyond' },
      { guard: 'concernsGone', target: '.pushBeyond' },
    ],
    'qkd-device.malformed': wrongPush,
    'qkd-device.unauthentic': wrongPush,
    'qkd-device.unknown': wrongPush,
    'qkd-device.unfit': wrongPush,
    'qkd-device.misplaced': { guard: 'callIsWrong', target: '.unknownPush' },
  },
  states: {
    none: {},
    malformed: {
      tags: ['owes:qkd-device'],
      meta: { covers: [requirements.malformedRefused] },
      on: { ...refusals, ...hangsUp },
    },
    notFound: {
      tags: ['owes:qkd-device'],
      meta: { covers: [requirements.unknownPathRefused] },
      on: refusals,
    },
    wrongMethod: {
      tags: ['owes:qkd-device'],
      meta: { covers: [requirements.wrongMethodRefused] },
      on: refusals,
    },
    unfit: {
      tags: ['owes:qkd-device'],
      meta: { covers: [requirements.unfitRefused] },
      on: refusals,
    },
    misplaced: {
      tags: ['owes:qkd-device'],
      meta: { covers: [requirements.misplacedRefused] },
      on: refusals,
    },
    unknownStream: {
      tags: ['owes:qkd-device'],
      meta: { covers: [requirements.unknownStreamRefused] },
      on: { ...refusals, 'qkd-device.closeAccepted': { guard: 'closesNothing', target: 'none' } },
    },
    closedStream: {
      tags: ['owes:qkd-device'],
      meta: { covers: [requirements.closeAnswered] },
      on: {
        ...refusals,
        'qkd-device.closeAccepted': { guard: 'secondCloseTaken', target: 'none' },
        'qkd-device.closeRefused': { guard: 'secondCloseRefused', target: 'none' },
      },
    },
    /** Of a third stream nothing is known but its calls: any answer will do. */
    beyond: {
      tags: ['owes:qkd-device'],
      meta: { covers: [requirements.everyCallAnswered], aside: beyond },
      on: {
        ...refusals,
        'qkd-device.opened': settles,
        'qkd-device.counterProposed': settles,
        'qkd-device.getKeyAccepted': settles,
        'qkd-device.closeAccepted': settles,
      },
    },
    badPush: {
      tags: ['owes:kms'],
      meta: { covers: [requirements.badPushRefused] },
      on: {
        ...pushRefusals,
        'kms.hungUp': [
          { guard: 'hangsUp', target: 'none' },
          { guard: 'isGoneForGood', target: 'none' },
        ],
      },
    },
    /** A key for a stream that the KMS does not have, or not now. */
    unknownPush: {
      tags: ['owes:kms'],
      meta: { covers: [requirements.everyPushAnswered, requirements.pushOfUnknownRefused] },
      on: {
        ...pushRefusals,
        'kms.keyAccepted': { guard: 'unknownPushTaken', target: 'none' },
        'kms.hungUp': { guard: 'isGoneForGood', target: 'none' },
      },
    },
    pushBeyond: {
      tags: ['owes:kms'],
      meta: { covers: [requirements.everyPushAnswered], aside: beyond },
      on: { ...pushRefusals, 'kms.keyAccepted': settles },
    },
    /** The KMS has gone, and left no stream open. */
    left: {},
  },
});
