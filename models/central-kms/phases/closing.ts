import { conversation } from '../conversation.ts';
import { requirements } from '../requirements.ts';

const over = { target: 'terminated' };
const answers = { guard: 'answersCall' as const };
/** It was said before its side knew: nothing is owed for it. */
const passes = {};

/** What of the KMS may be under way while the sidecar leaves. */
const fromKms = {
  'central-kms.registered': answers,
  'central-kms.challengeAccepted': answers,
  'central-kms.batchStored': answers,
  'central-kms.kmsError': answers,
  'central-kms.array': answers,
  'central-kms.healthcheck': passes,
  'central-kms.inquiry': passes,
  'central-kms.ping': passes,
  'central-kms.pong': passes,
};

/** What of the sidecar may be under way while the KMS leaves. */
const fromSidecar = {
  'sidecar.register': passes,
  'sidecar.challenge': passes,
  'sidecar.batch': passes,
  'sidecar.healthReport': answers,
  'sidecar.inquiryResult': answers,
  'sidecar.inquiryResponse': answers,
  'sidecar.sidecarError': answers,
  'sidecar.array': passes,
  'sidecar.ping': passes,
  'sidecar.pong': passes,
};

/**
 * How a connection ends: by close frames of both sides, then by the KMS; or by a side that gives it
 * up because a frame was broken.
 * @see RFC 6455, Closing the Connection
 */
export const closing = {
  /** A frame of the sidecar's was broken: the KMS must give the connection up. */
  kmsFails: conversation.createStateConfig({
    tags: ['owes:central-kms'],
    meta: { covers: [requirements.brokenFrameFails] },
    on: {
      'central-kms.closeFrame': { guard: 'kmsMayLeave', target: 'kmsLeaving' },
      'central-kms.closes': over,
      'sidecar.closeFrame': { guard: 'sidecarMayLeave' },
      'sidecar.closes': over,
      ...fromKms,
    },
  }),
  /** A frame of the KMS's was broken. */
  sidecarFails: conversation.createStateConfig({
    tags: ['owes:sidecar'],
    meta: { covers: [requirements.brokenFrameFails] },
    on: {
      'sidecar.closeFrame': { guard: 'sidecarMayLeave', target: 'sidecarLeaving' },
      'sidecar.closes': over,
      'central-kms.closes': over,
      ...fromSidecar,
    },
  }),
  /** The KMS has said its close frame. */
  kmsLeaving: conversation.createStateConfig({
    tags: ['owes:sidecar'],
    meta: { covers: [requirements.closeAnswered] },
    on: {
      'sidecar.closeFrame': { guard: 'sidecarMayLeave', target: 'ended' },
      'central-kms.closes': over,
      ...fromSidecar,
    },
  }),
  /** The sidecar has said its close frame. */
  sidecarLeaving: conversation.createStateConfig({
    tags: ['owes:central-kms'],
    meta: { covers: [requirements.closeAnswered] },
    on: {
      'central-kms.closeFrame': { guard: 'kmsMayLeave', target: 'ended' },
      'central-kms.closes': { guard: 'kmsHungUp', target: 'terminated' },
      'sidecar.closes': over,
      ...fromKms,
    },
  }),
  /** Both have: the KMS ends the connection first. */
  ended: conversation.createStateConfig({
    tags: ['owes:central-kms'],
    meta: { covers: [requirements.kmsEndsConnection, requirements.nothingAfterClose] },
    on: { 'central-kms.closes': over, 'sidecar.closes': over },
  }),
  terminated: conversation.createStateConfig({
    meta: { covers: [requirements.nothingAfterClose] },
  }),
};
